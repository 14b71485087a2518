using System.Collections;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Projections;

/// <summary>
/// Who did what: for each user and agent their events, oldest first, with the entities that each touched.
/// </summary>
/// <remarks>
/// <code>
/// duyan via cursor/1.7 → #3 (entity 3), #4 (3), #12 (3, 7)
/// </code>
/// What the log records of itself counts for nobody. Memory: twelve to fourteen bytes an event.
/// </remarks>
public sealed class Activity : Projection
{
    private readonly TouchedEntities _trail = new();
    private readonly TextTable _names = new();
    private readonly Column<AuthorRow> _authorRows = new();

    // By author, in their order.
    private readonly IdLists _events = new();

    // Derived from _authorRows.
    private readonly List<Author> _authors = [];
    private readonly Dictionary<Author, int> _numbers = [];

    internal override IEnumerable<Column> Columns => [.. _trail.Columns, .. _names.Columns, _authorRows, .. _events.Columns];

    /// <summary>Everybody who recorded something, in order of their first event.</summary>
    public IReadOnlyCollection<Author> Authors => _authors;

    /// <summary>What somebody did, oldest first. It grows with what is applied.</summary>
    public IReadOnlyList<AuthoredEvent> Of(Author author) => _numbers.TryGetValue(author, out int number) ? new Deeds(this, number) : [];

    /// <summary>What somebody did from one event up to another, oldest first.</summary>
    /// <remarks>
    /// Cost: finding the first takes as many steps as the logarithm of what they did; then each of them.
    /// </remarks>
    internal IEnumerable<AuthoredEvent> Of(Author author, EventId first, EventId last) => _numbers.TryGetValue(author, out int number)
        ? _events.Range(number, _events.CountUpTo(number, Number(first) - 1), _events.CountUpTo(number, Number(last))).Select(DeedOf)
        : [];

    /// <inheritdoc/>
    protected override void Fold(RecordedEvent recorded)
    {
        _trail.Apply(recorded);
        if (recorded.Event is not LogEvent)
        {
            _events.Append(NumberOf(recorded.Author), (int)recorded.Id.Value);
        }
    }

    private protected override void IndexLoaded()
    {
        _names.IndexLoaded();
        for (int number = 0; number < _authorRows.Count; number++)
        {
            Know(new Author(_names[_authorRows[number].User], _names[_authorRows[number].Agent]));
        }
    }

    private static int Number(EventId id) => (int)Math.Min(id.Value, int.MaxValue);

    private int NumberOf(Author author)
    {
        if (_numbers.TryGetValue(author, out int known))
        {
            return known;
        }

        _authorRows.Add(new AuthorRow(_names.Add(author.User), _names.Add(author.Agent)));
        Know(author);
        return _events.Add();
    }

    private void Know(Author author)
    {
        _numbers.Add(author, _authors.Count);
        _authors.Add(author);
    }

    private AuthoredEvent DeedOf(int id)
    {
        (EventId entity, EventId other) = _trail.TouchedBy(new EventId(id));
        return new AuthoredEvent(new EventId(id), entity, other);
    }

    private readonly record struct AuthorRow(int User, int Agent);

    // What an author did, without a copy of it.
    private sealed class Deeds(Activity activity, int author) : IReadOnlyList<AuthoredEvent>
    {
        public int Count => activity._events.CountOf(author);

        public AuthoredEvent this[int index] => index >= 0 && index < Count
            ? activity.DeedOf(activity._events.At(author, index)) : throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<AuthoredEvent> GetEnumerator() => activity._events.Range(author, 0, Count).Select(activity.DeedOf).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

/// <summary>One event of somebody.</summary>
/// <param name="Id">The event.</param>
/// <param name="Entity">The entity it touched; <see cref="EventId.None"/> for none.</param>
/// <param name="Other">The other one, when it touched two.</param>
public readonly record struct AuthoredEvent(EventId Id, EventId Entity, EventId Other);
