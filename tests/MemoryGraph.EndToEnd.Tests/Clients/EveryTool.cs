namespace MemoryGraph.EndToEnd.Tests.Clients;

/// <summary>A session in which every tool is called, and none in vain.</summary>
internal static class EveryTool
{
    /// <summary>What there is with <c>--tools all</c>, in the order in which it makes sense; arguments as JSON.</summary>
    public static IReadOnlyList<(string Tool, string Arguments)> Calls { get; } =
    [
        ("create_entity", """{"name":"Đăng nhập","entityType":"feature","observations":["likes tea"]}"""),
        ("remember", """{"entities":[{"name":"Auth","entityType":"module"},{"name":"Ada","entityType":"person"}],"reason":"triage"}"""),
        ("add_observation", """{"entity":"Auth","observations":["written in Go"]}"""),
        ("create_relation", """{"from":"Ada","relationType":"works on","to":"Auth"}"""),
        ("update_entity", """{"entity":"Auth","newName":"Authentication"}"""),
        ("search_nodes", """{"query":"tea"}"""),
        ("open_nodes", """{"names":["Authentication"]}"""),
        ("get_related", """{"entity":"Ada"}"""),
        ("traverse", """{"entity":"Ada","steps":["->works on"]}"""),
        ("find_path", """{"from":"Ada","to":"Authentication"}"""),
        ("summarize", "{}"),
        ("query_graph_at", """{"at":"#2"}"""),
        ("diff_graph", """{"from":"#2"}"""),
        ("get_history", """{"entity":"Authentication"}"""),
        ("get_user_activity", "{}"),
        ("what_if", """{"users":["tester"]}"""),
        ("delete_observation", """{"entity":"Authentication","observations":["written in Go"]}"""),
        ("delete_relation", """{"from":"Ada","relationType":"works on","to":"Authentication"}"""),
        ("delete_entity", """{"entity":"Ada"}"""),
        ("undo", "{}"),
        ("redo", "{}"),
        ("redact", """{"entity":"Ada"}"""),
        ("verify_log", "{}"),
        ("list_projects", "{}"),
        ("memory_status", "{}"),
    ];

    /// <summary>The same as a client's script takes them: a list of <c>[tool, arguments]</c>.</summary>
    public static string AsJson => $"[{string.Join(',', Calls.Select(call => $"[\"{call.Tool}\",{call.Arguments}]"))}]";

    /// <summary>Every tool that is served is called, and nothing else.</summary>
    public static void AssertAllIn(IEnumerable<string> served) =>
        Assert.Equal(served.Order(StringComparer.Ordinal), Calls.Select(call => call.Tool).Order(StringComparer.Ordinal));
}
