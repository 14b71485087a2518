using System.Text.Json.Nodes;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.ServerMemory;

/// <summary>Random calls of the reference server's tools, over few names and texts, so that they collide.</summary>
/// <remarks>
/// What the two servers are known to differ in (<see cref="Difference"/>) does not occur: names are trimmed and composed,
/// nothing is given twice in one list, and no text has control characters but tab and newline.
/// </remarks>
internal sealed class RandomCalls
{
    private static readonly string[] Names =
    [
        "Ada", "ada", "ADA", "Đăng nhập", "đăng nhập", "Nguyễn Văn Bình", "図書館", "도서관", "שלום עולם", "مرحبا بالعالم", "🚀", "👩\u200D💻 Linh",
        "", "__proto__", "constructor", "toString", "hasOwnProperty", "0", "123", "1e3", "-1", "null", "true", "undefined", "NaN",
        "İstanbul", "ΌΔΟΣ", "ὀδός", "Straße", "STRASSE", "ﬁn", "𐐀𐐨", "a\"b", "it's", "back\\slash", "<b>&amp;</b>", "${HOME}", "%USERPROFILE%",
        "a/b.c", "C:\\temp", "two\u2028lines", "name: [x]", "#3", "a  b", new('n', 3_000),
    ];

    private static readonly string[] Types = ["person", "Person", "", "địa điểm", "人", "type with spaces", "__proto__", "unknown"];

    private static readonly string[] Links = ["knows", "KNOWS", "", "depends_on", "thuộc về", "→", "is \"like\"", "__proto__"];

    private static readonly string[] Texts =
    [
        "likes tea", "Likes tea", " likes tea ", "", " ", "line one\nline two", "tab\there", "Thích uống trà", "e\u0301 decomposed", "Kelvin \u212A",
        "喜欢茶", "🍵🍵", "\u202Eright to left", "\u2028\u2029", "\"quoted\" \\ back", "#1", "null", "ΣΑΣ. ΣΑΣ'Σ", "İİ", "\uFEFFmark", "\uFFFF",
        "{\"json\":[1,2]}", "⏎", "\u00A0space\u00A0", new('x', 5_000), string.Concat(Enumerable.Repeat("dài 🚀 ", 2_000)),
    ];

    private readonly Random _random;

    private RandomCalls(int seed) => _random = new Random(seed);

    public static IReadOnlyList<ToolCall> Of(int seed, int count)
    {
        var calls = new RandomCalls(seed);
        return [.. Enumerable.Range(0, count).Select(_ => calls.Any())];
    }

    private ToolCall Any() => _random.Next(22) switch
    {
        < 4 => Call("create_entities", "entities", Objects(Distinct(Names, 4), name => new()
        {
            ["name"] = name,
            ["entityType"] = One(Types),
            ["observations"] = List(Distinct(Texts, 4)),
        })),
        < 8 => Call("create_relations", "relations", Relations()),
        < 12 => Call("add_observations", "observations", Objects(Some(_random.Next(3) == 0 ? Names : Names[..8], 3), name => new()
        {
            ["entityName"] = name,
            ["contents"] = List(Distinct(Texts, 3)),
        })),
        < 13 => Call("delete_entities", "entityNames", List(Some(Names, 4))),
        < 15 => Call("delete_observations", "deletions", Objects(Some(Names, 6), name => new()
        {
            ["entityName"] = name,
            ["observations"] = List(Some(Texts, 5)),
        })),
        < 16 => Call("delete_relations", "relations", Relations()),
        < 19 => Call("search_nodes", "query", Query()),
        < 21 => Call("open_nodes", "names", List(Some(Names, 6))),
        _ => Pair.ReadGraph,
    };

    private JsonArray Relations() => Objects(Distinct(Names, 5), from => new()
    {
        ["from"] = from,
        ["to"] = One(Names),
        ["relationType"] = One(Links),
    });

    // A piece of what may be there, in any case, with whole letters.
    private string Query()
    {
        string whole = One([.. Names, .. Types, .. Texts.Where(text => text.IsNormalized())]);
        int start = _random.Next(whole.Length + 1);
        string piece = whole.Substring(start, _random.Next(Math.Min(12, whole.Length - start) + 1));
        piece = piece.Any(char.IsSurrogate) ? whole : piece;
        return _random.Next(3) switch
        {
            0 => piece.ToUpperInvariant(),
            1 => piece.ToLowerInvariant(),
            _ => piece,
        };
    }

    private string One(string[] all) => all[_random.Next(all.Length)];

    private IEnumerable<string> Some(string[] all, int most) => [.. Enumerable.Range(0, _random.Next(most + 1)).Select(_ => One(all))];

    private IEnumerable<string> Distinct(string[] all, int most) => Some(all, most).Distinct(StringComparer.Ordinal);

    private static ToolCall Call(string tool, string argument, JsonNode value) => new(tool, new JsonObject { [argument] = value });

    private static JsonArray Objects(IEnumerable<string> names, Func<string, JsonObject> make) => [.. names.Select(make)];

    private static JsonArray List(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];
}
