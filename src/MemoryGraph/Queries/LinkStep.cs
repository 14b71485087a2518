using MemoryGraph.Text;

namespace MemoryGraph.Queries;

/// <summary>One step of a way over links: of which type and in which direction.</summary>
/// <param name="RelationType">In any case; null for any.</param>
/// <param name="Direction">Which way.</param>
public sealed record LinkStep(string? RelationType, Direction Direction)
{
    private const string Onward = "->";
    private const string Backward = "<-";
    private const string Any = "any";

    /// <summary>Reads a step.</summary>
    /// <param name="text">
    /// <c>->depends_on</c> follows the arrow, <c>&lt;-depends_on</c> goes against it, <c>depends_on</c> either way;
    /// <c>any</c> is for links of every type. The forms of answers, <c>-depends_on-></c> and <c>&lt;-depends_on-</c>,
    /// are understood too.
    /// </param>
    /// <returns>Null when the text names no type.</returns>
    public static LinkStep? Parse(string text)
    {
        string said = text.Trim();
        (string type, Direction direction) =
            said.StartsWith(Onward, StringComparison.Ordinal) ? (said[Onward.Length..], Direction.Outgoing)
            : said.StartsWith(Backward, StringComparison.Ordinal) ? (said[Backward.Length..].TrimEnd('-'), Direction.Incoming)
            : said.EndsWith(Onward, StringComparison.Ordinal) ? (said[..^Onward.Length].TrimStart('-'), Direction.Outgoing)
            : (said, Direction.Both);
        type = type.Trim();
        return type.Length == 0 ? null : new LinkStep(type.Equals(Any, StringComparison.OrdinalIgnoreCase) ? null : type, direction);
    }

    /// <summary>As it is asked for: <c>->depends_on</c>.</summary>
    public override string ToString()
    {
        string arrow = Direction switch
        {
            Direction.Outgoing => Onward,
            Direction.Incoming => Backward,
            _ => "",
        };
        return arrow + (RelationType is null ? Any : Quoted.Word(RelationType));
    }
}
