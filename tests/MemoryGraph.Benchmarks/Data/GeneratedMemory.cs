using System.Globalization;
using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Benchmarks.Data;

/// <summary>The memory of a project that was worked on for months: always the same events for the same size.</summary>
/// <remarks>
/// <para>
/// About ten events make an entity: itself, four to eight observations of 80 to 200 characters (a quarter of them
/// Vietnamese), two or three links, and what was later replaced, renamed, withdrawn or deleted. Four people work with four
/// assistants, in sessions of up to forty calls.
/// </para>
/// <para>
/// An entity is linked with those that were new at its time, and often with the first of its module of 400, which
/// makes that one a hub of a few hundred links. So no entity has more links in a larger memory, and what costs more
/// there costs more because of the memory's size.
/// </para>
/// <para>Except for its timestamps, which always fill the same ten months, a smaller memory is the beginning of a larger one.</para>
/// </remarks>
internal sealed class GeneratedMemory
{
    /// <summary>Goes up with every change of the data, so that nobody compares figures of two.</summary>
    public const int Version = 1;

    /// <summary>Fewest events: so many have entities to ask for, old ones too.</summary>
    public const int SizeMin = 1_000;

    /// <summary>Most events, for which there are code names enough.</summary>
    public const int SizeMax = 100_000_000;

    private const ulong Seed = 2026_11_23;
    private const int ModuleEntities = 400;
    private const int CallEventsMax = 40;
    private const int TextCharactersMin = 80;
    private const int TextCharactersMax = 200;

    private static readonly long Begin = new DateTimeOffset(2025, 9, 1, 8, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long Duration = (long)TimeSpan.FromDays(300).TotalMilliseconds;

    private readonly int _size;
    private readonly Dice _dice = new(Seed);
    private readonly List<Thing> _things = [];
    private readonly List<MemoryEvent> _call = [];

    private EventId _last;
    private EventId _session;
    private Author _author = new("", "");
    private int _callsLeftInSession;

    /// <param name="size">How many events, <see cref="SizeMin"/> to <see cref="SizeMax"/>.</param>
    public GeneratedMemory(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, SizeMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, SizeMax);
        _size = size;
    }

    /// <summary>How many entities were made, those included that are gone again. Complete once all events were made.</summary>
    public int Entities => _things.Count;

    /// <summary>
    /// Entities to ask for, oldest first: never renamed, with five to seven observations and two to six links each, in
    /// memories of every size. Complete once all events were made.
    /// </summary>
    public IReadOnlyList<Probe> Probes =>
    [
        .. _things.Where(thing => thing is { Deleted: false, Renamed: false, Observations.Count: >= 5 and <= 7, Links.Count: >= 2 and <= 6 })
            .Select(thing => new Probe(thing.Id, thing.Name, thing.CodeName)),
    ];

    /// <summary>The events, in order; once.</summary>
    public IEnumerable<RecordedEvent> Events()
    {
        while (_last.Value < _size)
        {
            BeginCall();
            long left = _size - _last.Value;
            if (left <= CallEventsMax)
            {
                Observe(Existing(), (int)Math.Min(left, 3));
            }
            else
            {
                Work();
            }

            EventId first = _last.Next;
            _session = _session == EventId.None ? first : _session;
            string? reason = _dice.Chance(30) ? _dice.Of(Vocabulary.Reasons) : null;
            long timestamp = Begin + (Duration / _size * first.Value);
            foreach ((int place, MemoryEvent happened) in _call.Index())
            {
                _last = first + place;
                yield return new RecordedEvent(
                    _last, timestamp, first, _call.Count, first, _session, _author, place == 0 ? reason : null, happened);
            }
        }
    }

    private void BeginCall()
    {
        _call.Clear();
        if (_callsLeftInSession-- == 0)
        {
            _callsLeftInSession = _dice.Between(3, 40);
            _session = EventId.None;
            _author = new Author(_dice.Of(["duyan", "linh", "marta", "jonas"]), _dice.Of(Vocabulary.Agents));
        }
    }

    private EventId NextId => _last + (_call.Count + 1);

    // What one call does. Most make something known; changes hit what is new more often than what is old.
    private void Work()
    {
        int kind = _things.Count < 20 ? 0 : _dice.Below(100);
        if (kind < 55)
        {
            Create();
            return;
        }

        Thing thing = Existing();
        switch (kind)
        {
            case < 85:
                Observe(thing, _dice.Between(1, 3));
                break;
            case < 91:
                Replace(thing);
                break;
            case < 94:
                Rename(thing);
                break;
            case < 96:
                Withdraw(thing);
                break;
            case < 98:
                Date(thing);
                break;
            case < 99:
                Unlink(thing);
                break;
            default:
                Delete(thing);
                break;
        }

        if (_call.Count == 0)
        {
            Observe(Existing(), 1);
        }
    }

    private Thing Existing()
    {
        while (true)
        {
            int recent = Math.Min(200, _things.Count);
            Thing thing = _things[_dice.Chance(70) ? _things.Count - 1 - _dice.Below(recent) : _dice.Below(_things.Count)];
            if (!thing.Deleted)
            {
                return thing;
            }
        }
    }

    private void Create()
    {
        int number = _things.Count;
        int kind = _dice.Below(Vocabulary.Types.Count);
        string codeName = Vocabulary.CodeName(number);
        string name = Fill(Vocabulary.Names[kind], codeName);
        var thing = new Thing(NextId, name, codeName);
        _call.Add(new EntityCreated(name, Vocabulary.Types[kind]));
        _things.Add(thing);
        Observe(thing, _dice.Between(4, 6));
        if (number > 0 && _dice.Chance(60))
        {
            Link(thing, _things[number - (number % ModuleEntities == 0 ? 1 : number % ModuleEntities)]);
        }

        for (int links = number == 0 ? 0 : _dice.Between(1, 3); links > 0; links--)
        {
            Link(thing, _things[number - 1 - _dice.Below(Math.Min(number, 100))]);
        }
    }

    private void Observe(Thing thing, int count)
    {
        for (; count > 0; count--)
        {
            string text = Sentence(thing);
            while (thing.Observations.Exists(one => one.Text == text))
            {
                text = Sentence(thing);
            }

            thing.Observations.Add((NextId, text));
            _call.Add(new ObservationAdded(thing.Id, thing.Name, text));
        }
    }

    private void Replace(Thing thing)
    {
        Withdraw(thing);
        Observe(thing, 1);
    }

    private void Withdraw(Thing thing)
    {
        if (thing.Observations.Count > 0)
        {
            int place = _dice.Below(thing.Observations.Count);
            (EventId id, string text) = thing.Observations[place];
            thing.Observations.RemoveAt(place);
            _call.Add(new ObservationRemoved(id, thing.Name, text));
        }
    }

    private void Rename(Thing thing)
    {
        thing.Renamed = true;
        thing.Name += string.Create(CultureInfo.InvariantCulture, $" v{_dice.Between(2, 9)}");
        _call.Add(new EntityUpdated(thing.Id, thing.Name, _dice.Chance(20) ? _dice.Of(Vocabulary.Types) : null));
    }

    private void Link(Thing from, Thing to)
    {
        string type = _dice.Of(Vocabulary.RelationTypes);
        if (!to.Deleted && !from.Links.Exists(link => link.To == to && link.Type == type))
        {
            var link = new Bond(NextId, from, type, to);
            from.Links.Add(link);
            to.Links.Add(link);
            Validity validity = _dice.Chance(10) ? new Validity("2025-09-01", null) : Validity.Unsaid;
            _call.Add(new RelationCreated(from.Id, to.Id, from.Name, type, to.Name, validity));
        }
    }

    private void Date(Thing thing)
    {
        if (thing.Links.Count > 0)
        {
            string day = string.Create(CultureInfo.InvariantCulture, $"2026-0{_dice.Between(1, 9)}-{_dice.Between(10, 28)}");
            _call.Add(new RelationUpdated(_dice.Of(thing.Links).Id, new Validity(null, day)));
        }
    }

    private void Unlink(Thing thing)
    {
        if (thing.Links.Count > 1)
        {
            End(_dice.Of(thing.Links));
        }
    }

    private void Delete(Thing thing)
    {
        // A hub stays, as in life.
        if (thing.Links.Count < CallEventsMax)
        {
            foreach (Bond link in thing.Links.ToArray())
            {
                End(link);
            }

            thing.Deleted = true;
            _call.Add(new EntityDeleted(thing.Id, thing.Name));
        }
    }

    private void End(Bond link)
    {
        link.From.Links.Remove(link);
        link.To.Links.Remove(link);
        _call.Add(new RelationDeleted(link.Id, link.From.Name, link.Type, link.To.Name));
    }

    private string Sentence(Thing about)
    {
        IReadOnlyList<string> language = _dice.Chance(25) ? Vocabulary.Vietnamese : Vocabulary.English;
        var text = new StringBuilder(_dice.Chance(40) ? $"{about.CodeName}: " : "");
        do
        {
            string next = Fill(_dice.Of(language), about.CodeName);
            if (text.Length + next.Length < TextCharactersMax)
            {
                text.Append(text.Length > 0 && text[^1] != ' ' ? " " : "").Append(next);
            }
        }
        while (text.Length < TextCharactersMin || _dice.Chance(4));

        return text.ToString();
    }

    private string Fill(string sentence, string codeName)
    {
        string other = Vocabulary.CodeName(Math.Max(0, _things.Count - 1 - _dice.Below(100)));
        return string.Format(
            CultureInfo.InvariantCulture, sentence, codeName, other, _dice.Of(Vocabulary.Techniques), _dice.Of(Vocabulary.People),
            _dice.Of(Vocabulary.Areas), _dice.Between(2, 5_000));
    }

    private sealed class Thing(EventId id, string name, string codeName)
    {
        public EventId Id => id;

        public string CodeName => codeName;

        public string Name { get; set; } = name;

        public bool Renamed { get; set; }

        public bool Deleted { get; set; }

        public List<(EventId Id, string Text)> Observations { get; } = [];

        public List<Bond> Links { get; } = [];
    }

    private sealed record Bond(EventId Id, Thing From, string Type, Thing To);
}

/// <summary>An entity to ask for.</summary>
/// <param name="Id">The event that created it.</param>
/// <param name="Name">Its exact name.</param>
/// <param name="CodeName">A word of its name that few other facts have, in memories of every size.</param>
internal sealed record Probe(EventId Id, string Name, string CodeName);
