using System.Text.RegularExpressions;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Tests.Declarations;

namespace MemoryGraph.Mcp.Tests;

/// <summary>What the documents list is what there is.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void The_readme_s_table_lists_every_tool_and_no_other() => Assert.Equal(
        Names(ToolSet.Default),
        ToolsIn(File.ReadAllText(Path.Combine(Repository(), "README.md"))).Order(StringComparer.Ordinal));

    [Fact]
    public void The_readme_names_every_tool_that_is_only_served_when_all_are_asked_for()
    {
        string readme = File.ReadAllText(Path.Combine(Repository(), "README.md"));
        string sentence = readme[readme.IndexOf("`--tools all` adds", StringComparison.Ordinal)..];

        Assert.Equal(
            Names(ToolSet.All).Except(Names(ToolSet.Default)),
            Code().Matches(sentence[..sentence.IndexOf(". ", StringComparison.Ordinal)]).Select(tool => tool.Groups[1].Value)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_samples_readme_lists_every_sample_and_no_other()
    {
        string samples = Path.Combine(Repository(), "samples");

        Assert.Equal(
            Directory.GetFiles(samples).Select(path => Path.GetFileName(path)).Where(name => name != "README.md").Order(StringComparer.Ordinal),
            FirstCell().Matches(File.ReadAllText(Path.Combine(samples, "README.md"))).Select(row => row.Groups[1].Value.Trim('`'))
                .Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names(ToolSet set) =>
        Served.Declared(set).Select(tool => tool.Declaration.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<string> ToolsIn(string readme) =>
        from Match row in FirstCell().Matches(readme)
        from Match tool in Code().Matches(row.Groups[1].Value)
        select tool.Groups[1].Value;

    private static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "MemoryGraph.Mcp.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }

    [GeneratedRegex(@"^\| (`[^|]+`) \|", RegexOptions.Multiline)]
    private static partial Regex FirstCell();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Code();
}
