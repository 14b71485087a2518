using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>The nine tools of <c>@modelcontextprotocol/server-memory</c> 2026.8.31, in its words.</summary>
/// <param name="import">What must be in the memory first.</param>
internal sealed class ReferenceTools(CurrentProject projects, ReferenceFileImport import)
{
    private static readonly Hints Creates = new(ReadOnly: false, Destructive: false, Idempotent: false);

    /// <summary>All of them, in its order.</summary>
    /// <param name="readOnly">Only those that change nothing.</param>
    public IReadOnlyList<ReferenceTool> All(bool readOnly)
    {
        ReferenceTool[] all =
        [
            CreateEntities(), CreateRelations(), AddObservations(),
            DeleteEntities(), DeleteObservations(), DeleteRelations(),
            ReadGraph(), SearchNodes(), OpenNodes(),
        ];
        return [.. all.Where(tool => !readOnly || tool.Declaration.Hints.ReadOnly)];
    }

    private ReferenceTool CreateEntities() => Tool(
        new("create_entities", "Create Entities", "Create multiple new entities in the knowledge graph",
            Creates, ReferenceSchema.Entities)
        { Results = [ReferenceSchema.Entities] },
        (arguments, call) =>
        {
            IReadOnlyList<CreateEntity> asked = arguments.Of(ReferenceSchema.Entities);
            return call.SubmitAsync(new CreateMissingEntities(asked), recorded => ReferenceResults.Member(
                ReferenceSchema.Entities,
                json => ReferenceResults.WriteEntities(json, Created(call, asked, recorded))));
        });

    private ReferenceTool CreateRelations() => Tool(
        new("create_relations", "Create Relations",
            "Create multiple new relations between entities in the knowledge graph. Relations should be in active voice",
            Creates, ReferenceSchema.Relations)
        { Results = [ReferenceSchema.Relations] },
        (arguments, call) => call.SubmitAsync(
            new CreateMissingRelations(arguments.Of(ReferenceSchema.Relations)),
            recorded => ReferenceResults.Member(ReferenceSchema.Relations, json => ReferenceResults.WriteRelations(
                json,
                recorded.Select(one => one.Event).OfType<RelationCreated>()
                    .Select(one => new PlainRelation(one.FromName, one.RelationType, one.ToName))))));

    private ReferenceTool AddObservations() => Tool(
        new("add_observations", "Add Observations", "Add new observations to existing entities in the knowledge graph",
            Creates, ReferenceSchema.Additions)
        { Results = [ReferenceSchema.Added] },
        (arguments, call) =>
        {
            IReadOnlyList<AddObservations> asked = arguments.Of(ReferenceSchema.Additions);
            return call.SubmitAsync(new AddMissingObservations(asked), recorded => ReferenceResults.Member(
                ReferenceSchema.Added, json => ReferenceResults.WriteAdded(json, Added(asked, recorded))));
        });

    private ReferenceTool DeleteEntities() => Tool(
        new("delete_entities", "Delete Entities",
            "Delete multiple entities and their associated relations from the knowledge graph",
            Hints.TakesAway, ReferenceSchema.EntityNames)
        { Results = ReferenceSchema.Done },
        (arguments, call) => call.SubmitAsync(
            new DeleteAnyEntities(arguments.Of(ReferenceSchema.EntityNames)), "Entities deleted successfully"));

    private ReferenceTool DeleteObservations() => Tool(
        new("delete_observations", "Delete Observations",
            "Delete specific observations from entities in the knowledge graph",
            Hints.TakesAway, ReferenceSchema.Deletions)
        { Results = ReferenceSchema.Done },
        (arguments, call) => call.SubmitAsync(
            new DeleteAnyObservations(arguments.Of(ReferenceSchema.Deletions)), "Observations deleted successfully"));

    private ReferenceTool DeleteRelations() => Tool(
        new("delete_relations", "Delete Relations", "Delete multiple relations from the knowledge graph",
            Hints.TakesAway, ReferenceSchema.RelationsToDelete)
        { Results = ReferenceSchema.Done },
        (arguments, call) => call.SubmitAsync(
            new DeleteAnyRelations(arguments.Of(ReferenceSchema.RelationsToDelete)), "Relations deleted successfully"));

    private ReferenceTool ReadGraph() => Tool(
        new("read_graph", "Read Graph", "Read the entire knowledge graph",
            Hints.Reads)
        { Results = ReferenceSchema.Graph },
        (_, call) => call.AskAsync(new PlainGraphQuery(AsOf.Now)));

    private ReferenceTool SearchNodes() => Tool(
        new("search_nodes", "Search Nodes", "Search for nodes in the knowledge graph based on a query",
            Hints.Reads, ReferenceSchema.Query)
        { Results = ReferenceSchema.Graph },
        (arguments, call) => call.AskAsync(
            new PlainGraphQuery(AsOf.Now) { Filter = new SubstringSearch(arguments.Text(ReferenceSchema.Query)).Finds }));

    private ReferenceTool OpenNodes() => Tool(
        new("open_nodes", "Open Nodes", "Open specific nodes in the knowledge graph by their names",
            Hints.Reads, ReferenceSchema.Names)
        { Results = ReferenceSchema.Graph },
        (arguments, call) => call.AskAsync(new PlainGraphQuery(AsOf.Now) { Names = arguments.Of(ReferenceSchema.Names) }));

    private ReferenceTool Tool(
        ToolDeclaration declaration, Func<Arguments, ReferenceCall, Task<CallToolResult>> answer) =>
        new(projects, import, declaration, answer);

    // The entities that the call created, as they were at its end, whatever followed.
    private static PlainEntity[] Created(
        ReferenceCall call, IReadOnlyList<CreateEntity> asked, IReadOnlyList<RecordedEvent> recorded) =>
            recorded is [var first, ..]
        ? call.Project.Ask(
            new PlainGraphQuery(AsOf.Of(first.CallEnd)) { Names = [.. asked.Select(one => one.Name)] },
            call.Agent,
            (graph, _) => graph.Entities.Where(one => one.Since >= first.Id)
                .Select(one => one with { Observations = [.. one.Observations] }).ToArray())
        : [];

    // Events are recorded in the order of the call; observations that were known already are missing among them.
    private static IEnumerable<(string Entity, IReadOnlyList<string> Texts)> Added(
        IReadOnlyList<AddObservations> asked, IReadOnlyList<RecordedEvent> recorded)
    {
        var left = new Queue<ObservationAdded>(recorded.Select(one => one.Event).OfType<ObservationAdded>());
        foreach (AddObservations one in asked)
        {
            string name = StoredText.NameOf(one.Entity);
            List<string> added = [];
            foreach (string text in one.Observations)
            {
                if (left.TryPeek(out ObservationAdded? next) && next.EntityName == name && next.Text == text)
                {
                    added.Add(left.Dequeue().Text);
                }
            }

            yield return (name, added);
        }
    }
}
