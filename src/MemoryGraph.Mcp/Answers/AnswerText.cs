using MemoryGraph.Domain;

namespace MemoryGraph.Mcp.Answers;

/// <summary>What to say to a question.</summary>
/// <param name="Headline">What was found, in a sentence.</param>
/// <param name="Point">The point that the answer was read at.</param>
/// <param name="Rows">The whole answer, line by line; read as it is enumerated.</param>
internal sealed record AnswerText(string Headline, EventId Point, IEnumerable<Row> Rows)
{
    public Refusal? Refused { get; private init; }

    public static AnswerText Refuse(Refusal refusal) => new("", EventId.None, []) { Refused = refusal };
}
