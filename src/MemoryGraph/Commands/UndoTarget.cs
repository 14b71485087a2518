using System.Globalization;
using MemoryGraph.Values;

namespace MemoryGraph.Commands;

/// <summary>Which calls an undo or redo is about.</summary>
public abstract record UndoTarget
{
    private UndoTarget()
    {
    }

    /// <summary>None yet: the answer lists the last calls of the user and asks for one.</summary>
    public static UndoTarget Unsaid { get; } = new ToBeAsked();

    /// <summary>The last calls of the running session; while it has none, as <see cref="Unsaid"/>.</summary>
    /// <param name="count">One or more.</param>
    public static UndoTarget Last(int count) => new LastOfSession(count);

    /// <summary>The calls that hold any of these events.</summary>
    public static UndoTarget Of(IReadOnlyList<EventRange> events) => new Cited(events);

    /// <summary>All calls of the session that a point lies in.</summary>
    public static UndoTarget Session(AsOf session) => new WholeSession(session);

    /// <summary>All calls of an agent in a period.</summary>
    /// <param name="agent">Its name, with or without version, in any case: <c>cursor</c> or <c>cursor/1.7</c>.</param>
    /// <param name="since">Where the period begins.</param>
    public static UndoTarget Agent(string agent, AsOf since) => new AgentSince(agent, since);

    internal sealed record ToBeAsked : UndoTarget;

    internal sealed record LastOfSession(int Count) : UndoTarget;

    internal sealed record Cited(IReadOnlyList<EventRange> Events) : UndoTarget
    {
        public override string ToString() => string.Join(",", Events);
    }

    internal sealed record WholeSession(AsOf At) : UndoTarget;

    internal sealed record AgentSince(string Name, AsOf Since) : UndoTarget;
}

/// <summary>Events from one to another, both included.</summary>
public readonly record struct EventRange(EventId First, EventId Last)
{
    /// <summary>What <see cref="ParseList"/> reads, for error messages.</summary>
    public const string Forms = "event numbers and ranges such as \"41-45,#50\"";

    /// <summary>Each event of the range, in order.</summary>
    public IEnumerable<EventId> Events
    {
        get
        {
            for (EventId id = First; id <= Last; id = id.Next)
            {
                yield return id;
            }
        }
    }

    /// <summary>Reads numbers and ranges as people write them: <c>41-45,#50</c>.</summary>
    /// <returns>Null when it is none of that, or a range runs backwards.</returns>
    public static IReadOnlyList<EventRange>? ParseList(string text)
    {
        List<EventRange> ranges = [];
        foreach (string part in text.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int dash = part.IndexOf('-', StringComparison.Ordinal);
            EventId? first = EventId.OfCitation(dash < 0 ? part : part[..dash]);
            EventId? last = dash < 0 ? first : EventId.OfCitation(part[(dash + 1)..]);
            if (first is not { } from || last is not { } to || from <= EventId.None || from > to)
            {
                return null;
            }

            ranges.Add(new EventRange(from, to));
        }

        return ranges.Count == 0 ? null : ranges;
    }

    /// <summary>As it is written: <c>#41</c> or <c>#41-45</c>.</summary>
    public override string ToString() =>
        First == Last ? First.ToString() : string.Create(CultureInfo.InvariantCulture, $"{First}-{Last.Value}");
}
