using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MemoryGraph.Tests;

/// <summary>What the pages in <c>docs/</c> say of the code is so.</summary>
public sealed partial class DocumentTests
{
    private const int GlossaryMax = 60;

    private static readonly string Root = LayoutTests.Root();

    public static TheoryData<string> Pages =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Concat(Directory.EnumerateFiles(Root, "*.md"))
            .Append(Path.Combine(Root, "samples", "README.md"))
            .Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void The_architecture_page_lists_every_folder_with_what_it_may_use()
    {
        string page = Read("docs/architecture.md");
        string table = page[page.IndexOf("<!-- folders:begin -->", StringComparison.Ordinal)..page.IndexOf("<!-- folders:end -->", StringComparison.Ordinal)];
        string[][] rows = [.. FolderRow().Matches(table).Select(row => row.Groups.Values.Skip(1).Select(cell => cell.Value.Trim()).ToArray())];

        Assert.Equal(LayoutTests.MayUse.Keys.Order(StringComparer.Ordinal), rows.Select(row => row[0]).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.NotEqual("", row[1]));
        Assert.All(rows, row => Assert.Equal(
            LayoutTests.MayUse[row[0]].Order(StringComparer.Ordinal),
            Code().Matches(row[2]).Select(name => name.Groups[1].Value).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_folder_s_row_stands_below_those_it_may_use()
    {
        string[] rows = [.. FolderRow().Matches(Read("docs/architecture.md")).Select(row => row.Groups[1].Value)];

        Assert.All(rows, row => Assert.All(
            LayoutTests.MayUse[row],
            used => Assert.True(
                Array.IndexOf(rows, FolderOf(used)) < Array.IndexOf(rows, row), $"{row} stands before {used}, which it may use")));
    }

    [Fact]
    public void The_picture_shows_every_folder()
    {
        string[] drawn = [.. Picture().Descendants().Select(one => one.Attribute("data-folder")?.Value).OfType<string>()];

        Assert.Equal(LayoutTests.MayUse.Keys.Select(Path.GetFileName).Order(StringComparer.Ordinal), drawn.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_picture_s_arrows_go_only_where_the_code_may_go()
    {
        (string User, string Used)[] arrows =
        [
            .. from one in Picture().Descendants()
               where one.Attribute("data-user") is not null
               select (one.Attribute("data-user")!.Value, one.Attribute("data-used")!.Value),
        ];

        Assert.NotEmpty(arrows);
        Assert.All(arrows, arrow => Assert.Contains(
            arrow.Used, LayoutTests.MayUse.Single(row => Path.GetFileName(row.Key) == arrow.User).Value.Select(WithoutProject)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_file_that_a_page_links_to_or_names_is_there(string page)
    {
        string text = Read(page);
        string folder = Path.GetDirectoryName(Path.Combine(Root, page))!;
        string[] missing =
        [
            .. from link in Link().Matches(text).Select(link => link.Groups[1].Value.Split('#')[0])
               where link.Length > 0 && !link.Contains("://", StringComparison.Ordinal)
               where !Path.Exists(Path.Combine(folder, link))
               select link,
            .. from path in RepositoryPath().Matches(text).Select(path => path.Groups[1].Value)
               where !Path.Exists(Path.Combine(Root, path))
               select path,
        ];

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_test_that_a_workaround_is_listed_with_is_there()
    {
        string tests = Read("tests/MemoryGraph.Mcp.Tests/Stdio/SdkWorkaroundTests.cs");
        string[] declared = [.. SdkTest().Matches(tests).Select(test => test.Value).Order(StringComparer.Ordinal)];

        Assert.NotEmpty(declared);
        Assert.Equal(declared, SdkTest().Matches(Read("docs/sdk-workarounds.md")).Select(test => test.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_glossary_is_short_sorted_and_says_one_thing_of_each_word()
    {
        string[] words = [.. Entry().Matches(Read("docs/glossary.md")).Select(row => row.Groups[1].Value).Skip(1)];

        Assert.InRange(words.Length, 1, GlossaryMax);
        Assert.Equal(words.Order(StringComparer.Ordinal).Distinct(), words);
    }

    private static string Read(string page) => File.ReadAllText(Path.Combine(Root, page));

    private static XDocument Picture() => XDocument.Load(Path.Combine(Root, "docs", "architecture.svg"));

    private static string FolderOf(string used) =>
        used.StartsWith("Mcp.", StringComparison.Ordinal) ? $"MemoryGraph.Mcp/{WithoutProject(used)}" : $"MemoryGraph/{used}";

    private static string WithoutProject(string used) => used[(used.IndexOf('.', StringComparison.Ordinal) + 1)..];

    [GeneratedRegex(@"^\| `(MemoryGraph[\w./]*)` \|([^|]*)\|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex FolderRow();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    // A path from the repository's root, in code: `src/…`.
    [GeneratedRegex("`((?:src|tests|docs|build|samples)/[^`\\s*…]*)`")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"\bThe_SDK_\w+")]
    private static partial Regex SdkTest();

    [GeneratedRegex(@"^\| ([^|`]+?) \| [^|\n]+ \|$", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
