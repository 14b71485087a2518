using System.Text.Json.Nodes;

namespace MemoryGraph.EndToEnd.Tests.Driving;

/// <summary>A call of a tool.</summary>
internal sealed record ToolCall(string Tool, JsonObject Arguments)
{
    public static ToolCall Create(string name, params string[] observations) => new("create_entity", new JsonObject
    {
        ["name"] = name,
        ["entityType"] = "thing",
        ["observations"] = Texts(observations),
    });

    public static ToolCall Add(string entity, params string[] observations) => new("add_observation", new JsonObject
    {
        ["entity"] = entity,
        ["observations"] = Texts(observations),
    });

    public static ToolCall Supersede(string entity, string former, string observation) => new("add_observation", new JsonObject
    {
        ["entity"] = entity,
        ["observations"] = Texts([observation]),
        ["supersedes"] = former,
    });

    public static ToolCall Relate(string from, string relationType, string to) => new("create_relation", new JsonObject
    {
        ["from"] = from,
        ["relationType"] = relationType,
        ["to"] = to,
    });

    public static ToolCall Delete(string entity) => new("delete_entity", new JsonObject { ["entity"] = entity });

    /// <param name="events">The calls to take back: <c>#41</c>.</param>
    public static ToolCall Undo(string events) => new("undo", new JsonObject { ["events"] = events });

    public static ToolCall Search(string query) => new("search_nodes", new JsonObject { ["query"] = query });

    public static ToolCall Open(params string[] names) => new("open_nodes", new JsonObject { ["names"] = Texts(names) });

    public static ToolCall Status { get; } = new("memory_status", []);

    /// <summary>A page of the whole graph at a point.</summary>
    public static ToolCall GraphAt(string at, string? cursor) => new("query_graph_at", new JsonObject
    {
        ["at"] = at,
        ["limit"] = 200,
        ["cursor"] = cursor,
    });

    private static JsonArray Texts(string[] texts) => [.. texts.Select(text => JsonValue.Create(text))];
}
