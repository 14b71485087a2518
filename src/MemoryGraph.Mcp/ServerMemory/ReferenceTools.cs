using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>The nine tools of <c>@modelcontextprotocol/server-memory</c> 2026.8.31, in its words.</summary>
/// <param name="projects">The memory behind them.</param>
/// <param name="former">What is to be in it first.</param>
internal sealed class ReferenceTools(CurrentProject projects, ReferenceFileImport former)
{
    private static readonly Hints Creates = new(ReadOnly: false, Destructive: false, Idempotent: false);

    private static readonly IReadOnlyList<ReferenceParameter> WholeGraph = [ReferenceSchema.Entities, ReferenceSchema.Relations];

    private static readonly IReadOnlyList<ReferenceParameter> Done = [ReferenceSchema.Success, ReferenceSchema.Message];

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

    private ReferenceTool CreateEntities() => Make(
        new("create_entities", "Create Entities", "Create multiple new entities in the knowledge graph",
            Creates, [ReferenceSchema.Entities], [ReferenceSchema.Entities]),
        (given, call) =>
        {
            CreateEntity[] asked = [.. given.Of(ReferenceSchema.Entities).Select(one =>
                new CreateEntity(one.Of(ReferenceSchema.Name), one.Of(ReferenceSchema.EntityType), one.Of(ReferenceSchema.Observations)))];
            return call.SubmitAsync(new CreateMissingEntities(asked), recorded => ReferenceCall.Result(
                ReferenceResults.Of(json => ReferenceResults.WriteEntities(json, Created(call, asked, recorded))), ReferenceSchema.Entities));
        });

    private ReferenceTool CreateRelations() => Make(
        new("create_relations", "Create Relations",
            "Create multiple new relations between entities in the knowledge graph. Relations should be in active voice",
            Creates, [ReferenceSchema.Relations], [ReferenceSchema.Relations]),
        (given, call) => call.SubmitAsync(
            new CreateMissingRelations([.. given.Of(ReferenceSchema.Relations).Select(one =>
                new CreateRelation(one.Of(ReferenceSchema.From), one.Of(ReferenceSchema.RelationType), one.Of(ReferenceSchema.To)))]),
            recorded => ReferenceCall.Result(
                ReferenceResults.Of(json => ReferenceResults.WriteRelations(json, recorded.Select(one => one.Event).OfType<RelationCreated>()
                    .Select(one => new PlainRelation(one.FromName, one.RelationType, one.ToName)))),
                ReferenceSchema.Relations)));

    private ReferenceTool AddObservations() => Make(
        new("add_observations", "Add Observations", "Add new observations to existing entities in the knowledge graph",
            Creates, [ReferenceSchema.Additions], [ReferenceSchema.Added]),
        (given, call) =>
        {
            AddObservations[] asked = [.. given.Of(ReferenceSchema.Additions).Select(one =>
                new AddObservations(one.Of(ReferenceSchema.EntityToExtend), one.Of(ReferenceSchema.Contents)))];
            return call.SubmitAsync(new AddMissingObservations(asked), recorded => ReferenceCall.Result(
                ReferenceResults.Of(json => ReferenceResults.WriteAdded(json, Added(asked, recorded))), ReferenceSchema.Added));
        });

    private ReferenceTool DeleteEntities() => Make(
        new("delete_entities", "Delete Entities", "Delete multiple entities and their associated relations from the knowledge graph",
            Hints.TakesAway, [ReferenceSchema.EntityNames], Done),
        (given, call) => call.SubmitAsync(new DeleteAnyEntities(given.Of(ReferenceSchema.EntityNames)), "Entities deleted successfully"));

    private ReferenceTool DeleteObservations() => Make(
        new("delete_observations", "Delete Observations", "Delete specific observations from entities in the knowledge graph",
            Hints.TakesAway, [ReferenceSchema.Deletions], Done),
        (given, call) => call.SubmitAsync(
            new DeleteAnyObservations([.. given.Of(ReferenceSchema.Deletions).Select(one =>
                new DeleteObservations(one.Of(ReferenceSchema.EntityToShorten), one.Of(ReferenceSchema.ObservationsToDelete)))]),
            "Observations deleted successfully"));

    private ReferenceTool DeleteRelations() => Make(
        new("delete_relations", "Delete Relations", "Delete multiple relations from the knowledge graph",
            Hints.TakesAway, [ReferenceSchema.RelationsToDelete], Done),
        (given, call) => call.SubmitAsync(
            new DeleteAnyRelations([.. given.Of(ReferenceSchema.RelationsToDelete).Select(one =>
                new DeleteRelation(one.Of(ReferenceSchema.From), one.Of(ReferenceSchema.RelationType), one.Of(ReferenceSchema.To)))]),
            "Relations deleted successfully"));

    private ReferenceTool ReadGraph() => Make(
        new("read_graph", "Read Graph", "Read the entire knowledge graph", Hints.Reads, [], WholeGraph),
        (_, call) => call.AskAsync(new PlainGraphQuery(AsOf.Now)));

    private ReferenceTool SearchNodes() => Make(
        new("search_nodes", "Search Nodes", "Search for nodes in the knowledge graph based on a query",
            Hints.Reads, [ReferenceSchema.Query], WholeGraph),
        (given, call) => call.AskAsync(new PlainGraphQuery(AsOf.Now) { Which = new SubstringSearch(given.Of(ReferenceSchema.Query)).Finds }));

    private ReferenceTool OpenNodes() => Make(
        new("open_nodes", "Open Nodes", "Open specific nodes in the knowledge graph by their names",
            Hints.Reads, [ReferenceSchema.Names], WholeGraph),
        (given, call) => call.AskAsync(new PlainGraphQuery(AsOf.Now) { Names = given.Of(ReferenceSchema.Names) }));

    private ReferenceTool Make(ReferenceDeclaration declaration, Func<ReferenceArguments, ReferenceCall, Task<CallToolResult>> answer) =>
        new(projects, former, declaration, answer);

    // New is what the call made known, as it stood when the call had ended, whatever followed.
    private static PlainEntity[] Created(
        ReferenceCall call, IReadOnlyList<CreateEntity> asked, IReadOnlyList<RecordedEvent> recorded) => recorded is [var first, ..]
        ? call.Project.Ask(
            new PlainGraphQuery(AsOf.Of(first.CallEnd)) { Names = [.. asked.Select(one => one.Name)] },
            call.Agent,
            (graph, _) => graph.Entities.Where(one => one.Since >= first.Id)
                .Select(one => one with { Observations = [.. one.Observations] }).ToArray())
        : [];

    // Decided in the order of the call, the statements that were recorded follow it, with those that held left out.
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
