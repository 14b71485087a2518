using System.Globalization;
using System.Text;
using CsCheck;

namespace MemoryGraph.Mcp.Tests.Clients;

/// <summary>Random configuration files as people and programs write them, and odder ones.</summary>
internal static class AnyCommentedJson
{
    /// <summary>The name of the member that holds servers; about half of the files have it.</summary>
    public const string Servers = "mcpServers";

    /// <summary>A name that no file has.</summary>
    public const string Ours = "memory-graph";

    private static readonly Gen<string> Name = Gen.OneOf(
        Gen.OneOfConst("theme", "a b", "đường", "quote\"s", "back\\slash", "", "😀"), Gen.Int[0, 99].Select(n => $"n{n}"));

    private static readonly Gen<string> Scalar = Gen.OneOf(
        Gen.OneOfConst("true", "false", "null", "-1.5e3", "0", "[]", "[1, 2]", "[1,2,]", "{}", "\"// no comment\"", "\"/* nor this */\"", "\"}\""),
        Gen.Int.Select(n => n.ToString(CultureInfo.InvariantCulture)));

    /// <summary>White space and comments, at most so wild as the layout allows.</summary>
    private static Gen<string> Trivia(Layout layout) => layout.OneLine
        ? Gen.Frequency((8, Gen.Const(layout.Loose ? " " : "")), (layout.Loose ? 1 : 0, Gen.OneOfConst(" /* c */ ", "/**/", "\t")))
        : Gen.Frequency(
            (4, Gen.Const("")),
            (4, Gen.OneOfConst(" ", "\t", "  ")),
            (3, Gen.Const(layout.NewLine + layout.Unit)),
            (2, Gen.OneOfConst(" /* c */ ", "/* } */", $"/* {layout.NewLine} */")),
            (2, Gen.Const($" // \"x\": {{{layout.NewLine}{layout.Unit}{layout.Unit}")));

    /// <summary>A whole file: an object, perhaps with a mark before and a comment behind it.</summary>
    public static Gen<byte[]> Generator { get; } =
        from layout in Layout.Any
        from body in Object(layout, depth: 2, isRoot: true)
        from mark in Gen.Frequency((4, Gen.Const("")), (1, Gen.Const("\uFEFF")))
        from end in Gen.OneOfConst("", layout.NewLine, layout.OneLine ? " " : $"{layout.NewLine}// end")
        select Encoding.UTF8.GetBytes(mark + body + end);

    private static Gen<string> Object(Layout layout, int depth, bool isRoot = false) =>
        from names in Name.Array[0, 4]
        from hasServers in isRoot ? Gen.Bool : Gen.Const(false)
        let all = names.Append(hasServers ? Servers : "theme").Distinct().Skip(isRoot || names.Length > 2 ? 0 : 1).ToArray()
        from members in Members(layout, depth, all)
        from trailingComma in Gen.Frequency((3, Gen.Const(false)), (layout.Loose ? 1 : 0, Gen.Const(true)))
        from last in Trivia(layout)
        select members.Length > 0 ? $"{{{string.Join(',', members)}{(trailingComma ? "," : "")}{last}}}"
            : string.IsNullOrWhiteSpace(last) ? "{}" : $"{{{last}}}";

    private static Gen<string[]> Members(Layout layout, int depth, string[] names) => names
        .Select(name => Member(layout, depth, name))
        .Aggregate(Gen.Const(Array.Empty<string>()), (all, one) => Gen.Select(all, one, (before, member) => before.Append(member).ToArray()));

    // No comment between a name and its colon: the base class library's reader takes none there.
    private static Gen<string> Member(Layout layout, int depth, string name) =>
        from value in name == Servers || depth == 0
            ? name == Servers ? Object(layout, depth - 1) : Scalar
            : Gen.OneOf(Scalar, Object(layout, depth - 1))
        from a in Trivia(layout)
        from b in layout.Loose ? Gen.OneOfConst("", " ", "\t") : Gen.Const("")
        from c in Trivia(layout)
        from d in Trivia(layout)
        select $"{a}{Quote(name)}{b}:{c}{value}{d}";

    private static string Quote(string name) =>
        $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\u0022", StringComparison.Ordinal)}\"";

    private sealed record Layout(bool OneLine, bool Loose, string NewLine, string Unit)
    {
        public static Gen<Layout> Any { get; } = Gen.Select(
            Gen.Bool, Gen.Bool, Gen.OneOfConst("\n", "\r\n"), Gen.OneOfConst("  ", "    ", "\t"),
            (oneLine, loose, newLine, unit) => new Layout(oneLine, loose || !oneLine, newLine, unit));
    }
}
