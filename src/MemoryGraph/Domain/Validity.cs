using System.Globalization;

namespace MemoryGraph.Domain;

/// <summary>When a relation held in the world, as people say it: from a day, to before a day, half open.</summary>
/// <remarks>
/// This is what <i>held</i>, not what was <i>known</i>: the log says when it was known. Days are ISO dates
/// (<c>2026-11-23</c>) and compare as text.
/// </remarks>
/// <param name="From">First day on which it held; null when not said.</param>
/// <param name="To">First day on which it no longer held; null when not said.</param>
public readonly record struct Validity(string? From, string? To)
{
    /// <summary>Nothing was said about when it held.</summary>
    public static Validity Unsaid => default;

    /// <summary>Nothing was said about when it held.</summary>
    public bool IsUnsaid => From is null && To is null;

    /// <summary>Whether it held on an ISO day; what was not said bounds nothing.</summary>
    public bool Holds(string day) =>
        (From is null || string.CompareOrdinal(From, day) <= 0) && (To is null || string.CompareOrdinal(day, To) < 0);

    /// <summary>Whether a text is an ISO date such as <c>2026-11-23</c>.</summary>
    public static bool IsDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>For people: <c>2026-01-01 to 2026-06-30</c>, <c>since …</c>, <c>until …</c>, or nothing.</summary>
    public override string ToString() => (From, To) switch
    {
        (null, null) => "",
        (_, null) => $"since {From}",
        (null, _) => $"until {To}",
        _ => $"{From} to {To}",
    };
}
