using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Terminals;
using MemoryGraph.Memory;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>What an operation works with while it answers one call.</summary>
/// <param name="Project">The memory.</param>
/// <param name="Projects">How the memory was found.</param>
/// <param name="Agent">The program that asks; tells which session was its last.</param>
/// <param name="Now">The present, for ages.</param>
internal sealed record CallContext(
    MemoryProject Project, CurrentProject Projects, string Agent, DateTimeOffset Now, CancellationToken Cancel)
{
    /// <summary>The program as it stands in the events it records.</summary>
    public string RecordedAgent { get; init; } = Agent;

    /// <summary>The page that a model asks for; null for all of the answer.</summary>
    public PageRequest? Page { get; init; }

    /// <summary>The terminal in which a person or a script asks; null when a model does.</summary>
    public Terminal? Terminal { get; init; }

    /// <summary>Most items that the terminal is to show; null when it was not said.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether the server was started with <c>--read-only</c>.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>
    /// Reads what is shown of an answer; called while the memory is locked, as answers are read lazily.
    /// </summary>
    public Func<Answer, Answer> Render { get; init; } = static answer => answer;

    /// <summary>How facts are shown, with ages seen from now.</summary>
    public FactText Facts => Terminal is null ? new FactText(Now) : new FactText(Now, opener: "memory-graph show");

    /// <summary>The point to read at: pages after the first are read where the first one was.</summary>
    public AsOf At(AsOf? asked) => Page?.At ?? asked ?? AsOf.Now;

    /// <summary>Carries out a command for the user.</summary>
    /// <param name="takeBack">The operation that takes such a call back; null when there is none.</param>
    public async Task<Answer> SubmitAsync(Command command, string? takeBack = "undo")
    {
        var author = Author.Of(await Projects.UserAsync(), RecordedAgent);
        string? moved = Projects.Moved;
        Receipt receipt = await Project.SubmitAsync(command, author, Cancel);
        Answer answer = ReceiptText.Of(receipt, moved);
        return takeBack is null || receipt.Recorded is not [var first, ..] ? answer
            : Terminal is null ? answer with
            {
                Headline = $"{answer.Headline} To take this back: {takeBack} with events \"{first.Call}\".",
            }
            : answer with
            {
                Next = FormattableString.Invariant(
                    $"To take this back: memory-graph {takeBack} {first.Call.Value} --yes"),
            };
    }

    /// <summary>Tells what a command would record.</summary>
    public async Task<Answer> PreviewAsync(Command command)
    {
        Receipt receipt = Project.Preview(command, Author.Of(await Projects.UserAsync(), RecordedAgent));
        return ReceiptText.OfPreview(receipt) with
        {
            Next = receipt.Recorded.Count > 0 ? "With --yes this is done." : null,
        };
    }

    /// <summary>Answers a question.</summary>
    /// <param name="tell">Makes the answer of what was read.</param>
    public Answer Ask<TAnswer>(Query<TAnswer> query, Func<TAnswer, Answer> tell) => Read(query, (read, status) =>
    {
        Answer answer = tell(read);
        return answer with
        {
            Footer = ToolAnswer.Footer(status),
            Outcome = status.Health is null ? answer.Outcome : Outcome.Unavailable,
            Json = json =>
            {
                json.WriteString("project", status.Project);
                json.WriteNumber("last_event", status.Last.Value);
                json.WriteString("health", status.Health?.Code ?? "ok");
                answer.Json(json);
            },
        };
    });

    /// <summary>Answers a question whose answer says itself which memory it is about.</summary>
    public Answer Read<TAnswer>(Query<TAnswer> query, Func<TAnswer, ProjectStatus, Answer> tell) =>
        Project.Ask(query, Agent, (read, status) => Render(tell(read, status)));
}
