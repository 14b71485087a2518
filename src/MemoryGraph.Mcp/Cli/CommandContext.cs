using System.CommandLine;
using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Terminals;
using MemoryGraph.Memory;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Cli;

/// <summary>What a command works with while it runs.</summary>
/// <param name="Projects">How the memory was found.</param>
/// <param name="Project">The memory.</param>
/// <param name="Screen">For answers to people.</param>
internal sealed record CommandContext(
    CliOptions Frame, ParseResult Parsed, CurrentProject Projects, MemoryProject Project, Screen Screen, CancellationToken Cancel)
{
    /// <summary>Whether a script reads.</summary>
    public bool Json => Of(Frame.Json);

    /// <summary>The words for facts, with ages seen from now.</summary>
    public FactText Facts => new(Frame.Clock.GetUtcNow(), opener: "memory-graph show");

    /// <summary>Who changes are made for, and that it is the command line that makes them.</summary>
    public async Task<Author> AuthorAsync() => Author.Of(await Projects.UserAsync(), $"{ProductVersion.Name}/{ProductVersion.Number}");

    public T? Of<T>(Option<T> option) => Parsed.GetValue(option);

    public T? Of<T>(Argument<T> argument) => Parsed.GetValue(argument);

    /// <summary>Answers a question, in words or as one JSON object.</summary>
    /// <param name="tell">Makes the words, or refuses.</param>
    /// <param name="json">Writes the members of the object; project and last event stand before them.</param>
    /// <param name="limit">Most items in words.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Answer<TAnswer>(
        Query<TAnswer> query, Func<TAnswer, AnswerText> tell, Action<TAnswer, Utf8JsonWriter> json, int limit = CliOptions.Unlimited) =>
        Project.Ask(query, ProductVersion.Name, (answer, standing) =>
        {
            AnswerText telling = tell(answer);
            if (telling.Refused is { } refusal)
            {
                return Refuse(refusal);
            }

            if (Json)
            {
                JsonAnswer.Write(Frame.Terminal.Output, writer =>
                {
                    writer.WriteString("project", standing.Project);
                    writer.WriteNumber("last_event", standing.Last.Value);
                    writer.WriteString("health", standing.Health?.Code ?? "ok");
                    json(answer, writer);
                });
            }
            else
            {
                Screen.Headline(telling.Headline);
                Screen.Rows(Limited(telling.Rows, limit));
                Screen.Footer(ToolAnswer.Footer(standing));
            }

            return standing.Health is null ? ExitCode.Done : ExitCode.Unavailable;
        });

    /// <summary>Prints an answer that was made elsewhere, in words or as one JSON object.</summary>
    /// <param name="refused">Why there is none; null when there is.</param>
    /// <param name="words">A headline, lines, and the last line of every answer.</param>
    /// <param name="json">Writes the members of the object.</param>
    /// <param name="next">What can be done next, in a sentence; null for nothing.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Tell(Refusal? refused, ToolAnswer words, Action<Utf8JsonWriter> json, string? next = null)
    {
        if (refused is not null)
        {
            return Refuse(refused);
        }

        if (Json)
        {
            JsonAnswer.Write(Frame.Terminal.Output, json);
            return ExitCode.Done;
        }

        string[] lines = words.Text.Split('\n');
        Screen.Headline(lines[0]);
        Screen.Rows(lines[1..^1].Select(line => new Row(() => line)));
        if (next is not null)
        {
            Screen.Line(next);
        }

        Screen.Footer(lines[^1]);
        return ExitCode.Done;
    }

    /// <summary>Says why something is not done.</summary>
    public int Refuse(Refusal refusal)
    {
        Screen.Flush();

        // A refusal has lines of its own; what is stored in it does not.
        foreach (string line in refusal.Message.Split('\n'))
        {
            Frame.Terminal.Errors.WriteLine(Printable.Line(line));
        }

        return ExitCode.Refused;
    }

    private static IEnumerable<Row> Limited(IEnumerable<Row> rows, int limit)
    {
        int items = 0;
        foreach (Row row in rows)
        {
            items += row.Under is null ? 1 : 0;
            if (items > limit)
            {
                yield return new Row(() => "… there is more; a higher --limit shows it.");
                yield break;
            }

            yield return row;
        }
    }
}
