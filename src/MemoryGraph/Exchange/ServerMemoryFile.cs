using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Text;

namespace MemoryGraph.Exchange;

/// <summary>A memory of the reference server, <c>@modelcontextprotocol/server-memory</c>.</summary>
/// <remarks>
/// One item a line, which is one call here:
/// <code>
/// {"type":"entity","name":"Ada","entityType":"person","observations":["likes tea"]}
/// {"type":"relation","from":"Ada","to":"Eve","relationType":"knows"}
/// </code>
/// or all in one object, <c>{"entities":[…],"relations":[…]}</c>. Other members are ignored; an item without <c>type</c>
/// is recognised by its members, so that memory files of the Rust memory-graph are read too. Two items of one entity
/// are merged. A relation may stand before its ends: from the first that does, relations are held back to the end of
/// the file, where an end that no item names is implied. Memory: the names, and the relations held back.
/// </remarks>
/// <param name="path">The file's absolute path.</param>
/// <param name="lastWrite">When the file was last written, in Unix milliseconds: the only time that is known.</param>
public sealed class ServerMemoryFile(string path, long lastWrite) : MemorySource
{
    /// <inheritdoc/>
    public override string Name => $"server-memory:{path}";

    /// <inheritdoc/>
    public override bool HasLastingIds => false;

    /// <inheritdoc/>
    public override IEnumerable<SourceCall> Read(Stream file, Action<SourceProblem> problems)
    {
        var texts = new SourceTexts(problems);
        var reader = new ItemReader(Name, lastWrite, texts);
        foreach (JsonElement item in ServerMemoryItems.In(file, texts))
        {
            if (reader.Read(item) is { } call)
            {
                yield return call;
            }
        }

        foreach (SourceCall call in reader.ReadHeldBack())
        {
            yield return call;
        }
    }

    private sealed class ItemReader(string name, long lastWrite, SourceTexts texts)
    {
        private readonly Dictionary<string, Known> _entities = [];
        private readonly List<Link> _heldBack = [];
        private EventId _last;

        public SourceCall? Read(JsonElement item)
        {
            JsonElement type = SourceTexts.Member(item, "type");
            string? kind = type.ValueKind != JsonValueKind.Undefined ? texts.Name(type, "\"type\"", "not taken")
                : SourceTexts.Member(item, "entityType").ValueKind != JsonValueKind.Undefined ? "entity"
                : SourceTexts.Member(item, "relationType").ValueKind != JsonValueKind.Undefined ? "relation"
                : "";
            switch (kind)
            {
                case null:
                    return null;
                case "entity":
                    return ReadEntity(item);
                case "relation":
                    return ReadRelation(item);
                case "":
                    texts.Report("is neither an entity nor a relation: not taken");
                    return null;
                default:
                    texts.Report($"is of the type {Quoted.Name(Quoted.Cut(kind, 80))}, not entity or relation: not taken");
                    return null;
            }
        }

        /// <summary>The relations that stood before one of their ends.</summary>
        public IEnumerable<SourceCall> ReadHeldBack() => _heldBack.Select(CreateRelation);

        private SourceCall? ReadEntity(JsonElement item)
        {
            if (texts.Name(SourceTexts.Member(item, "name"), "\"name\"", "not taken") is not { } entityName)
            {
                return null;
            }

            string type = texts.Name(
                SourceTexts.Member(item, "entityType"), "\"entityType\"",
                    $"taken with the type {EntityCreated.TypeUnsaid}")
                ?? EntityCreated.TypeUnsaid;
            var call = new List<SourceEvent>();
            if (!_entities.TryGetValue(entityName, out Known entity))
            {
                entity = new Known(Add(call, texts.Line, new EntityCreated(entityName, type)), type);
                _entities.Add(entityName, entity);
            }
            else if (entity.Type != type)
            {
                texts.Report(
                    $"is {Quoted.Name(entityName)} again, now of the type {Quoted.Name(type)}: "
                    + $"the type {Quoted.Name(entity.Type)} stays");
            }

            foreach (string text in texts.Texts(SourceTexts.Member(item, "observations")))
            {
                Add(call, texts.Line, new ObservationAdded(entity.Id, entityName, text));
            }

            return call.Count > 0 ? new SourceCall(call) : null;
        }

        private SourceCall? ReadRelation(JsonElement item)
        {
            string? from = texts.Name(SourceTexts.Member(item, "from"), "\"from\"", "not taken");
            string? to = texts.Name(SourceTexts.Member(item, "to"), "\"to\"", "not taken");
            string? type = texts.Name(SourceTexts.Member(item, "relationType"), "\"relationType\"", "not taken");
            if (from is null || to is null || type is null)
            {
                return null;
            }

            var link = new Link(from, type, to, texts.Line);
            if (_heldBack.Count == 0 && _entities.ContainsKey(from) && _entities.ContainsKey(to))
            {
                return CreateRelation(link);
            }

            _heldBack.Add(link);
            return null;
        }

        private SourceCall CreateRelation(Link link)
        {
            var call = new List<SourceEvent>();
            EventId from = FindOrImply(call, link.From, link.Line);
            EventId to = FindOrImply(call, link.To, link.Line);
            Add(call, link.Line, new RelationCreated(from, to, link.From, link.Type, link.To, Validity.Unsaid));
            return new SourceCall(call);
        }

        private EventId FindOrImply(List<SourceEvent> call, string entityName, long line)
        {
            if (!_entities.TryGetValue(entityName, out Known entity))
            {
                var implied = new EntityCreated(entityName, EntityCreated.TypeUnsaid) { Implied = true };
                entity = new Known(Add(call, line, implied), implied.EntityType);
                _entities.Add(entityName, entity);
            }

            return entity.Id;
        }

        private EventId Add(List<SourceEvent> call, long line, MemoryEvent happened)
        {
            _last = _last.Next;
            call.Add(new SourceEvent(_last, happened, new Origin(name, new EventId(line), null, "", lastWrite)));
            return _last;
        }
    }

    private readonly record struct Known(EventId Id, string Type);

    private readonly record struct Link(string From, string Type, string To, long Line);
}
