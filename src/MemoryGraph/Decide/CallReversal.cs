using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Decide;

/// <summary>Takes calls back, one after the other, newest first.</summary>
/// <remarks>
/// Each event of a call changed one fact, which is known as it stood before and after. When it still stands as it did
/// after, it goes back to what was before; when it was changed since, that is a <see cref="Conflict"/>. Events are
/// taken back last first, so that folding can follow: what hangs on an entity goes before it and comes back behind it.
/// </remarks>
internal sealed class CallReversal(PendingCommand draft)
{
    private const int TextShown = 60;

    private readonly GraphView _graph = draft.Graph;
    private readonly PendingFacts _scratch = new(draft.Graph);
    private readonly HashSet<Entity> _staysAway = [];

    // Entities that could not come back, and the event that stands in the way.
    private readonly Dictionary<Entity, EventId> _keptAwayBy = [];

    // The call being taken back.
    private EventId _call;
    private EventId _callEnd;

    /// <summary>What could not be taken back, and why.</summary>
    public List<Conflict> Conflicts { get; } = [];

    /// <summary>Takes back what is left of a call.</summary>
    /// <returns>Whether anything was left, in the way or not.</returns>
    public bool TakeBack(RecordedEvent call)
    {
        (_call, _callEnd) = (call.Id, call.CallEnd);
        bool left = false;
        for (EventId id = _callEnd; id >= _call; id = new EventId(id.Value - 1))
        {
            left |= TakeBack(id);
        }

        return left;
    }

    private bool TakeBack(EventId id)
    {
        MemoryEvent happened = _graph.State.Events[id].Event;
        if (FactOf(id, happened) is not { } fact)
        {
            return false;
        }

        FactState before = Settled(fact, PendingFacts.At(fact, new EventId(id.Value - 1)));
        FactState after = Settled(fact, PendingFacts.At(fact, id));
        FactState now = Settled(fact, _scratch.Of(fact));
        if (before == after || now == before)
        {
            return false;
        }

        if (now != after)
        {
            Refuse(fact, ChangedBy(fact, after), "changed it since");
            return true;
        }

        switch (fact)
        {
            case Relation link when before is RelationState { Stands: false }:
                Remove(link);
                break;
            case Relation link when after is RelationState { Stands: false }:
                Restore(link);
                break;
            case Relation link:
                Update(link, ((RelationState)before).Validity);
                break;
            case Observation said when before is ObservationState { Stands: false }:
                Remove(said);
                break;
            case Observation said:
                Restore(said);
                break;
            case Entity entity when before is EntityState { Live: false } ended:
                End(entity, ended.MergedInto);
                break;
            case Entity entity when after is EntityState { Live: false }:
                Restore(entity);
                break;
            case Entity entity:
                RenameBack(entity, ((EntityState)before).Naming, entity.NamedBy(new EventId(id.Value - 1)));
                break;
        }

        return true;
    }

    // What an entity was merged into may be part of another by now; merging it there again is the same.
    private FactState Settled(object fact, FactState state) =>
        state is EntityState { MergedInto: { } into } merged && _scratch.OwnerOf(into) is var owner && !owner.Equals(fact)
            ? merged with { MergedInto = owner } : state;

    // The one fact that an event changed: the one it began, else the first that it names.
    private object? FactOf(EventId id, MemoryEvent happened) =>
        _graph.State.Fact(id) ?? (happened is LogEvent ? null : _graph.State.Fact(EventCatalogue.RefsOf(happened)[0]));

    private void Remove(Relation link)
    {
        if (AllLive(link, OwnersOf(link)))
        {
            Entity[] ends = OwnersOf(link);
            Record(link, new RelationState(false, ValidityOf(link)), new RelationDeleted(
                link.Id, _scratch.NameOf(ends[0]), link.RelationType, _scratch.NameOf(ends[1])));
        }
    }

    private void Remove(Observation said)
    {
        Entity owner = _scratch.OwnerOf(said.Entity);
        if (AllLive(said, [owner]))
        {
            Record(said, new ObservationState(false), new ObservationRemoved(said.Id, _scratch.NameOf(owner), said.Text));
        }
    }

    private void Restore(Entity entity)
    {
        string name = _scratch.NameOf(entity);
        if ((EraserOf(entity.Id) ?? EraserOf(entity.NamedBy(_graph.Point))) is { } eraser)
        {
            _staysAway.Add(entity);
            draft.Notice($"{entity.Id} was redacted by {eraser} and stays away.");
        }
        else if (_scratch.Find(name) is { } other)
        {
            _keptAwayBy[entity] = Takes(other);
            Refuse(entity, Takes(other), $"gave its name to {other.Id}");
        }
        else
        {
            Record(entity, _scratch.Of(entity) with { Live = true, MergedInto = null }, new EntityRestored(entity.Id, name));
        }
    }

    /// <param name="namedBy">The event that gave the former naming.</param>
    private void RenameBack(Entity entity, Naming former, EventId namedBy)
    {
        EntityState now = _scratch.Of(entity);
        if (EraserOf(namedBy) is { } eraser)
        {
            draft.Notice($"What {entity.Id} was before was redacted by {eraser}; it stays {Quoted.Name(now.Naming.Name)}.");
        }
        else if (_scratch.Find(former.Name) is { } other && other != entity)
        {
            Refuse(entity, Takes(other), $"gave its former name to {other.Id}");
        }
        else
        {
            Record(entity, now with { Naming = former }, new EntityUpdated(
                entity.Id,
                former.Name == now.Naming.Name ? null : former.Name,
                former.EntityType == now.Naming.EntityType ? null : former.EntityType)
            {
                Implied = former.Implied == now.Naming.Implied ? null : former.Implied,
            });
        }
    }

    // An entity goes: deleted, or merged once more into what it was part of before.
    private void End(Entity entity, Entity? into)
    {
        // What it was part of may be gone by now; then it goes where that is.
        if (into is not { } target || !_scratch.Of(target).Live ? HoldsLaterFact(entity) : ClashesIn(target, entity))
        {
            return;
        }

        string name = _scratch.NameOf(entity);
        MemoryEvent end = into is null ? new EntityDeleted(entity.Id, name)
            : new EntityMerged(entity.Id, into.Value.Id, name, _scratch.NameOf(into.Value));
        Record(entity, _scratch.Of(entity) with { Live = false, MergedInto = into }, end);
    }

    private void Restore(Observation said)
    {
        Entity owner = _scratch.OwnerOf(said.Entity);
        if (StaysAway(said.Id, [owner]))
        {
            return;
        }

        if (_scratch.TwinOf(said, owner) is { } twin)
        {
            if (!HangsOnAbsent(said, said.Entity))
            {
                Refuse(said, Brought(twin.ChangedBy(_graph.Point), twin.Entity, said.Entity), "says the same again");
            }
        }
        else if (AllLive(said, [owner]))
        {
            Record(said, new ObservationState(true), new ObservationRestored(said.Id, _scratch.NameOf(owner), said.Text));
        }
    }

    private void Restore(Relation link)
    {
        Entity[] ends = OwnersOf(link);
        if (StaysAway(link.Id, ends) || !AllLive(link, ends))
        {
            return;
        }

        if (_scratch.TwinOf(link, ends[0], ends[1]) is { } twin)
        {
            if (!HangsOnAbsent(link, link.From, link.To))
            {
                EventId by = Brought(twin.ChangedBy(_graph.Point), twin.From, twin.To, link.From, link.To);
                Refuse(link, by, "links the two in the same way again");
            }
        }
        else if (ends[0] == ends[1] && link.From != link.To)
        {
            if (!HangsOnAbsent(link, link.From, link.To))
            {
                Refuse(link, EventId.Later(link.From.ChangedBy(_graph.Point), link.To.ChangedBy(_graph.Point)), "made its two ends one");
            }
        }
        else
        {
            Record(link, new RelationState(true, ValidityOf(link)), new RelationRestored(
                link.Id, _scratch.NameOf(ends[0]), link.RelationType, _scratch.NameOf(ends[1])));
        }
    }

    private void Update(Relation link, Validity former)
    {
        if (AllLive(link, OwnersOf(link)))
        {
            Record(link, new RelationState(true, former), new RelationUpdated(link.Id, former));
        }
    }

    // What would vanish with the entity though it came later than the call. What this undo itself brought back did not.
    private bool HoldsLaterFact(Entity entity)
    {
        (object Fact, EventId By)[] later =
        [
            .. _scratch.ObservationsOf(entity).Where(one => !one.IsLiveAt(_callEnd) && !_scratch.IsChanged(one))
                .Select(one => ((object)one, Brought(one.ChangedBy(_graph.Point), one.Entity))),
            .. _scratch.RelationsOf(entity).Select(one => ((object)one, Brought(one.ChangedBy(_graph.Point), one.From, one.To))),
            .. _scratch.MergedInto(entity).Where(one => one.MergedIntoAt(_callEnd) != entity && !_scratch.IsChanged(one))
                .Select(one => ((object)one, one.ChangedBy(_graph.Point))),
        ];
        foreach ((_, EventId by) in later.DistinctBy(one => one.By).OrderBy(one => one.By))
        {
            Refuse(entity, by, "builds on it");
        }

        return later.Length > 0;
    }

    // The event that brought a fact to an entity after the call: its own last one, or a merge of what it is about.
    private EventId Brought(EventId changed, params Entity[] about) => changed > _callEnd ? changed
        : about.SelectMany(_scratch.WithOwners).Select(one => one.ChangedBy(_graph.Point)).Append(changed).Max();

    // What would then stand twice, or lead from an entity to itself.
    private bool ClashesIn(Entity into, Entity entity)
    {
        int before = Conflicts.Count;
        foreach (Observation said in _scratch.ObservationsOf(entity))
        {
            if (_scratch.TwinOf(said, into) is { } twin)
            {
                EventId by = EventId.Later(said.ChangedBy(_graph.Point), twin.ChangedBy(_graph.Point));
                Refuse(entity, Brought(by, said.Entity, twin.Entity), "says the same of both");
            }
        }

        foreach (Relation link in _scratch.RelationsOf(entity))
        {
            Entity[] apart = OwnersOf(link);
            Entity[] ends = [.. apart.Select(one => one == entity ? into : one)];
            if (_scratch.TwinOf(link, ends[0], ends[1]) is { } twin)
            {
                EventId by = EventId.Later(link.ChangedBy(_graph.Point), twin.ChangedBy(_graph.Point));
                Refuse(entity, Brought(by, link.From, link.To, twin.From, twin.To), "links both in the same way");
            }
            else if (ends[0] == ends[1] && apart[0] != apart[1])
            {
                Refuse(entity, Brought(link.ChangedBy(_graph.Point), link.From, link.To), "links the two");
            }
        }

        return Conflicts.Count > before;
    }

    private bool AllLive(object fact, Entity[] owners)
    {
        if (owners.Where(owner => !_scratch.Of(owner).Live).FirstOrNull() is not { } gone)
        {
            return true;
        }

        if (!HangsOnAbsent(fact, gone))
        {
            Refuse(fact, gone.ChangedBy(_graph.Point), $"ended {gone.Id}, which it is about");
        }

        return false;
    }

    // Cannot go back for want of an entity that did not come back itself, or of one that this is merged into.
    private bool HangsOnAbsent(object fact, params Entity[] about)
    {
        foreach (Entity one in about.SelectMany(_scratch.WithOwners))
        {
            if (_keptAwayBy.TryGetValue(one, out EventId by))
            {
                Refuse(fact, by, $"keeps {one.Id} away, which it is about");
                return true;
            }

            if (_staysAway.Contains(one))
            {
                return true;
            }
        }

        return false;
    }

    // Erased itself, or about an entity that was: nothing to bring back.
    private bool StaysAway(EventId fact, Entity[] owners)
    {
        if (EraserOf(fact) is { } eraser)
        {
            draft.Notice($"{fact} was redacted by {eraser} and stays away.");
            return true;
        }

        return owners.Any(_staysAway.Contains);
    }

    // The event with which an entity took a name that another had before the call: it was given the name, or came back
    // with it.
    private EventId Takes(Entity other) =>
        other.NamedBy(_graph.Point) is var named && named > _callEnd ? named : other.ChangedBy(_graph.Point);

    private EventId? EraserOf(EventId id) => _graph.State.Events.Contains(id) ? _graph.State.Events[id].RedactedBy : null;

    private void Refuse(object fact, EventId by, string why) => Conflicts.Add(new Conflict(_call, Words(fact), by, why));

    private void Record(object fact, FactState state, MemoryEvent happened)
    {
        _scratch.Set(fact, state);
        draft.Record(happened, undoes: _call);
    }

    // The last event that made a fact another than it was: where its name is another, the one that gave it that.
    private EventId ChangedBy(object fact, FactState after) => (fact, after, _scratch.Of(fact)) switch
    {
        (Entity one, EntityState { Live: true }, EntityState { Live: true }) => one.NamedBy(_graph.Point),
        (Entity one, _, _) => one.ChangedBy(_graph.Point),
        (Observation one, _, _) => one.ChangedBy(_graph.Point),
        (Relation one, _, _) => one.ChangedBy(_graph.Point),
        _ => EventId.None,
    };

    private string Words(object fact) => fact switch
    {
        Entity one => $"{one.Id} {Quoted.Name(_scratch.NameOf(one))}",
        Observation one => $"{one.Id} {Quoted.Name(one.Text.Length > TextShown ? Quoted.Cut(one.Text, TextShown) + "…" : one.Text)}",
        Relation one => $"{one.Id} {Link(one)}",
        _ => "",
    };

    private string Link(Relation link)
    {
        Entity[] ends = OwnersOf(link);
        return Quoted.Link(_scratch.NameOf(ends[0]), link.RelationType, _scratch.NameOf(ends[1]));
    }

    private Validity ValidityOf(Relation link) => ((RelationState)_scratch.Of(link)).Validity;

    private Entity[] OwnersOf(Relation link) => [_scratch.OwnerOf(link.From), _scratch.OwnerOf(link.To)];
}

/// <summary>Why part of a call cannot be taken back.</summary>
/// <param name="Call">The call.</param>
/// <param name="Fact">What cannot go back, in words.</param>
/// <param name="By">The later event that stands in the way.</param>
/// <param name="Why">What that event did: completes "#50 …".</param>
internal sealed record Conflict(EventId Call, string Fact, EventId By, string Why);
