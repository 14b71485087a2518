using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Decide;

/// <summary>A decision in the making: the graph, and what the call has decided so far on top of it.</summary>
/// <remarks>
/// Items of one call see each other through it: a relation may join entities that the same call creates, and a
/// statement given twice is recorded once. The graph itself is only read.
/// </remarks>
internal sealed class PendingCommand(GraphView graph)
{
    private readonly List<MemoryEvent> _events = [];
    private readonly List<EventId> _undoes = [];
    private readonly List<string> _unchanged = [];
    private readonly List<string> _notices = [];
    private readonly Dictionary<string, EntityRef> _created = [];
    private readonly Dictionary<string, string> _createdByKey = [];
    private readonly HashSet<(EventId Entity, string Text)> _said = [];
    private readonly HashSet<EventId> _removed = [];
    private readonly HashSet<EventId> _spokenOf = [];
    private readonly HashSet<Relation> _unlinked = [];
    private readonly HashSet<Entity> _settled = [];
    private readonly Dictionary<Entity, Entity> _mergedInto = [];
    private readonly Dictionary<Relation, Validity> _validities = [];
    private readonly Dictionary<(EventId From, string RelationType, EventId To), int> _related = [];

    public GraphView Graph => graph;

    /// <summary>Names that this call creates.</summary>
    public IEnumerable<string> CreatedNames => _created.Keys;

    public bool RecordsAnything => _events.Count > 0;

    /// <summary>The entity with a name, in the graph or in this call; null for none.</summary>
    public EntityRef? Find(string name) =>
        _created.TryGetValue(name, out EntityRef? created) ? created
        : graph.Find(name) is { } entity ? new EntityRef(entity.Id, name, graph.NamingOf(entity).EntityType, entity)
        : null;

    public EntityRef Create(string name, string entityType)
    {
        var subject = new EntityRef(Record(new EntityCreated(name, entityType)), name, entityType, Existing: null);
        _created.Add(name, subject);
        _createdByKey.TryAdd(Words.NameKey(name), name);
        return subject;
    }

    /// <summary>The first name that this call creates and that looks like another one; null for none.</summary>
    public string? CreatedLike(string name) =>
        Words.NameKey(name) is { Length: > 0 } key ? _createdByKey.GetValueOrDefault(key) : null;

    /// <summary>
    /// Makes known an entity that nobody speaks of: a relation needs it. It gets
    /// <see cref="EntityCreated.TypeUnsaid"/>.
    /// </summary>
    public EntityRef Imply(string name)
    {
        var implied = new EntityCreated(name, EntityCreated.TypeUnsaid) { Implied = true };
        var subject = new EntityRef(Record(implied), name, implied.EntityType, Existing: null);
        _created.Add(name, subject);
        return subject;
    }

    /// <summary>
    /// Whether an entity is one that nobody has spoken of yet: in the graph, and not in this call either.
    /// </summary>
    public bool IsImplied(Entity entity) => graph.NamingOf(entity).Implied && !_spokenOf.Contains(entity.Id);

    /// <summary>Records another name or type, or that an implied entity is now spoken of.</summary>
    /// <param name="name">Null when it stays.</param>
    /// <param name="entityType">Null when it stays.</param>
    public void Describe(Entity entity, string? name, string? entityType)
    {
        bool wasImplied = IsImplied(entity);
        if (name is not null || entityType is not null || wasImplied)
        {
            _spokenOf.Add(entity.Id);
            Record(new EntityUpdated(entity.Id, name, entityType) { Implied = wasImplied ? false : null });
        }
    }

    /// <summary>Records a statement unless it already holds.</summary>
    public void Say(EntityRef subject, string text)
    {
        if (subject.Existing is { } entity && graph.FindObservation(entity, text) is { } held)
        {
            Unchanged($"{held.Id} {Quoted.Text(text, 80)}");
        }
        else if (_said.Add((subject.Id, text)))
        {
            if (subject.Existing is { } spokenOf)
            {
                Describe(spokenOf, null, null);
            }

            Record(new ObservationAdded(subject.Id, subject.Name, text));
        }
    }

    /// <summary>Records that a statement no longer holds, once, however often the call names it.</summary>
    public void Remove(Observation observation, string entityName)
    {
        if (_removed.Add(observation.Id))
        {
            Record(new ObservationRemoved(observation.Id, entityName, observation.Text));
        }
    }

    /// <summary>Records that a link no longer holds.</summary>
    public void Remove(Relation relation)
    {
        _unlinked.Add(relation);
        Record(new RelationDeleted(
            relation.Id,
            graph.NameOf(graph.OwnerOf(relation.From)),
            relation.RelationType,
            graph.NameOf(graph.OwnerOf(relation.To))));
    }

    /// <summary>Records that an entity ends, after its relations, each of which ends by an event of its own.</summary>
    public void End(Entity entity)
    {
        foreach (Relation relation in graph.RelationsOf(entity))
        {
            if (!_unlinked.Contains(relation))
            {
                Remove(relation);
            }
        }

        _settled.Add(entity);
        Record(new EntityDeleted(entity.Id, graph.NameOf(entity)));
    }

    /// <summary>Records that one entity is another, which has its facts from here on.</summary>
    public void Merge(Entity from, Entity into)
    {
        _settled.Add(from);
        _mergedInto.Add(from, into);
        Record(new EntityMerged(from.Id, into.Id, graph.NameOf(from), graph.NameOf(into)));
    }

    /// <summary>The validity with which this call already links two entities; null when it does not.</summary>
    public Validity? RelatedInCall(EntityRef from, string relationType, EntityRef to) =>
        _related.TryGetValue((from.Id, relationType, to.Id), out int place) ? ((RelationCreated)_events[place]).Validity : null;

    /// <summary>Records a link, or gives one that this call already records another validity.</summary>
    public void Relate(EntityRef from, string relationType, EntityRef to, Validity validity)
    {
        var created = new RelationCreated(from.Id, to.Id, from.Name, relationType, to.Name, validity);
        if (_related.TryGetValue((from.Id, relationType, to.Id), out int place))
        {
            _events[place] = created;
        }
        else
        {
            _related.Add((from.Id, relationType, to.Id), _events.Count);
            Record(created);
        }
    }

    /// <summary>The validity that a link of the graph has after what this call decided so far.</summary>
    public Validity ValidityOf(Relation relation) =>
        _validities.TryGetValue(relation, out Validity decided) ? decided : relation.ValidityAt(graph.Point);

    /// <summary>
    /// Gives a link of the graph another validity; recorded at the end, once, unless it comes to what holds.
    /// </summary>
    public void Update(Relation relation, Validity validity) => _validities[relation] = validity;

    /// <summary>Adds an event to the call.</summary>
    /// <returns>The id that it will have.</returns>
    public EventId Record(MemoryEvent happened)
    {
        _events.Add(happened);
        return graph.Point + _events.Count;
    }

    /// <summary>Adds an event that takes back part of an earlier call.</summary>
    /// <param name="undoes">The call, by its first event.</param>
    public void Record(MemoryEvent happened, EventId undoes)
    {
        Record(happened);
        _undoes.Add(undoes);
    }

    /// <summary>Refuses a name that no entity has, with the nearest that there are.</summary>
    public Refusal EntityNotFound(string name) =>
        Refusal.EntityNotFound(StoredText.NameOf(name), graph.NamesNear(StoredText.NameOf(name), CreatedNames));

    /// <summary>Accepts what was asked because it was done before.</summary>
    /// <returns>Null: no refusal.</returns>
    public Refusal? UnchangedBecause(string what)
    {
        Unchanged(what);
        return null;
    }

    public void Unchanged(string what) => _unchanged.Add(what);

    public void Notice(string sentence) => _notices.Add(sentence);

    public Decision Accept()
    {
        EndWhatNothingImplies();
        _events.AddRange(_validities
            .Where(decided => decided.Key.ValidityAt(graph.Point) != decided.Value)
            .OrderBy(decided => decided.Key.Id)
            .Select(decided => new RelationUpdated(decided.Key.Id, decided.Value)));
        return new Decision(null, _events, _unchanged, _notices) { Undoes = _undoes };
    }

    // An entity that is known only by its relations ends with the last of them.
    private void EndWhatNothingImplies()
    {
        var unlinked = _unlinked.SelectMany(one => new[] { graph.OwnerOf(one.From), graph.OwnerOf(one.To) }).Distinct();
        foreach (Entity entity in unlinked.Where(one => IsImplied(one) && !_settled.Contains(one)).ToArray())
        {
            IEnumerable<Entity> merged = _mergedInto.Where(one => one.Value == entity).Select(one => one.Key);
            bool isLinked = merged.Prepend(entity).SelectMany(one => graph.RelationsOf(one)).Any(one => !_unlinked.Contains(one))
                || _related.Keys.Any(one => one.From == entity.Id || one.To == entity.Id);
            if (!isLinked)
            {
                End(entity);
            }
        }
    }
}

/// <summary>An entity that a command speaks of: one of the graph, or one that the same call creates.</summary>
/// <param name="Existing">Null when the call creates it.</param>
internal sealed record EntityRef(EventId Id, string Name, string EntityType, Entity? Existing);
