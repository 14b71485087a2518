using System.Runtime.InteropServices;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Projections;

namespace MemoryGraph.Queries;

/// <summary>
/// Who did what in a period: for each user and agent how much, when first and last, and about which entities most.
/// </summary>
/// <remarks>
/// Cost: what those that are asked about did in that period, less than half a microsecond an event, however much
/// happened before and after. Nothing is kept ready by type or entity: which entities somebody touched most depends on
/// the period, and on what was merged by its end.
/// </remarks>
/// <param name="User">Part of the user's name, folded; null for all.</param>
/// <param name="Agent">Part of the agent's name, folded; null for all.</param>
/// <param name="Since">Events from this point on; null for the beginning.</param>
/// <param name="Until">Events up to this point.</param>
public sealed record ActivityQuery(string? User, string? Agent, AsOf? Since, AsOf Until) : Query<ActivityAnswer>
{
    private const int EntitiesTold = 5;

    internal override ActivityAnswer Read(QueryContext context)
    {
        Point until = context.Resolve(Until);
        EventId first = context.FirstSince(Since);
        var asked = new AuthorFilter(User, Agent);
        Activity activity = context.Projections.Get<Activity>();
        return new ActivityAnswer(until, [.. activity.Authors
            .Where(author => asked.Passes(author))
            .Select(author => new Count(context, until.Event).Of(author, activity.Of(author, first, until.Event)))
            .OfType<AuthorActivity>()
            .OrderByDescending(one => one.Last.Id)]);
    }

    // Of one author.
    private sealed class Count(QueryContext context, EventId point)
    {
        private readonly GraphView _view = context.Graph.AsOf(point);
        private readonly EventIndex _events = context.Graph.Events;
        private readonly HashSet<EventId> _sessions = [];
        private readonly Dictionary<EventShape, int> _types = [];

        // By their rows.
        private readonly Dictionary<int, int> _entities = [];

        private int _total;
        private int _calls;
        private int _takenBack;
        private EventId _first;
        private EventId _last;
        private EventId _call;
        private bool _isTakenBack;

        public AuthorActivity? Of(Author author, IEnumerable<AuthoredEvent> deeds)
        {
            foreach (AuthoredEvent deed in deeds)
            {
                Add(deed);
            }

            return _total == 0 ? null : new AuthorActivity(
                author, _total, _calls, _sessions.Count, _takenBack, context.Cite(_first), context.Cite(_last),
                [.. _types.Select(type => new EventTypeCount(type.Key.Name, type.Value))
                    .OrderByDescending(one => one.Events).ThenBy(one => one.EventType, StringComparer.Ordinal)],
                [.. _entities.OrderByDescending(one => one.Value).ThenBy(one => one.Key)
                    .Take(EntitiesTold)
                    .Select(one => new EntityCount(_view.NameOf(new Entity(_view.State, one.Key)), one.Value))],
                _entities.Count);
        }

        private void Add(AuthoredEvent deed)
        {
            _total++;
            _first = _total == 1 ? deed.Id : _first;
            _last = deed.Id;

            // The events of a call follow one another.
            if (_events.CallOf(deed.Id) is var call && call != _call)
            {
                _call = call;
                _calls++;
                _sessions.Add(_events.SessionOf(deed.Id));
                _isTakenBack = _events.TakenBackBy(call) is { } by && by <= point;
            }

            _takenBack += _isTakenBack ? 1 : 0;
            CollectionsMarshal.GetValueRefOrAddDefault(_types, _events.ShapeOf(deed.Id)!, out _)++;

            // Each once, though the deed may name two that are one by now.
            Entity? entity = OwnerOf(deed.Entity);
            Touch(entity);
            if (OwnerOf(deed.Other) is var other && other != entity)
            {
                Touch(other);
            }
        }

        private Entity? OwnerOf(EventId id) => _view.State.Entity(id) is { } entity ? _view.OwnerOf(entity) : null;

        private void Touch(Entity? entity)
        {
            if (entity is { } touched)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_entities, touched.Row, out _)++;
            }
        }
    }
}

/// <summary>Who did what.</summary>
/// <param name="Until">The last event that counted.</param>
/// <param name="Authors">Whoever was active last comes first.</param>
public sealed record ActivityAnswer(Point Until, IReadOnlyList<AuthorActivity> Authors);

/// <summary>What one user did with one agent.</summary>
/// <param name="Events">How many events.</param>
/// <param name="Calls">In how many calls.</param>
/// <param name="Sessions">In how many sessions.</param>
/// <param name="TakenBack">How many of the events were undone by then.</param>
/// <param name="First">Their first event of the period.</param>
/// <param name="Last">Their last.</param>
/// <param name="Types">Events by type, most first.</param>
/// <param name="Entities">The entities they touched most, most first; five at most.</param>
/// <param name="EntitiesTouched">How many entities they touched.</param>
public sealed record AuthorActivity(
    Author Author,
    int Events,
    int Calls,
    int Sessions,
    int TakenBack,
    Citation First,
    Citation Last,
    IReadOnlyList<EventTypeCount> Types,
    IReadOnlyList<EntityCount> Entities,
    int EntitiesTouched);

/// <summary>How many events are of a type.</summary>
public sealed record EventTypeCount(string EventType, int Events);

/// <summary>How many events touched an entity.</summary>
public sealed record EntityCount(string Name, int Events);
