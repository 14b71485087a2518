using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Projections;


namespace OwnProjection;

/// <summary>What was decided: which decisions hold, who made them and when, and what became of the others.</summary>
/// <remarks>
/// <para>A decision is an observation that begins with "Decided". This projection follows each through its life:</para>
/// <code>
/// observation_added      it holds from here on
/// observation_removed    withdrawn; undone, when the call is an undo
/// observation_added      supersedes what the same call withdrew of the same entity
/// observation_restored   it holds again
/// entity_deleted         its decisions end with it, until an entity_restored
/// entity_merged          its decisions are the other's, until an entity_restored
/// </code>
/// <para>
/// What was redacted has no text any more, so nobody can tell whether it was a decision: every erased observation is
/// listed, without words. An event about something whose own event was lost to a damaged disk is passed over, as the graph
/// does.
/// </para>
/// <para>Memory: a small object for each decision and each entity, never trimmed.</para>
/// </remarks>
internal sealed class Decisions : Projection
{
    private readonly List<Decision> _all = [];
    private readonly Dictionary<EventId, Decision> _byId = [];
    private readonly Dictionary<EventId, Subject> _subjects = [];

    // Calls that took others back; what takes back one of these is a redo.
    private readonly HashSet<EventId> _undos = [];

    // What the call at hand withdrew, to be superseded by what it says next.
    private readonly List<Decision> _withdrawn = [];
    private EventId _call;

    /// <summary>Every decision, in the order in which they were made.</summary>
    public IReadOnlyList<Decision> All => _all;

    /// <inheritdoc/>
    protected override void Fold(RecordedEvent recorded)
    {
        if (recorded.Call != _call)
        {
            _call = recorded.Call;
            _withdrawn.Clear();
        }

        bool redo = recorded.Undoes.Any(_undos.Contains);
        bool undo = recorded.Undoes.Count > 0 && !redo;
        if (undo)
        {
            _undos.Add(recorded.Call);
        }

        var end = new Ending(undo ? Fate.Undone : Fate.Withdrawn, recorded.Id);
        switch (recorded.Event)
        {
            case EntityCreated created:
                _subjects.Add(recorded.Id, new Subject(created.Name));
                break;
            case EntityUpdated { Name: { } name } updated when SubjectOf(updated.Entity) is { } subject:
                subject.Name = name;
                break;
            case EntityMerged merged when SubjectOf(merged.From) is { } subject:
                subject.MergedInto = SubjectOf(merged.Into);
                break;
            case EntityDeleted deleted when SubjectOf(deleted.Entity) is { } subject:
                subject.Stop(end, again: redo);
                break;
            case EntityRestored restored when SubjectOf(restored.Entity) is { } subject:
                subject.MergedInto = null;
                subject.Resume();
                break;
            case ObservationAdded said when SubjectOf(said.Entity) is { } subject:
                Add(recorded, said.Text, subject);
                break;
            case ObservationRemoved removed when _byId.GetValueOrDefault(removed.Observation) is { } decision:
                decision.Stop(end, again: redo);
                _withdrawn.Add(decision);
                break;
            case ObservationRestored restored when _byId.GetValueOrDefault(restored.Observation) is { } decision:
                decision.Resume();
                break;
        }
    }

    private void Add(RecordedEvent recorded, string text, Subject subject)
    {
        if (recorded.RedactedBy is null && !text.StartsWith("Decided", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var decision = new Decision(recorded, text, subject);
        foreach (Decision former in _withdrawn.Where(one => one.Subject.Now == subject.Now))
        {
            former.Stop(new Ending(Fate.Superseded, recorded.Id), again: false);
        }

        _all.Add(decision);
        _byId.Add(recorded.Id, decision);
    }

    private Subject? SubjectOf(EventId entity) => _subjects.GetValueOrDefault(entity);
}

/// <summary>Something that ends and may come back.</summary>
internal abstract class Mortal
{
    private Ending? _formerEnd;

    protected Ending? OwnEnd { get; private set; }

    /// <param name="end">How it ends.</param>
    /// <param name="again">Whether a redo ends it, which only repeats how it ended before the undo.</param>
    public void Stop(Ending end, bool again) => OwnEnd = again ? _formerEnd ?? end : end;

    public void Resume() => (_formerEnd, OwnEnd) = (OwnEnd, null);
}

/// <summary>Something that was decided.</summary>
/// <param name="recorded">The event that says so.</param>
/// <param name="text">As said.</param>
/// <param name="subject">What it is about.</param>
internal sealed class Decision(RecordedEvent recorded, string text, Subject subject) : Mortal
{
    public EventId Id => recorded.Id;

    public DateTimeOffset When => DateTimeOffset.FromUnixTimeMilliseconds(recorded.Timestamp);

    public Author Author => recorded.Author;

    public string Text => text;

    public Subject Subject => subject;

    /// <summary>Why it holds no longer: erased, ended itself, or with its entity; null while it holds.</summary>
    public Ending? End => recorded.RedactedBy is { } eraser ? new Ending(Fate.Erased, eraser) : OwnEnd ?? subject.Now.End;
}

/// <summary>An entity that decisions are about.</summary>
/// <param name="name">As it was first called.</param>
internal sealed class Subject(string name) : Mortal
{
    public string Name { get; set; } = name;

    public Subject? MergedInto { get; set; }

    /// <summary>The entity that it is part of by now: itself, unless it was merged.</summary>
    public Subject Now => MergedInto?.Now ?? this;

    /// <summary>How it was deleted; null while it lives.</summary>
    public Ending? End => OwnEnd;
}

/// <summary>How something ended.</summary>
/// <param name="By">The event that did it.</param>
internal sealed record Ending(Fate Fate, EventId By);

/// <summary>What can become of a decision.</summary>
internal enum Fate
{
    /// <summary>Another one was recorded in its place.</summary>
    Superseded,

    /// <summary>It was removed, alone or with its entity.</summary>
    Withdrawn,

    /// <summary>The call that made it was taken back.</summary>
    Undone,

    /// <summary>Its text was redacted.</summary>
    Erased,
}
