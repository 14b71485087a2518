using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Tests.Events;

/// <summary>Everything a recorded event says, as text: two events are the same when it is.</summary>
internal static class EventText
{
    public static string Of(RecordedEvent recorded) =>
        string.Join(
            " | ",
            recorded with { Event = new EventLost(""), Undoes = [], Origin = null },
            string.Join(",", recorded.Undoes),
            recorded.Origin,
            EventCatalogue.NameOf(recorded.Event),
            string.Join(",", recorded.Event.GetType().GetProperties()
                .Select(property => Say(property.GetValue(recorded.Event)))));

    private static string Say(object? value) => value switch
    {
        IReadOnlyList<EventId> ids => $"[{string.Join(",", ids)}]",
        Validity validity => $"{validity.From ?? "null"}..{validity.To ?? "null"}",
        null => "null",
        _ => $"<{value}>",
    };
}
