namespace MemoryGraph.EndToEnd.Tests.ServerMemory;

/// <summary>Something in which our server knowingly differs from the reference: calls, and the graph after them in both.</summary>
/// <param name="What">As the README's table calls it.</param>
/// <param name="Calls">Tool and arguments, JSON.</param>
/// <param name="Reference">The reference server's graph afterwards, JSON.</param>
/// <param name="Ours">Ours.</param>
/// <param name="Refused">Whether ours refuses the last call.</param>
internal sealed record Difference(
    string What, IReadOnlyList<(string Tool, string Arguments)> Calls, string Reference, string Ours, bool Refused = false)
{
    public const string Spaces = "Spaces around names and types";
    public const string Spellings = "Letters that have two spellings";
    public const string Twice = "The same thing twice in one call";
    public const string Characters = "Characters that break or hide text";
    public const string LineBreaks = "Line breaks of Windows in observations";
    public const string Updates = "Updates of the resource";
    public const string Addresses = "Subscribing to an address that is not there";
    public const string Errors = "Errors about arguments";
    public const string Sizes = "More than 100,000 facts in one call";

    /// <summary>All there are; nothing else differs.</summary>
    public static readonly IReadOnlyList<string> Known =
        [Spaces, Spellings, Twice, Characters, LineBreaks, Updates, Addresses, Errors, Sizes];

    private const string Nothing = """{"entities":[],"relations":[]}""";

    /// <summary>Those that a graph shows.</summary>
    public static IReadOnlyList<Difference> InGraphs { get; } =
    [
        new(
            Spaces,
            [
                ("create_entities", """{"entities":[{"name":" Ada ","entityType":" person ","observations":[" x "]}]}"""),
                ("create_entities", """{"entities":[{"name":"Ada","entityType":"person","observations":[]}]}"""),
                ("create_relations", """{"relations":[{"from":"Ada ","to":"Ada","relationType":" knows"}]}"""),
            ],
            """
            {"entities":[{"name":" Ada ","entityType":" person ","observations":[" x "]},{"name":"Ada","entityType":"person","observations":[]}],
             "relations":[{"from":"Ada ","to":"Ada","relationType":" knows"}]}
            """,
            """
            {"entities":[{"name":"Ada","entityType":"person","observations":[" x "]}],
             "relations":[{"from":"Ada","to":"Ada","relationType":"knows"}]}
            """),
        new(
            Spellings,
            [
                ("create_entities", """{"entities":[{"name":"Rene\u0301e","entityType":"cafe\u0301","observations":["cafe\u0301"]}]}"""),
                ("create_entities", """{"entities":[{"name":"Ren\u00e9e","entityType":"caf\u00e9","observations":[]}]}"""),
            ],
            """
            {"entities":[{"name":"Rene\u0301e","entityType":"cafe\u0301","observations":["cafe\u0301"]},
             {"name":"Ren\u00e9e","entityType":"caf\u00e9","observations":[]}],"relations":[]}
            """,
            """{"entities":[{"name":"Ren\u00e9e","entityType":"caf\u00e9","observations":["cafe\u0301"]}],"relations":[]}"""),
        new(
            Twice,
            [
                ("create_entities",
                    """{"entities":[{"name":"a","entityType":"t","observations":["x","x"]},{"name":"a","entityType":"u","observations":["y"]}]}"""),
            ],
            """
            {"entities":[{"name":"a","entityType":"t","observations":["x","x"]},{"name":"a","entityType":"u","observations":["y"]}],"relations":[]}
            """,
            """{"entities":[{"name":"a","entityType":"t","observations":["x"]}],"relations":[]}"""),
        new(
            Twice,
            [
                ("create_entities", """{"entities":[{"name":"a","entityType":"t","observations":[]}]}"""),
                ("add_observations", """{"observations":[{"entityName":"a","contents":["x","x"]}]}"""),
                ("create_relations", """{"relations":[{"from":"a","to":"b","relationType":"r"},{"from":"a","to":"b","relationType":"r"}]}"""),
            ],
            """
            {"entities":[{"name":"a","entityType":"t","observations":["x","x"]}],
             "relations":[{"from":"a","to":"b","relationType":"r"},{"from":"a","to":"b","relationType":"r"}]}
            """,
            """{"entities":[{"name":"a","entityType":"t","observations":["x"]}],"relations":[{"from":"a","to":"b","relationType":"r"}]}"""),
        new(
            Characters,
            [("create_entities", """{"entities":[{"name":"b","entityType":"t","observations":[]},{"name":"a","entityType":"t","observations":["\u0007"]}]}""")],
            """{"entities":[{"name":"b","entityType":"t","observations":[]},{"name":"a","entityType":"t","observations":["\u0007"]}],"relations":[]}""",
            Nothing,
            Refused: true),
        new(
            Characters,
            [("create_relations", """{"relations":[{"from":"a\tb","to":"c\nd","relationType":"\ufffd"}]}""")],
            """{"entities":[],"relations":[{"from":"a\tb","to":"c\nd","relationType":"\ufffd"}]}""",
            Nothing,
            Refused: true),
        new(
            LineBreaks,
            [("create_entities", """{"entities":[{"name":"a","entityType":"t","observations":["one\r\ntwo"]}]}""")],
            """{"entities":[{"name":"a","entityType":"t","observations":["one\r\ntwo"]}],"relations":[]}""",
            """{"entities":[{"name":"a","entityType":"t","observations":["one\ntwo"]}],"relations":[]}"""),
    ];
}
