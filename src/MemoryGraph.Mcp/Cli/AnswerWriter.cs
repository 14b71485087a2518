using System.CommandLine;
using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Terminals;

namespace MemoryGraph.Mcp.Cli;

/// <summary>Shows answers in a terminal: to people in rows, to scripts as one JSON object.</summary>
internal sealed class AnswerWriter(CliOptions cli, ParseResult parsed, Screen screen)
{
    /// <summary>Shows an answer: to people in rows, to scripts as one JSON object.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Show(Answer answer)
    {
        if (answer.Fault is { } fault)
        {
            cli.WriteUsageErrors([fault], parsed);
            return ExitCode.Usage;
        }

        if (answer.Refused is { } refusal)
        {
            int code = Refuse(refusal);
            if (answer.Next is { } next)
            {
                cli.WriteError(next);
            }

            return code;
        }

        if (parsed.GetValue(cli.Json))
        {
            byte[] json = answer.Rendered is { } rendered ? Encoding.UTF8.GetBytes(rendered) : JsonOf(answer);
            cli.Terminal.Output.Write(json);
            cli.Terminal.Output.Flush();
        }
        else
        {
            ShowRows(answer);
        }

        if (answer.Problem is { } problem)
        {
            screen.Flush();
            cli.WriteError(problem);
        }

        return answer.Outcome switch
        {
            Outcome.Done => ExitCode.Done,
            Outcome.Incomplete => ExitCode.Refused,
            _ => ExitCode.Unavailable,
        };
    }

    private int Refuse(Refusal refusal)
    {
        screen.Flush();

        // A refusal has lines of its own; what is stored in it does not.
        foreach (string line in refusal.Message.Split('\n'))
        {
            cli.Terminal.Errors.WriteLine(Printable.Line(line));
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

    /// <summary>Reads what is shown of an answer that is still lazy.</summary>
    public Answer Render(Answer answer)
    {
        if (answer.Refused is not null)
        {
            return answer;
        }

        if (parsed.GetValue(cli.Json))
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

    private void ShowRows(Answer answer)
    {
        screen.Headline(answer.Headline);
        if (answer.Table is { } table)
        {
            screen.Table(table.Columns, table.Rows);
        }
        else
        {
            screen.Rows(Limited(answer));
        }

        if (answer.Next is { } next)
        {
            screen.Line(next);
        }

        if (answer.Footer.Length > 0)
        {
            screen.Footer(answer.Footer);
        }
    }
}
