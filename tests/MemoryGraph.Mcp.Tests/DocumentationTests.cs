using System.Text.RegularExpressions;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Tests.Cli;
using MemoryGraph.Mcp.Tests.Declarations;

namespace MemoryGraph.Mcp.Tests;

/// <summary>What the documents list is what there is.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void The_readme_s_table_lists_every_tool_and_no_other() => Assert.Equal(
        Names(ToolSet.Default),
        InFirstCells("## What an assistant can do").Order(StringComparer.Ordinal));

    [Fact]
    public async Task The_readme_s_table_lists_every_command_and_no_other()
    {
        using var prompt = new Prompt();
        string help = await prompt.TellAsync("--help");

        Assert.Equal(
            Command().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(line => line.Groups[1].Value)
                .Order(StringComparer.Ordinal),
            InFirstCells("## From a terminal").Order(StringComparer.Ordinal));
    }

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
            Directory.GetFiles(samples).Select(path => Path.GetFileName(path)).Where(name => name != "README.md")
                .Concat(Directory.GetDirectories(samples).Select(path => Path.GetFileName(path) + '/')).Order(StringComparer.Ordinal),
            FirstCell().Matches(File.ReadAllText(Path.Combine(samples, "README.md"))).Select(row => row.Groups[1].Value.Trim('`'))
                .Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names(ToolSet set) =>
        Served.Declared(set).Select(tool => tool.Declaration.Name).Order(StringComparer.Ordinal);

    // The first word of each piece of code in the first column of the tables under a heading.
    private static IEnumerable<string> InFirstCells(string heading)
    {
        string readme = File.ReadAllText(Path.Combine(Repository(), "README.md"));
        string section = readme[(readme.IndexOf(heading, StringComparison.Ordinal) + heading.Length)..];
        int end = section.IndexOf("\n## ", StringComparison.Ordinal);
        return from Match row in FirstCell().Matches(end < 0 ? section : section[..end])
               from Match code in FirstWord().Matches(row.Groups[1].Value)
               select code.Groups[1].Value;
    }

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

    [GeneratedRegex("`([a-z_]+)[^`]*`")]
    private static partial Regex FirstWord();

    [GeneratedRegex("^  ([a-z]+) ", RegexOptions.Multiline)]
    private static partial Regex Command();
}
