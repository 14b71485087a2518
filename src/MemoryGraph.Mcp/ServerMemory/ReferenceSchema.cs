namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>The members of the reference server's arguments and results, in its words.</summary>
internal static class ReferenceSchema
{
    public static TextMember Name { get; } = new("name", "The name of the entity");

    public static TextMember EntityType { get; } = new("entityType", "The type of the entity");

    public static TextListMember Observations { get; } =
        new("observations", "An array of observation contents associated with the entity");

    public static ListMember Entities { get; } = new("entities", null, Name, EntityType, Observations);

    public static TextMember From { get; } = new("from", "The name of the entity where the relation starts");

    public static TextMember To { get; } = new("to", "The name of the entity where the relation ends");

    public static TextMember RelationType { get; } = new("relationType", "The type of the relation");

    public static ListMember Relations { get; } = new("relations", null, From, To, RelationType);

    public static ListMember RelationsToDelete { get; } =
        new("relations", "An array of relations to delete", From, To, RelationType);

    public static TextMember EntityToExtend { get; } =
        new("entityName", "The name of the entity to add the observations to");

    public static TextListMember Contents { get; } = new("contents", "An array of observation contents to add");

    public static ListMember Additions { get; } = new("observations", null, EntityToExtend, Contents);

    public static TextMember EntityExtended { get; } = new("entityName", null);

    public static TextListMember AddedObservations { get; } = new("addedObservations", null);

    public static ListMember Added { get; } = new("results", null, EntityExtended, AddedObservations);

    public static TextListMember EntityNames { get; } = new("entityNames", "An array of entity names to delete");

    public static TextMember EntityToShorten { get; } = new("entityName", "The name of the entity containing the observations");

    public static TextListMember ObservationsToDelete { get; } = new("observations", "An array of observations to delete");

    public static ListMember Deletions { get; } = new("deletions", null, EntityToShorten, ObservationsToDelete);

    public static TextMember Query { get; } =
        new("query", "The search query to match against entity names, types, and observation content");

    public static TextListMember Names { get; } = new("names", "An array of entity names to retrieve");

    public static FlagMember Success { get; } = new("success");

    public static TextMember Message { get; } = new("message", null);
}
