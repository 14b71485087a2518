using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Integrity;

/// <summary>What a log says about itself: which texts were erased and which events given up, and who did it.</summary>
/// <remarks>A line and the event that explains it stand far apart, so they are compared when all was read.</remarks>
internal sealed class AuditNotes
{
    private readonly List<(EventId Id, EventId Eraser, AuditPlace Place)> _erased = [];
    private readonly List<(EventId Id, AuditPlace Place)> _lost = [];

    /// <summary>The last event that is said to have erased a text; <see cref="EventId.None"/> while none is.</summary>
    public EventId LastEraser { get; private set; }

    public List<RecordedEvent> Repairs { get; } = [];

    public List<RecordedEvent> Redactions { get; } = [];

    /// <summary>Events whose text is to be gone, each with the event that says so.</summary>
    public IEnumerable<(EventId Id, EventId Eraser)> Targets =>
        from one in Redactions from target in ((EventRedacted)one.Event).Targets select (target, one.Id);

    public void Take(RecordedEvent recorded, AuditPlace place)
    {
        if (recorded.RedactedBy is { } eraser)
        {
            _erased.Add((recorded.Id, eraser, place));
            LastEraser = eraser > LastEraser ? eraser : LastEraser;
        }

        switch (recorded.Event)
        {
            case LogRepaired:
                Repairs.Add(recorded);
                break;
            case EventRedacted:
                Redactions.Add(recorded);
                break;
            case EventLost:
                _lost.Add((recorded.Id, place));
                break;
        }
    }

    /// <summary>
    /// The event up to which a log must go to account for everything that is gone up to a point: the point itself, or a
    /// redaction or repair behind it.
    /// </summary>
    public EventId AccountedBy(EventId point) => Targets
        .Concat(from one in Repairs from lost in ((LogRepaired)one.Event).Lost select (Id: lost, Eraser: one.Id))
        .Where(one => one.Id <= point)
        .GroupBy(one => one.Id, (_, by) => by.Min(one => one.Eraser))
        .Append(point).Max();

    /// <summary>What nothing in the log accounts for.</summary>
    public IEnumerable<AuditFinding> Unexplained()
    {
        HashSet<(EventId, EventId)> redacted = [.. Targets];
        HashSet<EventId> givenUp = [.. from one in Repairs from lost in ((LogRepaired)one.Event).Lost select lost];
        return
        [
            .. from one in _erased
               where one.Eraser <= one.Id || !redacted.Contains((one.Id, one.Eraser))
               select new AuditFinding(
                   AuditKind.Erased, one.Place, one.Id, one.Id,
                   $"its text is gone, and {one.Eraser} does not say that it was redacted"),
            .. from one in _lost
               where !givenUp.Contains(one.Id)
               select new AuditFinding(AuditKind.Unaccepted, one.Place, one.Id, one.Id, "no repair says that it was lost"),
        ];
    }
}
