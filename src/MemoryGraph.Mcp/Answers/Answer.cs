using System.Text.Json;
using MemoryGraph.Domain;

namespace MemoryGraph.Mcp.Answers;

/// <summary>
/// The answer of an operation: a model gets it as text, a person in a terminal as rows, a script as JSON.
/// </summary>
/// <param name="Headline">What was found or done, in a sentence.</param>
/// <param name="Point">The event that the answer was read at.</param>
/// <param name="Rows">The whole answer, line by line; read as it is enumerated.</param>
internal sealed record Answer(string Headline, EventId Point, IEnumerable<Row> Rows)
{
    /// <summary>Why the operation was not carried out; null when it was.</summary>
    public Refusal? Refused { get; init; }

    /// <summary>What is wrong with the arguments; null when they make sense.</summary>
    public string? Fault { get; init; }

    /// <summary>The last line: which memory it is and how far; empty for none.</summary>
    public string Footer { get; init; } = "";

    /// <summary>Writes the members of the JSON object.</summary>
    public Action<Utf8JsonWriter> Json { get; init; } = static _ => { };

    /// <summary>What a script is told by the exit code.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>Most items that a terminal shows.</summary>
    public int ItemsShown { get; init; } = int.MaxValue;

    /// <summary>What a terminal shows in place of the rows; null for the rows.</summary>
    public AnswerTable? Table { get; init; }

    /// <summary>What can be done next, for a terminal; null for nothing.</summary>
    public string? Next { get; init; }

    /// <summary>What went wrong after the answer was found, for a terminal; null for nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>What the front end shows of it, read while the memory was locked; null when nothing is lazy.</summary>
    public string? Rendered { get; init; }

    public static Answer Refuse(Refusal refusal) => new("", EventId.None, []) { Refused = refusal };

    /// <param name="fault">A sentence.</param>
    public static Answer Faulty(string fault) => new("", EventId.None, []) { Fault = fault };

    /// <summary>The answer as a tool gives it.</summary>
    /// <param name="page">Which part is asked for; null for all of it, which then has to be short.</param>
    public ToolAnswer ToTool(PageRequest? page)
    {
        if (Fault is not null)
        {
            return ToolAnswer.Error(Fault);
        }

        return Rendered is not null ? new ToolAnswer(Rendered, IsError: Refused is not null)
            : Refused is not null ? ToolAnswer.Error(Refused, Footer)
            : page is not null ? new Page(page).Lay(this)
            : new ToolAnswer(string.Concat(
                Rows.Select(row => $"{row.Text()}\n").Prepend($"{Headline}\n").Append(Footer)));
    }
}

/// <summary>How a command that was carried out ends.</summary>
internal enum Outcome
{
    Done,

    /// <summary>Some of what was asked for is not there.</summary>
    Incomplete,

    /// <summary>The log is damaged, or something could not be reached.</summary>
    Unavailable,
}

/// <summary>Things with the same properties: as many cells in each row as there are columns.</summary>
internal sealed record AnswerTable(IReadOnlyList<string> Columns, IEnumerable<IReadOnlyList<string>> Rows);
