using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Log;
using MemoryGraph.Text;

namespace MemoryGraph.Memory;

/// <summary>
/// Finds what a redaction would erase, in what is really stored: the lines of the log, not the graph.
/// </summary>
internal sealed class RedactionSearch
{
    private const int WordsShown = 100;
    private const int SpellingsMax = 20;

    private readonly GraphState _graph;
    private readonly EventLog _log;
    private readonly StoredTexts _texts = new();

    // The last event's that was looked at.
    private readonly List<EventId> _refs = [];

    // What is sought, each where it applies.
    private readonly List<TextPattern> _sought = [];
    private readonly HashSet<EventId> _facts = [];
    private readonly HashSet<EventId> _named = [];
    private readonly HashSet<string> _repeated = [];
    private string? _user;

    // What was found.
    private readonly List<RedactedLine> _lines = [];
    private readonly SortedSet<string> _spellings = new(StringComparer.Ordinal);
    private readonly List<EventId> _alreadyRedacted = [];
    private readonly List<string> _unreached = [];

    private RedactionSearch(GraphState graph, EventLog log)
    {
        _graph = graph;
        _log = log;
    }

    /// <summary>Looks through the whole log. The graph must be as far as the log was read.</summary>
    /// <exception cref="LogException">The disk refuses to be read.</exception>
    public static RedactionFinding Run(GraphState graph, EventLog log, Redaction redaction, ProjectStatus standing)
    {
        var search = new RedactionSearch(graph, log);
        Refusal? refused = search.Prepare(redaction);
        if (refused is null)
        {
            log.ReadLines(search.Take);
            search.LookElsewhere();
        }

        var preview = new RedactionPreview(
            refused, search._lines, [.. search._spellings.Take(SpellingsMax)], search.NamesLost(), search._alreadyRedacted,
            search._unreached, standing);
        return new RedactionFinding(preview, search.Mentions);
    }

    private Refusal? Prepare(Redaction redaction) => redaction switch
    {
        Redaction.Events { Ranges: var ranges } => Prepare(ranges),
        Redaction.Entity { Name: var name } => PrepareEntity(StoredText.NameOf(name)),
        Redaction.User { Name: var name } => PrepareUser(name),
        Redaction.Containing { Text: var text } => PrepareText(text),
        _ => throw new System.Diagnostics.UnreachableException($"{redaction.GetType().Name} has no arm"),
    };

    private Refusal? Prepare(IReadOnlyList<EventRange> ranges)
    {
        if (ranges.Count == 0)
        {
            return Refusal.NothingToDo("events");
        }

        EventId last = _graph.Events.Last;
        if (ranges.Where(range => !_graph.Events.Contains(range.First) || range.Last > last).ToArray() is [var strange, ..])
        {
            return new Refusal("event_not_found", $"There is no event {strange}; the last one is {last}.");
        }

        EventId[] ids = [.. ranges.SelectMany(range => range.Events).Distinct()];
        if (Array.Find(ids, id => !EventCatalogue.MayErase(_graph.Events[id].Event)) is var own && own > EventId.None)
        {
            return new Refusal(
                "not_erasable",
                $"{own} is {EventCatalogue.NameOf(_graph.Events[own].Event)}: what the log records about itself is never erased.");
        }

        _named.UnionWith(ids);
        foreach (EventId id in ids)
        {
            MemoryEvent happened = _graph.Events[id].Event;
            _facts.UnionWith(_graph.Fact(id) is not null ? [id] : happened is LogEvent ? [] : EventCatalogue.RefsOf(happened));
        }

        _log.ReadLines(line =>
        {
            if (EventJson.IdOf(line) is { } id && _named.Contains(id))
            {
                _texts.Read(line);
                _repeated.UnionWith(_texts.Said.Where(said => !string.IsNullOrWhiteSpace(said)));
            }
        });
        return null;
    }

    private Refusal? PrepareEntity(string name)
    {
        GraphView now = _graph.Now;
        if ((now.Find(name) ?? now.FindLastCalled(name)) is not { } entity)
        {
            return Refusal.EntityNotFound(name, now.NamesNear(name));
        }

        foreach (Entity one in now.WithMerged(entity))
        {
            _facts.Add(one.Id);
            _sought.AddRange(one.Namings
                .Where(since => _graph.Events[since].RedactedBy is null)
                .Select(since => TextPattern.WholeWords(one.NamingAt(since).Name)));
        }

        return null;
    }

    private Refusal? PrepareUser(string name)
    {
        _user = LetterFolding.Fold(StoredText.CleanAuthor(name));
        return _user.Length == 0 ? Refusal.NothingToDo("the name of a user") : null;
    }

    private Refusal? PrepareText(string text)
    {
        var sought = TextPattern.Anywhere(text);
        _sought.Add(sought);
        return sought.IsEmpty ? Refusal.NothingToDo("a text with letters, digits or symbols in it") : null;
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        if (EventJson.IdOf(line) is not { } id || !_graph.Events.Contains(id))
        {
            return;
        }

        _texts.Read(line);
        StoredTextOfLine[] holding = [.. _texts.All.Where(one => Holds(id, one))];
        if (holding.Length == 0 && !IsMeant(id))
        {
            return;
        }

        RecordedEvent recorded = _graph.Events[id];
        if (recorded.RedactedBy is not null)
        {
            _alreadyRedacted.Add(id);
        }
        else if (!EventCatalogue.MayErase(recorded.Event))
        {
            _unreached.Add($"{id} {EventCatalogue.NameOf(recorded.Event)} keeps it: what the log records about itself is not erased.");
        }
        else
        {
            string[] where = [.. holding.Select(one => one.Member).Distinct()];
            _lines.Add(new RedactedLine(id, EventDescription.Summary(recorded.Event, WordsShown), where));
            _spellings.UnionWith(holding.SelectMany(SpellingsIn));
        }
    }

    // Whether an event is meant whatever its words are.
    private bool IsMeant(EventId id) => _named.Contains(id) || (_named.Count == 0 && LeadsTo(id, _facts));

    private bool Holds(EventId id, StoredTextOfLine one) =>
        _user is not null ? one.Member is "user" or "origin" && IsUser(id, one.Text)
        : _named.Count > 0 ? one.Member == "data" && _repeated.Contains(one.Text) && LeadsTo(id, _facts)
        : _sought.Exists(sought => sought.Matches(one.Text));

    // The texts of an origin are more than its user.
    private bool IsUser(EventId id, string text) => LetterFolding.Fold(text) == _user
        && (text == _graph.Events.AuthorOf(id).User || (_graph.Events.HasOrigin(id) && text == _graph.Events[id].Origin?.User));

    private IEnumerable<string> SpellingsIn(StoredTextOfLine one) => _sought.Count == 0
        ? [one.Text]
        : _sought.Where(sought => sought.Matches(one.Text)).SelectMany(sought => sought.SpellingsIn(one.Text));

    // Whether an event began one of the facts, touches it, or touches what was said of it.
    private bool LeadsTo(EventId id, HashSet<EventId> facts)
    {
        if (facts.Count == 0 || facts.Contains(id))
        {
            return facts.Count > 0;
        }

        _graph.Events.ReadRefs(id, _refs);
        return !_graph.Events.IsOfLog(id) && _refs.Exists(fact => IsAbout(fact, facts));
    }

    private bool IsAbout(EventId fact, HashSet<EventId> facts) => facts.Contains(fact) || _graph.Fact(fact) switch
    {
        Observation observation => facts.Contains(observation.Entity.Id),
        Relation relation => facts.Contains(relation.From.Id) || facts.Contains(relation.To.Id),
        _ => false,
    };

    private List<RedactedName> NamesLost()
    {
        var lost = _lines.Select(line => line.Id).ToHashSet();
        GraphView now = _graph.Now;
        return [.. now.Entities().Where(entity => LosesName(entity, lost))
            .Select(entity => new RedactedName(entity.Id, now.NameOf(entity)))];
    }

    // An update of the type alone leaves the name to the one before it; but erased, nobody can tell.
    private bool LosesName(Entity entity, HashSet<EventId> lost) => lost.Contains(entity.Namings
        .Last(since => _graph.Events[since].Event is not EntityUpdated { Name: null } || lost.Contains(since)));

    // Copies are only deleted together with something in the log.
    private void LookElsewhere() => _unreached.AddRange(_log
        .OtherFiles(copies: _lines.Count == 0, text => Mentions(text) is not null)
        .Select(name => $"The file {name} mentions it, and stays as it is."));

    /// <summary>What of the sought a text would say again; null when nothing.</summary>
    private string? Mentions(string text) =>
        _user is not null ? (TextPattern.WholeWords(_user).Matches(text) ? _user : null)
        : _named.Count > 0 ? _repeated.FirstOrDefault(said => TextPattern.WholeWords(said).Matches(text))
        : _sought.Find(sought => sought.Matches(text))?.Text;
}

/// <summary>What a redaction would erase, and what nobody may say again in its record.</summary>
/// <param name="Preview">For whoever asked.</param>
/// <param name="Mentions">What of the sought a text says; null when nothing.</param>
internal sealed record RedactionFinding(RedactionPreview Preview, Func<string, string?> Mentions);
