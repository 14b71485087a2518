using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MemoryGraph.Tests;

/// <summary>Who may use whom: the folders keep the direction in which data flows.</summary>
public sealed partial class LayoutTests
{
    internal static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["MemoryGraph/Domain"] = ["Text"],
        ["MemoryGraph/Text"] = [],
        ["MemoryGraph/Events"] = ["Domain", "Text"],
        ["MemoryGraph/Log"] = ["Domain", "Text", "Events"],
        ["MemoryGraph/Integrity"] = ["Domain", "Text", "Events", "Log"],
        ["MemoryGraph/Graph"] = ["Domain", "Text", "Events"],
        ["MemoryGraph/Snapshots"] = ["Domain", "Log", "Graph"],
        ["MemoryGraph/Decide"] = ["Domain", "Text", "Events", "Graph"],
        ["MemoryGraph/Projections"] = ["Domain", "Events", "Graph"],
        ["MemoryGraph/Search"] = ["Domain", "Text", "Events", "Graph", "Projections"],
        ["MemoryGraph/Queries"] = ["Domain", "Text", "Events", "Graph", "Projections", "Search"],
        ["MemoryGraph/Exchange"] = ["Domain", "Text", "Events", "Graph", "Decide", "Queries"],
        ["MemoryGraph/Memory"] =
        [
            "Domain", "Text", "Events", "Log", "Integrity", "Graph", "Snapshots", "Decide", "Projections", "Search",
            "Queries", "Exchange",
        ],
        ["MemoryGraph/Locate"] = ["Domain", "Text", "Events", "Log", "Integrity", "Memory"],

        // Declarations and answers are shared by the front ends. A receipt carries events, and a log's failure has a type
        // of its own; what else is in Log is internal.
        ["MemoryGraph.Mcp/Declarations"] = ["Domain", "Text"],
        ["MemoryGraph.Mcp/Answers"] =
        [
            "Domain", "Text", "Events", "Log", "Integrity", "Queries", "Search", "Exchange", "Memory", "Locate", "Mcp.Declarations",
        ],
        ["MemoryGraph.Mcp/Terminals"] = ["Text", "Mcp.Answers"],
        ["MemoryGraph.Mcp/Operations"] =
        [
            "Domain", "Text", "Log", "Integrity", "Queries", "Search", "Exchange", "Memory", "Locate", "Mcp.Answers",
            "Mcp.Declarations", "Mcp.Terminals",
        ],
        ["MemoryGraph.Mcp/Install"] = ["Domain", "Text", "Locate", "Mcp.Declarations"],
        ["MemoryGraph.Mcp/Cli"] =
        [
            "Domain", "Text", "Events", "Log", "Integrity", "Queries", "Search", "Exchange", "Memory", "Locate",
            "Mcp.Answers", "Mcp.Declarations", "Mcp.Install", "Mcp.Operations", "Mcp.Terminals",
        ],
        ["MemoryGraph.Mcp/Resources"] =
            ["Domain", "Text", "Log", "Queries", "Memory", "Locate", "Mcp.Answers", "Mcp.Declarations"],
        ["MemoryGraph.Mcp/ServerMemory"] =
        [
            "Domain", "Text", "Events", "Log", "Queries", "Memory", "Locate", "Exchange",
            "Mcp.Answers", "Mcp.Declarations", "Mcp.Resources",
        ],
        ["MemoryGraph.Mcp/Protocol"] =
        [
            "Text", "Locate", "Mcp.Answers", "Mcp.Declarations", "Mcp.Operations", "Mcp.Resources", "Mcp.ServerMemory",
        ],
    };

    private static readonly string Source = Path.Combine(Root(), "src");

    public static TheoryData<string> Folders => [.. MayUse.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_what_stands_before_it_on_the_data_s_way(string folder)
    {
        string own = folder.Replace('/', '.');
        string[] allowed = [own, .. MayUse[folder].Select(name => $"MemoryGraph.{name}")];
        string path = Path.Combine(Source, folder);
        string[] strays =
        [
            .. from file in Directory.Exists(path) ? Directory.GetFiles(path, "*.cs", SearchOption.AllDirectories) : []
               from used in NamespacesIn(File.ReadAllText(file))
               where !allowed.Contains(used)
               select $"{Path.GetFileName(file)} uses {used}",
        ];

        Assert.Empty(strays);
    }

    [Fact]
    public void Every_folder_with_code_is_in_the_table()
    {
        string[] folders =
        [
            .. from project in new[] { "MemoryGraph", "MemoryGraph.Mcp" }
               from path in Directory.GetDirectories(Path.Combine(Source, project))
               where Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories).Any()
               select $"{project}/{Path.GetFileName(path)}",
        ];

        Assert.Empty(folders.Except(MayUse.Keys));
        Assert.Empty(MayUse.Keys.Where(folder => folder.StartsWith("MemoryGraph/", StringComparison.Ordinal)).Except(folders));
    }

    [Fact]
    public void A_file_s_namespace_is_its_folder() => Assert.Empty(
        from file in Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
        let declared = DeclaredNamespace().Match(File.ReadAllText(file))
        where declared.Success
            && declared.Groups[1].Value != Path.GetRelativePath(Source, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.')
        select $"{Path.GetFileName(file)} declares {declared.Groups[1].Value}");

    [Fact]
    public void The_library_needs_nothing_but_the_base_class_library_and_hashing()
    {
        XDocument project = XDocument.Load(Path.Combine(Source, "MemoryGraph", "MemoryGraph.csproj"));

        Assert.Equal("Microsoft.NET.Sdk", project.Root!.Attribute("Sdk")?.Value);
        Assert.Equal(["System.IO.Hashing"], project.Descendants("PackageReference").Select(one => one.Attribute("Include")?.Value));
        Assert.Empty(project.Descendants("FrameworkReference"));
        Assert.Empty(project.Descendants("ProjectReference"));
    }

    [Theory]
    [InlineData("using MemoryGraph.Log;", "MemoryGraph.Log")]
    [InlineData("using static MemoryGraph.Log.LogLock;", "MemoryGraph.Log")]
    [InlineData("using Lock = MemoryGraph.Log.LogLock;", "MemoryGraph.Log")]
    [InlineData("global using MemoryGraph.Log;", "MemoryGraph.Log")]
    [InlineData("    var x = new MemoryGraph.Log.EventLog();", "MemoryGraph.Log")]
    [InlineData("using MemoryGraph.Mcp.Tools;", "MemoryGraph.Mcp.Tools")]
    [InlineData("/// <see cref=\"MemoryGraph.Log.EventLog\"/>, MemoryGraph.Tests")]
    [InlineData("using System.Text;")]
    [InlineData("[assembly: InternalsVisibleTo(\"MemoryGraph.Mcp\")]")]
    public void A_use_is_seen_however_it_is_written(string line, params string[] used) =>
        Assert.Equal(used, NamespacesIn(line));

    private static IEnumerable<string> NamespacesIn(string code) =>
        from line in code.Split('\n')
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        from Match match in Namespace().Matches(line)
        select match.Value;

    internal static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "MemoryGraph.Mcp.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }

    [GeneratedRegex(@"\bMemoryGraph\.(Mcp\.\w+|(?!Mcp\b)\w+)")]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex DeclaredNamespace();
}
