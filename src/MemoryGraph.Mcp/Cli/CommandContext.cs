using System.CommandLine;
using System.Text;
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
    CliOptions Frame, ParseResult Parsed, CurrentProject Projects, MemoryProject Project, Screen Screen, CancellationToken Cancel)
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
            Render = Render,
        };

    /// <summary>Shows an answer: to people in rows, to scripts as one JSON object.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> ShowAsync(Answer answer)
    {
        if (answer.Fault is { } fault)
        {
            await Frame.TellUsageAsync([fault], Parsed);
            return ExitCode.Usage;
        }

        if (answer.Refused is { } refusal)
        {
            int code = Refuse(refusal);
            if (answer.Next is { } next)
            {
                await Frame.TellFaultAsync(next);
            }

            return code;
        }

        if (Json)
        {
            byte[] json = answer.Rendered is { } rendered ? Encoding.UTF8.GetBytes(rendered) : JsonOf(answer);
            await Frame.Terminal.Output.WriteAsync(json, Cancel);
            await Frame.Terminal.Output.FlushAsync(Cancel);
        }
        else
        {
            Show(answer);
        }

        if (answer.Problem is { } problem)
        {
            Screen.Flush();
            await Frame.TellFaultAsync(problem);
        }

        return answer.Outcome switch
        {
            Outcome.Done => ExitCode.Done,
            Outcome.Incomplete => ExitCode.Refused,
            _ => ExitCode.Unavailable,
        };
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

    private static byte[] JsonOf(Answer answer)
    {
        using var bytes = new MemoryStream();
        JsonAnswer.Write(bytes, answer.Json);
        return bytes.ToArray();
    }

    private static IEnumerable<Row> Limited(Answer answer)
    {
        int items = 0;
        foreach (Row row in answer.Rows)
        {
            items += row.Under is null ? 1 : 0;
            if (items > answer.ItemsShown)
            {
                yield return new Row(() => "… there is more; a higher --limit shows it.");
                yield break;
            }

            yield return row;
        }
    }

    private Answer Render(Answer answer)
    {
        if (answer.Refused is not null)
        {
            return answer;
        }

        if (Json)
        {
            return answer with { Rendered = Encoding.UTF8.GetString(JsonOf(answer)) };
        }

        Row[] rows = [.. Limited(answer).Select(row =>
        {
            string text = row.Text();
            return row with { Text = () => text };
        })];
        return answer with { Rows = rows };
    }

    private void Show(Answer answer)
    {
        Screen.Headline(answer.Headline);
        if (answer.Table is { } table)
        {
            Screen.Table(table.Columns, table.Rows);
        }
        else
        {
            Screen.Rows(Limited(answer));
        }

        if (answer.Next is { } next)
        {
            Screen.Line(next);
        }

        if (answer.Footer.Length > 0)
        {
            Screen.Footer(answer.Footer);
        }
    }
}
