using System.Text.Json;
using System.Text.RegularExpressions;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Tests.Snapshots;

namespace MemoryGraph.Mcp.Tests.Tools;

public sealed partial class VerifyLogTests
{
    [Fact]
    public async Task Whole_damaged_mended_and_rewritten_it_reads_as_it_was_approved()
    {
        await using var memory = new Memory(ToolSet.All);
        List<string> told = ["nothing yet", await memory.TellAsync("verify_log", "{}")];
        foreach (string name in new[] { "Ada", "Eve", "Auth" })
        {
            await memory.TellAsync("create_entity", $$"""{"name":"{{name}}","entityType":"person","observations":["likes tea"]}""");
        }

        told.AddRange("whole", await memory.TellAsync("verify_log", "{}"));
        string checkpoint = memory.Projects.Current!.Checkpoint()!.ToString();
        string path = Path.Combine(memory.Projects.Current!.Folder, "events-000000000001.jsonl");
        string[] lines = await File.ReadAllLinesAsync(path);
        string altered = lines[2].Replace("likes tea", "likes ale", StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, Joined([.. lines[..2], altered, .. lines[4..]]));
        told.AddRange("damaged", await memory.TellAsync("verify_log", "{}"));
        await memory.Projects.Current.RepairAsync(Author.Of("ada", "memory-graph/1"), "seen to", apply: true);
        told.AddRange("mended", await memory.TellAsync("verify_log", "{}"));
        await File.WriteAllTextAsync(path, Joined(lines[..3]));
        told.AddRange("cut off", await memory.TellAsync("verify_log", $$"""{"against":"{{JsonEncodedText.Encode(checkpoint)}}"}"""));

        IEnumerable<string> parts = told.Chunk(2).Select(one => $"# {one[0]}\n{one[1]}\n");
        Approved.Match(Scrubbed(string.Join('\n', parts), memory), "verify_log");
    }

    [Fact]
    public async Task What_is_no_checkpoint_is_named_with_what_one_looks_like()
    {
        await using var memory = new Memory(ToolSet.All);
        Wording.Match(await memory.FaultAsync("verify_log", """{"against":"#42"}"""));
    }

    [Fact]
    public async Task Many_findings_come_in_pages()
    {
        await using var memory = new Memory(ToolSet.All);
        for (int i = 0; i < 9; i++)
        {
            await memory.TellAsync("create_entity", $$"""{"name":"{{i}}","entityType":"number"}""");
        }

        string path = Path.Combine(memory.Projects.Current!.Folder, "events-000000000001.jsonl");
        string text = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, text.Replace("\"number\"", "\"letter\"", StringComparison.Ordinal));

        string first = await memory.TellAsync("verify_log", """{"limit":2}""");
        string cursor = CursorIn().Match(first).Value;

        Assert.Contains("#1 altered", first, StringComparison.Ordinal);
        Assert.DoesNotContain("#3 altered", first, StringComparison.Ordinal);
        Assert.Contains("#3 altered", await memory.TellAsync("verify_log", $$"""{"limit":2,"cursor":"{{cursor}}"}"""), StringComparison.Ordinal);
    }

    private static string Joined(string[] lines) => string.Concat(lines.Select(line => line + '\n'));

    private static string Scrubbed(string text, Memory memory)
    {
        string placeless = text.Replace(memory.Projects.Current!.Folder, "(folder)", StringComparison.Ordinal)
            .Replace(memory.Projects.Current.Id!, "(id)", StringComparison.Ordinal);
        return Copies().Replace(Hashes().Replace(placeless, "(hash)"), "damaged-(hash)");
    }

    [GeneratedRegex(@"(?<=^  )[\w-]{43}$", RegexOptions.Multiline)]
    private static partial Regex Hashes();

    [GeneratedRegex(@"damaged-[\w-]{12}")]
    private static partial Regex Copies();

    [GeneratedRegex("(?<=cursor \")[A-Za-z0-9_-]+")]
    private static partial Regex CursorIn();
}
