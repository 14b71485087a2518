using System.Text.RegularExpressions;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Tests.Tools;

/// <summary>Taking calls back with tools: what is shown, what is done, what is refused.</summary>
public sealed partial class UndoToolTests : IAsyncLifetime
{
    // Auth is #1 with #2 and #3, Bug #4, its link to Auth #5; calls #1, #4 and #5.
    private static readonly (string Tool, string Arguments)[] Past =
    [
        ("create_entity", """{"name":"Auth","entityType":"service","observations":["uses JWT","in Go"]}"""),
        ("create_entity", """{"name":"Bug","entityType":"bug"}"""),
        ("create_relation", """{"from":"Bug","relationType":"affects","to":"Auth","validFrom":"2026-01-01"}"""),
    ];

    private readonly Memory _memory = new(ToolSet.All);

    public static TheoryData<string, string> Changes => new()
    {
        { "create_entity", """{"name":"Eve","entityType":"person","observations":["new here"]}""" },
        { "add_observation", """{"entity":"Auth","observations":["uses sessions"],"supersedes":"uses JWT"}""" },
        { "create_relation", """{"from":"Bug","relationType":"affects","to":"Auth","validTo":"2026-02-01"}""" },
        {
            "remember",
            """{"entities":[{"name":"Auth","entityType":"service","observations":["moves"]},{"name":"Ada","entityType":"person"}],"relations":[{"from":"Ada","relationType":"owns","to":"Auth"}]}"""
        },
        { "update_entity", """{"entity":"Auth","newName":"Identity","entityType":"module"}""" },
        { "update_entity", """{"entity":"Bug","newName":"Auth","merge":true}""" },
        { "delete_entity", """{"entity":"Auth"}""" },
        { "delete_observation", """{"entity":"Auth","observations":["in Go","uses JWT"]}""" },
        { "delete_relation", """{"from":"Bug","relationType":"affects","to":"Auth"}""" },
    };

    public async Task InitializeAsync()
    {
        foreach ((string tool, string arguments) in Past)
        {
            await _memory.TellAsync(tool, arguments);
        }
    }

    public async Task DisposeAsync() => await _memory.DisposeAsync();

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_receipt_names_the_call_that_takes_it_back_and_that_names_the_one_that_brings_it_back(string tool, string arguments)
    {
        string before = await GraphAsync();
        string receipt = await _memory.TellAsync(tool, arguments);
        string changed = await GraphAsync();
        Assert.NotEqual(before, changed);

        string undone = await DoAsToldAsync(receipt, "undo");
        Assert.Equal(before, await GraphAsync());

        await DoAsToldAsync(undone, "redo");
        Assert.Equal(changed, await GraphAsync());
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_preview_changes_nothing_and_shows_what_undo_then_does(string tool, string arguments)
    {
        await _memory.TellAsync(tool, arguments);
        byte[] log = await LogAsync();

        string preview = await _memory.TellAsync("undo", """{"preview":true,"reason":"only looking"}""");

        Assert.Equal(log, await LogAsync());
        string undone = await _memory.TellAsync("undo", "{}");
        Assert.Equal(Lines(undone)[1..^1], Lines(preview)[1..^1]);
        string headline = Lines(undone)[0];
        Assert.Equal(
            "Preview, nothing was changed. " + headline[..headline.IndexOf(" To take", StringComparison.Ordinal)]
                .Replace("Took", "Would take", StringComparison.Ordinal).Replace("Recorded", "Would record", StringComparison.Ordinal),
            Lines(preview)[0]);
    }

    [Fact]
    public async Task A_preview_of_a_redo_changes_nothing_either()
    {
        await _memory.TellAsync("undo", "{}");
        byte[] log = await LogAsync();

        string preview = await _memory.TellAsync("redo", """{"preview":"true"}""");

        Wording.Match(preview);
        Assert.Equal(log, await LogAsync());
    }

    [Fact]
    public async Task What_stands_in_the_way_is_named_and_taking_it_back_too_works_as_told()
    {
        await _memory.TellAsync("add_observation", """{"entity":"Bug","observations":["only on Tuesdays"]}""", "claude-code/2.1");
        byte[] log = await LogAsync();

        string fault = await _memory.FaultAsync("undo", """{"events":"#4"}""");

        Wording.Match(fault);
        Assert.Equal(log, await LogAsync());
        Assert.Equal(fault, await _memory.FaultAsync("undo", """{"events":"#4","preview":true}"""));

        await _memory.TellAsync("undo", $$"""{"events":"{{Events().Match(fault).Value}}"}""");
        Assert.StartsWith("1 entity, 2 observations, 0 relations", await GraphAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_way_out_that_is_told_can_be_gone_also_after_many_calls()
    {
        for (int i = 0; i < 150; i++)
        {
            await _memory.TellAsync("create_entity", $$"""{"name":"thing {{i}}","entityType":"thing"}""");
        }

        await using Memory other = _memory.OpenAgain();
        await other.TellAsync("add_observation", """{"entity":"thing 7","observations":["kept by another"]}""");

        string fault = await _memory.FaultAsync("undo", """{"session":"#1"}""");

        Wording.Match(fault);
        await _memory.TellAsync("undo", $$"""{"events":"{{Events().Match(fault).Value}}"}""");
        Assert.StartsWith("Took back #155, #154, ", await _memory.TellAsync("undo", """{"session":"#1"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forced_it_does_what_can_be_done_and_names_what_it_leaves()
    {
        await _memory.TellAsync("delete_observation", """{"entity":"Auth","observations":["in Go","uses JWT"]}""");
        await _memory.TellAsync("add_observation", """{"entity":"Auth","observations":["in Go"]}""");

        string text = await _memory.TellAsync("undo", """{"events":"#6","force":true}""");

        Wording.Match(text);
        Assert.Contains("\n  #2: \"uses JWT\"\n  #8: \"in Go\"", await GraphAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"count":1,"events":"5"}""")]
    [InlineData("""{"events":"5","session":"#1"}""")]
    [InlineData("""{"count":1,"session":"#1"}""")]
    [InlineData("""{"agent":"tests"}""")]
    [InlineData("""{"since":"#1"}""")]
    [InlineData("""{"events":"5","since":"#1"}""")]
    [InlineData("""{"session":"#1","agent":"tests","since":"#1"}""")]
    public async Task Several_targets_or_half_a_target_are_refused_with_what_is_allowed(string arguments)
    {
        foreach (string tool in new[] { "undo", "redo" })
        {
            Wording.Match(await _memory.FaultAsync(tool, arguments), tool);
        }

        Assert.Equal(5, _memory.Events);
    }

    [Theory]
    [InlineData("\"5-4\"")]
    [InlineData("\"five\"")]
    [InlineData("\"#0\"")]
    [InlineData("\"1-\"")]
    [InlineData("\"1..5\"")]
    [InlineData("[1,\"x\"]")]
    [InlineData("-1")]
    [InlineData("[]")]
    [InlineData("true")]
    [InlineData("{}")]
    public async Task Events_that_are_none_are_refused_with_the_forms_there_are(string events)
    {
        foreach (string tool in new[] { "undo", "redo", "what_if", "redact" })
        {
            Wording.Match(await _memory.FaultAsync(tool, $$"""{"events":{{events}} }"""), $"{tool} {events}");
        }
    }

    [Theory]
    [InlineData("""{"events":"#4-5"}""")]
    [InlineData("""{"events":"4-5"}""")]
    [InlineData("""{"events":"#4, 5"}""")]
    [InlineData("""{"events":" 4 #5 "}""")]
    [InlineData("""{"events":"4;5"}""")]
    [InlineData("""{"events":[4,5]}""")]
    [InlineData("""{"events":["#4","5"]}""")]
    [InlineData("""{"events":"[4, \"#5\"]"}""")]
    [InlineData("""{"count":"2"}""")]
    [InlineData("""{"count":2.0}""")]
    [InlineData("""{"Count":2,"events":"","session":null,"force":"FALSE"}""")]
    [InlineData("""{"agent":"TESTS","since":"4"}""")]
    public async Task A_target_may_be_written_in_many_ways(string arguments)
    {
        Wording.Match((await _memory.TellAsync("undo", arguments)).Split('\n')[0]);
        Assert.StartsWith("1 entity, 2 observations, 0 relations", await GraphAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_recorded_nothing_yet_is_asked_which_of_the_last_three_calls_is_meant()
    {
        await _memory.TellAsync("create_entity", """{"name":"Last","entityType":"thing","observations":["x","y"]}""");
        await using Memory fresh = _memory.OpenAgain();

        string fault = await fresh.FaultAsync("undo", "{}");

        Wording.Match(fault);
        Assert.Equal(["  #6", "  #5", "  #4"], Lines(fault)[1..^1].Select(line => line[..4]));
        Assert.Equal(8, fresh.Events);

        await fresh.TellAsync("undo", """{"events":"#6"}""");
        Assert.StartsWith("2 entities, 2 observations, 1 relation.", await GraphAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_program_undid_is_already_undone()
    {
        await using Memory other = _memory.OpenAgain();
        await other.TellAsync("undo", """{"events":"#5"}""");

        string text = await _memory.TellAsync("undo", """{"events":"#5"}""");

        Wording.Match(text);
    }

    [Fact]
    public async Task History_tells_of_a_call_that_it_was_undone_and_of_an_undo_what_it_took_back()
    {
        await _memory.TellAsync("undo", """{"reason":"a mistake"}""");

        string undone = await _memory.TellAsync("get_history", "{}");
        Wording.Match(undone, "undone");

        await _memory.TellAsync("redo", "{}");
        string redone = await _memory.TellAsync("get_history", "{}");
        Wording.Match(redone, "redone");
    }

    [Fact]
    public async Task A_what_if_writes_nothing()
    {
        await using var empty = new Memory(ToolSet.All);
        Wording.Match(await empty.TellAsync("what_if", """{"users":["ada"]}"""), "empty");
        Assert.False(Directory.Exists(empty.Projects.Store), "A question made a store.");
        byte[] log = await LogAsync();

        string text = await _memory.TellAsync("what_if", """{"events":"#4"}""");

        Wording.Match(text);
        Assert.Equal(log, await LogAsync());
    }

    private async Task<string> DoAsToldAsync(string receipt, string tool)
    {
        Match told = TakeBack().Match(receipt);
        Assert.True(told.Success && told.Groups[1].Value == tool, receipt);
        return await _memory.TellAsync(tool, $$"""{"events":"{{told.Groups[2].Value}}"}""");
    }

    // Without the last line, which names the last event.
    private async Task<string> GraphAsync()
    {
        string text = await _memory.TellAsync("query_graph_at", """{"at":"now"}""");
        return text[..text.LastIndexOf('\n')];
    }

    private Task<byte[]> LogAsync() =>
        File.ReadAllBytesAsync(Path.Combine(_memory.Projects.Current!.Folder, "events-000000000001.jsonl"));

    private static string[] Lines(string text) => text.Split('\n');

    [GeneratedRegex("To take this back: (undo|redo) with events \"(#[0-9]+)\"\\.")]
    private static partial Regex TakeBack();

    [GeneratedRegex("(?<=events: \")[^\"]+")]
    private static partial Regex Events();
}
