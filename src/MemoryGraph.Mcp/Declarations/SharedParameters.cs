using MemoryGraph.Domain;

namespace MemoryGraph.Mcp.Declarations;

/// <summary>Parameters that several tools have in common: one wording for one meaning.</summary>
internal static class SharedParameters
{
    public const int LimitMax = 200;

    private const int CursorCharacters = 200;
    private const string LimitName = "limit";

    public static TextParameter Reason { get; } =
        Optional.Text("reason", "Why; kept in history.", Limits.ReasonCharacters);

    public static PointParameter At { get; } =
        Optional.Point("at", "As known then: #42, 2026-11-23, \"2 days ago\", \"last session\". Default: now.");

    public static DayParameter ValidAt { get; } =
        Optional.Day("validAt", "Only relations that held on this date (YYYY-MM-DD).");

    public static TextParameter EntityType { get; } =
        Optional.Name("entityType", "Only entities of this type.", Limits.TypeCharacters);

    public static TextParameter Cursor { get; } =
        Optional.Name("cursor", "Of the previous page, to go on; same arguments.", CursorCharacters);

    /// <summary>How many items a page has at most.</summary>
    public static NumberParameter Limit(int whenAbsent) =>
        Optional.Number(
            LimitName, FormattableString.Invariant($"Items per page. Default {whenAbsent}."), 1, LimitMax, whenAbsent);

    /// <summary>Whether an argument only says which page of an answer is wanted.</summary>
    public static bool IsOfPaging(string argument) =>
        Cursor.IsCalled(argument) || argument.Equals(LimitName, StringComparison.OrdinalIgnoreCase);
}
