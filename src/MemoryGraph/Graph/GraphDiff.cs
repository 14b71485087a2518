using MemoryGraph.Events;
using MemoryGraph.Values;

namespace MemoryGraph.Graph;

/// <summary>What is different between two graphs of one history: applied to the first, it gives the second.</summary>
/// <remarks>
/// Facts are the same when the same event began them, so two folds of a log can be compared as well as two points of
/// one fold. Cost: two points of one fold, the events between them and all facts of the entities that those touched;
/// else everything.
/// </remarks>
internal sealed class GraphDiff
{
    private readonly GraphView _before;
    private readonly GraphView _after;

    private GraphDiff(GraphView before, GraphView after)
    {
        (_before, _after) = (before, after);
        IEnumerable<EventId> compared = ReferenceEquals(before.State, after.State)
            ? TouchedBetween(before.State, EventId.Earlier(before.Point, after.Point), EventId.Later(before.Point, after.Point))
            : before.State.Entities.Concat(after.State.Entities).Select(one => one.Id).Distinct();
        foreach (EventId id in compared.Order())
        {
            Compare(id);
        }

        Observations.Sort((one, other) => one.Id.CompareTo(other.Id));
        Relations.Sort((one, other) => one.Id.CompareTo(other.Id));
    }

    /// <summary>In order of creation.</summary>
    public List<Difference<Naming>> Entities { get; } = [];

    /// <summary>By the entity that shows each, in order of creation.</summary>
    public List<Difference<Statement>> Observations { get; } = [];

    /// <summary>In order of creation.</summary>
    public List<Difference<Link>> Relations { get; } = [];

    public static GraphDiff Between(GraphView before, GraphView after) => new(before, after);

    private void Compare(EventId id)
    {
        Add(Entities, id, NamingIn(_before, id), NamingIn(_after, id));
        foreach (EventId said in FactsOf(id, one => one.Observations.Select(said => said.Id)))
        {
            Add(Observations, said, StatementIn(_before, said), StatementIn(_after, said));
        }

        foreach (EventId link in FactsOf(id, one => one.Outgoing.Select(link => link.Id)))
        {
            Add(Relations, link, LinkIn(_before, link), LinkIn(_after, link));
        }
    }

    private static void Add<T>(List<Difference<T>> differences, EventId id, T? before, T? after)
        where T : class, IEquatable<T>
    {
        if (before is null ? after is not null : !before.Equals(after))
        {
            differences.Add(new Difference<T>(id, before, after));
        }
    }

    private IEnumerable<EventId> FactsOf(EventId id, Func<Entity, IEnumerable<EventId>> facts)
    {
        IEnumerable<EventId> before = _before.State.Entity(id) is { } former ? facts(former) : [];
        return ReferenceEquals(_before.State, _after.State) ? before
            : before.Union(_after.State.Entity(id) is { } latter ? facts(latter) : []);
    }

    private static Naming? NamingIn(GraphView view, EventId id) =>
        view.State.Entity(id) is { } one && one.IsLiveAt(view.Point) ? view.NamingOf(one) : null;

    private static Statement? StatementIn(GraphView view, EventId id) =>
        view.State.Observation(id) is { } one && one.IsLiveAt(view.Point)
            ? new Statement(view.OwnerOf(one.Entity).Id, one.Text) : null;

    private static Link? LinkIn(GraphView view, EventId id) =>
        view.State.Relation(id) is { } one && one.IsLiveAt(view.Point)
            ? new Link(view.OwnerOf(one.From).Id, one.RelationType, view.OwnerOf(one.To).Id, one.ValidityAt(view.Point)) : null;

    // Entities under whose identity facts may show differently.
    private static HashSet<EventId> TouchedBetween(GraphState state, EventId behind, EventId upTo)
    {
        HashSet<EventId> touched = [];
        for (EventId id = behind.Next; id <= upTo; id = id.Next)
        {
            MemoryEvent happened = state.Events[id].Event;
            foreach (EventId fact in happened is LogEvent ? [] : EventCatalogue.RefsOf(happened).Append(id))
            {
                Touch(state.Fact(fact));
            }
        }

        return touched;

        void Touch(object? fact)
        {
            switch (fact)
            {
                case Observation one:
                    touched.Add(one.Entity.Id);
                    break;
                case Relation one:
                    touched.Add(one.From.Id);
                    break;
                case Entity one:
                    TouchWithMerged(one);
                    break;
            }
        }

        // What it has, and what leads to it, changes hands with it; also what is said of those that were merged into
        // it.
        void TouchWithMerged(Entity entity)
        {
            var waiting = new Stack<Entity>([entity]);
            HashSet<Entity> seen = [entity];
            while (waiting.TryPop(out Entity one))
            {
                touched.Add(one.Id);
                touched.UnionWith(one.Incoming.Select(link => link.From.Id));
                foreach (Entity absorbed in one.Absorbed.Where(seen.Add))
                {
                    waiting.Push(absorbed);
                }
            }
        }
    }
}

/// <summary>A fact that is not the same in two graphs.</summary>
/// <param name="Id">The event that began it.</param>
/// <param name="Before">As the first graph shows it; null when it does not.</param>
/// <param name="After">As the second graph shows it; null when it does not.</param>
internal sealed record Difference<T>(EventId Id, T? Before, T? After)
    where T : class;

/// <summary>A statement as a graph shows it.</summary>
/// <param name="Owner">The entity that has it.</param>
internal sealed record Statement(EventId Owner, string Text);

/// <summary>A link as a graph shows it.</summary>
/// <param name="From">The entity that it starts at.</param>
/// <param name="To">The entity that it leads to.</param>
internal sealed record Link(EventId From, string RelationType, EventId To, Validity Validity);
