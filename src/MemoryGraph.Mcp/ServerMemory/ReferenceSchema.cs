using MemoryGraph.Domain;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>The parameters of the reference server's tools and the members of their results, in its words.</summary>
/// <remarks>
/// All are required, and texts may be of any length. A line break in a list's text counts as one character, however it
/// was sent.
/// </remarks>
internal static class ReferenceSchema
{
    public static TextParameter Name { get; } = Text("name", "The name of the entity");

    public static TextParameter EntityType { get; } = Text("entityType", "The type of the entity");

    public static TextListParameter Observations { get; } =
        TextList("observations", "An array of observation contents associated with the entity");

    public static ObjectListParameter<CreateEntity> Entities { get; } = ObjectList(
        "entities",
        "",
        one => new CreateEntity(one.Text(Name), one.Text(EntityType), one.Of(Observations)),
        Name, EntityType, Observations);

    public static TextParameter From { get; } = Text("from", "The name of the entity where the relation starts");

    public static TextParameter To { get; } = Text("to", "The name of the entity where the relation ends");

    public static TextParameter RelationType { get; } = Text("relationType", "The type of the relation");

    public static ObjectListParameter<CreateRelation> Relations { get; } = ObjectList(
        "relations",
        "",
        one => new CreateRelation(one.Text(From), one.Text(RelationType), one.Text(To)),
        From, To, RelationType);

    public static ObjectListParameter<DeleteRelation> RelationsToDelete { get; } = ObjectList(
        "relations",
        "An array of relations to delete",
        one => new DeleteRelation(one.Text(From), one.Text(RelationType), one.Text(To)),
        From, To, RelationType);

    public static ObjectListParameter<AddObservations> Additions { get; } = AdditionsOf(
        Text("entityName", "The name of the entity to add the observations to"),
        TextList("contents", "An array of observation contents to add"));

    public static TextParameter EntityExtended { get; } = Text("entityName", "");

    public static TextListParameter AddedObservations { get; } = TextList("addedObservations", "");

    public static ObjectListParameter<Arguments> Added { get; } =
        ObjectList("results", "", one => one, EntityExtended, AddedObservations);

    public static TextListParameter EntityNames { get; } =
        TextList("entityNames", "An array of entity names to delete");

    public static ObjectListParameter<DeleteObservations> Deletions { get; } = DeletionsOf(
        Text("entityName", "The name of the entity containing the observations"),
        TextList("observations", "An array of observations to delete"));

    public static TextParameter Query { get; } =
        Text("query", "The search query to match against entity names, types, and observation content");

    public static TextListParameter Names { get; } = TextList("names", "An array of entity names to retrieve");

    public static FlagParameter Success { get; } = new("success", "", required: true);

    public static TextParameter Message { get; } = Text("message", "");

    /// <summary>The results of a tool that answers with a graph.</summary>
    public static IReadOnlyList<Parameter> Graph { get; } = [Entities, Relations];

    /// <summary>The results of a tool that only says that it is done.</summary>
    public static IReadOnlyList<Parameter> Done { get; } = [Success, Message];

    private static TextParameter Text(string name, string description) =>
        new(name, description, required: true, most: null, oneLine: true);

    private static TextListParameter TextList(string name, string description) =>
        new(name, description, required: true, most: null, oneLine: false);

    private static ObjectListParameter<T> ObjectList<T>(
        string name, string description, Func<Arguments, T> make, params IReadOnlyList<Parameter> members) =>
        new(name, description, required: true, members, make);

    private static ObjectListParameter<AddObservations> AdditionsOf(TextParameter entity, TextListParameter contents) =>
        ObjectList(
            "observations", "", one => new AddObservations(one.Text(entity), one.Of(contents)), entity, contents);

    private static ObjectListParameter<DeleteObservations> DeletionsOf(
        TextParameter entity, TextListParameter texts) =>
        ObjectList("deletions", "", one => new DeleteObservations(one.Text(entity), one.Of(texts)), entity, texts);
}
