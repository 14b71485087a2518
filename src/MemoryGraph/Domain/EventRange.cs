using System.Globalization;

namespace MemoryGraph.Domain;

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
