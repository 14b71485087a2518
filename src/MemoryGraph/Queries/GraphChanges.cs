using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Queries;

/// <summary>What is different between two graphs, for people: by entity, with the events that did it.</summary>
/// <param name="Appeared">Entities that only the second graph has.</param>
/// <param name="Changed">Entities that both have under another name or type, or with other facts.</param>
/// <param name="Vanished">Entities that only the first graph has.</param>
/// <param name="Observations">How many statements differ.</param>
/// <param name="Relations">How many links differ.</param>
/// <param name="Entities">In order of creation; made as they are enumerated.</param>
public sealed record GraphChanges(
    int Appeared, int Changed, int Vanished, int Observations, int Relations, IEnumerable<EntityChange> Entities)
{
    /// <summary>Whether the two graphs are the same.</summary>
    public bool IsEmpty => Appeared + Changed + Vanished == 0;

    /// <param name="about">Only what concerns this entity, itself or at an end of a link; null for all.</param>
    internal static GraphChanges Between(QueryContext context, GraphView before, GraphView after, EventId? about)
    {
        var diff = GraphDiff.Between(before, after, about);
        Difference<Naming>[] entities = [.. diff.Entities.Where(one => about is null || one.Id == about)];
        Difference<Statement>[] said = [.. diff.Observations.Where(one => about is null || one.Before?.Owner == about || one.After?.Owner == about)];
        Difference<Link>[] links = [.. diff.Relations.Where(one => about is null || Ends(one).Contains(about.Value))];
        ILookup<EventId, Difference<Statement>> saidBy = said.ToLookup(one => (one.After ?? one.Before)!.Owner);
        ILookup<EventId, Difference<Link>> linksBy = links.ToLookup(one => (one.After ?? one.Before)!.From);
        Dictionary<EventId, Difference<Naming>> named = entities.ToDictionary(one => one.Id);
        EventId[] all = [.. named.Keys.Union(saidBy.Select(one => one.Key)).Union(linksBy.Select(one => one.Key)).Order()];
        int appeared = entities.Count(one => one.Before is null);
        int vanished = entities.Count(one => one.After is null);
        var telling = new Telling(context, before, after);
        return new GraphChanges(
            appeared, all.Length - appeared - vanished, vanished, said.Length, links.Length,
            all.Select(id => telling.Of(id, named.GetValueOrDefault(id), saidBy[id], linksBy[id])));
    }

    private static IEnumerable<EventId> Ends(Difference<Link> one) =>
        new[] { one.Before, one.After }.OfType<Link>().SelectMany(link => new[] { link.From, link.To });

    private sealed class Telling(QueryContext context, GraphView before, GraphView after)
    {
        private readonly bool _sameFold = ReferenceEquals(before.State, after.State);
        private readonly EventId _behind = EventId.Earlier(before.Point, after.Point);
        private readonly EventId _upTo = EventId.Later(before.Point, after.Point);

        public EntityChange Of(
            EventId id, Difference<Naming>? named, IEnumerable<Difference<Statement>> said, IEnumerable<Difference<Link>> links) => new(
            Noun(named is null ? NamingIn(before, id) : named.Before),
            Noun(named is null ? NamingIn(after, id) : named.After),
            context.Cite(id),
            named is null ? [] : Causes(id),
            [.. said.Select(one => new ObservationChange(
                (one.After ?? one.Before)!.Text, context.Cite(one.Id), Name(before, one.Before?.Owner), Name(after, one.After?.Owner),
                Causes(one.Id, one.Before?.Owner, one.After?.Owner)))],
            [.. links.Select(one => new RelationChange(
                Line(before, one.Id, one.Before), Line(after, one.Id, one.After),
                Causes(one.Id, one.Before?.From, one.Before?.To, one.After?.From, one.After?.To)))]);

        private static EntityNoun? Noun(Naming? naming) => naming is null ? null : new EntityNoun(naming.Name, naming.EntityType) { Implied = naming.Implied };

        private static Naming? NamingIn(GraphView view, EventId id) => view.State.Entity(id) is { } one ? view.NamingOf(one) : null;

        private static string? Name(GraphView view, EventId? id) => id is { } known ? NamingIn(view, known)?.Name : null;

        private RelationLine? Line(GraphView view, EventId id, Link? link) => link is null ? null : new RelationLine(
            Name(view, link.From) ?? "", link.RelationType, Name(view, link.To) ?? "", link.Validity, context.Cite(id))
        {
            FromId = link.From,
            ToId = link.To,
        };

        // The events between the two points that changed the fact, or else what it hangs on. Two folds differ by what
        // was left out, which no event tells.
        private EventId[] Causes(EventId fact, params EventId?[] owners)
        {
            if (!_sameFold)
            {
                return [];
            }

            EventId[] own = [.. ChangesOf(fact)];
            return own.Length > 0 ? own : [.. owners.OfType<EventId>().Distinct().SelectMany(ChangesOf).Distinct().Order()];
        }

        private IEnumerable<EventId> ChangesOf(EventId fact) => after.State.Fact(fact) switch
        {
            Entity one => one.ChangesIn(_behind, _upTo),
            Observation one => one.ChangesIn(_behind, _upTo),
            Relation one => one.ChangesIn(_behind, _upTo),
            _ => [],
        };
    }
}

/// <summary>What is different of an entity.</summary>
/// <param name="Before">As the first graph calls it; null when that does not have it.</param>
/// <param name="After">As the second graph calls it; null when that does not have it.</param>
/// <param name="Cited">The event that created it.</param>
/// <param name="By">
/// Events that brought it, changed its name or type, or took it away; empty when only facts differ.
/// </param>
/// <param name="Observations">Statements that differ, in order of creation.</param>
/// <param name="Relations">Links that start at it and differ, in order of creation.</param>
public sealed record EntityChange(
    EntityNoun? Before,
    EntityNoun? After,
    Citation Cited,
    IReadOnlyList<EventId> By,
    IReadOnlyList<ObservationChange> Observations,
    IReadOnlyList<RelationChange> Relations);

/// <summary>What an entity is called and what kind of thing it is.</summary>
public sealed record EntityNoun(string Name, string EntityType)
{
    /// <summary>Nobody had spoken of it: it was known only because a relation led to or from it.</summary>
    public bool Implied { get; init; }
}

/// <summary>A statement that differs.</summary>
/// <param name="Text">As said.</param>
/// <param name="Cited">The event that added it.</param>
/// <param name="Before">Name of the entity that has it in the first graph; null when none has.</param>
/// <param name="After">
/// Name of the entity that has it in the second graph; null when none has. With both, a merge moved it.
/// </param>
/// <param name="By">The events that did it.</param>
public sealed record ObservationChange(
    string Text, Citation Cited, string? Before, string? After, IReadOnlyList<EventId> By);

/// <summary>A link that differs.</summary>
/// <param name="Before">As the first graph has it; null when it does not.</param>
/// <param name="After">
/// As the second graph has it; null when it does not. With both, its validity or its ends are others.
/// </param>
/// <param name="By">The events that did it.</param>
public sealed record RelationChange(RelationLine? Before, RelationLine? After, IReadOnlyList<EventId> By);
