using MemoryGraph.Events;
using MemoryGraph.Values;

namespace MemoryGraph.Projections;

/// <summary>
/// Who did what: for each user and agent their calls, oldest first, with the entities that each event touched.
/// </summary>
/// <remarks>
/// <code>
/// duyan via cursor/1.7 → #3 (entity 3), #4 (3), #12 (3, 7)
/// </code>
/// What the log records of itself counts for nobody. Memory: about sixteen bytes an event.
/// </remarks>
public sealed class Activity : Projection
{
    private readonly EntityTrail _trail = new();
    private readonly Dictionary<Author, List<Deed>> _byAuthor = [];

    /// <summary>Everybody who recorded something, in order of their first event.</summary>
    public IReadOnlyCollection<Author> Authors => _byAuthor.Keys;

    /// <summary>What somebody did, oldest first.</summary>
    public IReadOnlyList<Deed> Of(Author author) => _byAuthor.TryGetValue(author, out List<Deed>? deeds) ? deeds : [];

    /// <inheritdoc/>
    protected override void Fold(RecordedEvent recorded)
    {
        IReadOnlyList<EventId> touched = _trail.Follow(recorded);
        if (recorded.Event is LogEvent)
        {
            return;
        }

        if (!_byAuthor.TryGetValue(recorded.Author, out List<Deed>? deeds))
        {
            _byAuthor.Add(recorded.Author, deeds = []);
        }

        deeds.Add(new Deed(
            recorded.Id, touched.Count > 0 ? touched[0] : EventId.None, touched.Count > 1 ? touched[1] : EventId.None));
    }
}

/// <summary>One event of somebody.</summary>
/// <param name="Id">The event.</param>
/// <param name="Entity">The entity it touched; <see cref="EventId.None"/> for none.</param>
/// <param name="Other">The other one, when it touched two.</param>
public readonly record struct Deed(EventId Id, EventId Entity, EventId Other);
