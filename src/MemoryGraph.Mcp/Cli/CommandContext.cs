using System.CommandLine;
using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Operations;
using MemoryGraph.Mcp.Terminals;
using MemoryGraph.Memory;

namespace MemoryGraph.Mcp.Cli;

/// <summary>What a command works with while it runs.</summary>
/// <param name="Projects">How the memory was found.</param>
/// <param name="Project">The memory.</param>
/// <param name="Screen">For answers to people.</param>
internal sealed record CommandContext(
    CliOptions Frame,
    ParseResult Parsed,
    CurrentProject Projects,
    MemoryProject Project,
    Screen Screen,
    CancellationToken Cancel)
{
    private static readonly string RecordedAgent = $"{ProductVersion.Name}/{ProductVersion.Number}";

    /// <summary>Whether a script reads.</summary>
    public bool Json => Of(Frame.Json);

    /// <summary>Who changes are made for, and that it is the command line that makes them.</summary>
    public async Task<Author> AuthorAsync() => Author.Of(await Projects.UserAsync(), RecordedAgent);

    public T? Of<T>(Option<T> option) => Parsed.GetValue(option);

    public T? Of<T>(Argument<T> argument) => Parsed.GetValue(argument);

    /// <summary>What an operation works with that is called from here.</summary>
    /// <param name="limit">Most items to show; null when it was not said.</param>
    public CallContext ForOperation(int? limit) =>
        new(Project, Projects, ProductVersion.Name, Frame.Clock.GetUtcNow(), Cancel)
        {
            RecordedAgent = RecordedAgent,
            Terminal = Frame.Terminal,
            Limit = limit,
            Render = Writer.Render,
        };

    /// <summary>Shows an answer: to people in rows, to scripts as one JSON object.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Show(Answer answer) => Writer.Show(answer);

    /// <summary>Says why something is not done.</summary>
    public int Refuse(Refusal refusal) => Writer.Show(Answer.Refuse(refusal));

    private AnswerWriter Writer => new(Frame, Parsed, Screen);
}
