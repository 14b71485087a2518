using System.Globalization;

namespace MemoryGraph.Domain;

/// <summary>
/// The position of an event in its project's log: 1, 2, 3 … without gaps, given under the writer's lock.
/// A fact is known by the id of the event that began it.
/// </summary>
/// <param name="Value">1 or more; 0 is <see cref="None"/>, "before the first event".</param>
public readonly record struct EventId(long Value) : IComparable<EventId>
{
    /// <summary>Before the first event: the id of nothing, and the point at which the graph is empty.</summary>
    public static EventId None => default;

    /// <summary>Later than any event there can be: the open end of a lifespan.</summary>
    public static EventId Never => new(long.MaxValue);

    /// <summary>The id that follows this one.</summary>
    public EventId Next => new(Value + 1);

    /// <summary>Reads an id as it is cited, <c>#42</c> or <c>42</c>; null for any other text.</summary>
    public static EventId? OfCitation(string text) => long.TryParse(
        text.AsSpan(text.StartsWith('#') ? 1 : 0), NumberStyles.None, CultureInfo.InvariantCulture, out long value)
        ? new EventId(value) : null;

    /// <summary>Whichever of two stands earlier in the log.</summary>
    public static EventId Earlier(EventId one, EventId other) => one < other ? one : other;

    /// <summary>Whichever of two stands later in the log.</summary>
    public static EventId Later(EventId one, EventId other) => one > other ? one : other;

    /// <summary>Orders by position in the log.</summary>
    public int CompareTo(EventId other) => Value.CompareTo(other.Value);

    /// <summary>Earlier in the log.</summary>
    public static bool operator <(EventId left, EventId right) => left.Value < right.Value;

    /// <summary>Later in the log.</summary>
    public static bool operator >(EventId left, EventId right) => left.Value > right.Value;

    /// <summary>The same event or an earlier one.</summary>
    public static bool operator <=(EventId left, EventId right) => left.Value <= right.Value;

    /// <summary>The same event or a later one.</summary>
    public static bool operator >=(EventId left, EventId right) => left.Value >= right.Value;

    /// <summary>The id <paramref name="count"/> places further on.</summary>
    public static EventId operator +(EventId id, int count) => new(id.Value + count);

    /// <inheritdoc cref="op_Addition"/>
    public static EventId Add(EventId id, int count) => id + count;

    /// <summary>How an event is cited to people and models: <c>#42</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Value}");
}
