using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MemoryGraph.Tests;

/// <summary>Who may use whom: the folders keep the direction in which data flows.</summary>
public sealed partial class LayoutTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["MemoryGraph/Columns"] = [],
        ["MemoryGraph/Values"] = [],
        ["MemoryGraph/Events"] = ["Columns", "Values"],
        ["MemoryGraph/Graph"] = ["Columns", "Values", "Events"],
        ["MemoryGraph/Commands"] = ["Values", "Events", "Graph"],
        ["MemoryGraph/Disk"] = [],
        ["MemoryGraph/Log"] = ["Columns", "Values", "Events", "Disk"],
        ["MemoryGraph/Snapshots"] = ["Columns", "Values", "Disk", "Log"],
        ["MemoryGraph/Projections"] = ["Columns", "Values", "Events", "Graph"],
        ["MemoryGraph/Queries"] = ["Values", "Events", "Graph", "Projections"],
        ["MemoryGraph/Exchange"] = ["Values", "Events", "Graph", "Commands", "Queries"],
        ["MemoryGraph/Projects"] =
            ["Columns", "Values", "Events", "Graph", "Commands", "Disk", "Log", "Snapshots", "Projections", "Queries", "Exchange"],

        // Declarations and answers are shared by the front ends. A receipt carries events, and a log's failure has a type
        // of its own; what else is in Log is internal.
        ["MemoryGraph.Mcp/Declarations"] = ["Values"],
        ["MemoryGraph.Mcp/Answers"] = ["Values", "Events", "Log", "Queries", "Exchange", "Projects", "Mcp.Declarations"],
        ["MemoryGraph.Mcp/Tools"] =
            ["Values", "Events", "Commands", "Log", "Queries", "Projects", "Mcp.Answers", "Mcp.Declarations"],
        ["MemoryGraph.Mcp/Terminals"] = ["Values", "Mcp.Answers"],
        ["MemoryGraph.Mcp/Clients"] = ["Values", "Projects"],
        ["MemoryGraph.Mcp/Cli"] =
        [
            "Values", "Events", "Commands", "Log", "Queries", "Exchange", "Projects", "Mcp.Answers", "Mcp.Clients",
            "Mcp.Declarations", "Mcp.Terminals",
        ],
        ["MemoryGraph.Mcp/Resources"] = ["Values", "Log", "Queries", "Projects", "Mcp.Answers", "Mcp.Declarations"],
        ["MemoryGraph.Mcp/ServerMemory"] =
        [
            "Values", "Events", "Commands", "Log", "Queries", "Projects", "Exchange",
            "Mcp.Answers", "Mcp.Declarations", "Mcp.Resources",
        ],
        ["MemoryGraph.Mcp/Stdio"] = [],
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

    private static string Root()
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
