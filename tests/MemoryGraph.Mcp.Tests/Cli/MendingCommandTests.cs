using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Tests.Projects;
using MemoryGraph.Mcp.Tests.Snapshots;
using MemoryGraph.Memory;

namespace MemoryGraph.Mcp.Tests.Cli;

/// <summary>Seeing what changed and taking it back: <c>diff</c>, <c>undo</c>, <c>redo</c>, <c>replay</c>, <c>activity</c>.</summary>
public sealed class MendingCommandTests : IAsyncLifetime
{
    private readonly Prompt _prompt = new();

    public async Task InitializeAsync()
    {
        await using CurrentProject projects = _prompt.Machine.Start(_prompt.Machine.Join("app"));
        MemoryProject project = projects.Current!;
        var duyan = Author.Of("duyan", "cursor/1.7");
        var eve = Author.Of("eve", "helper/1");
        await project.SubmitAsync(new CreateEntity("Đăng nhập", "bug", ["Lỗi khi tên có dấu nháy"]), duyan);
        await project.SubmitAsync(new CreateEntity("UserQuery", "class", ["Builds its SQL by hand"]), duyan);
        await project.SubmitAsync(new CreateRelation("Đăng nhập", "found_in", "UserQuery", "2026-01-01"), duyan);
        await project.SubmitAsync(new UpdateEntity("UserQuery", "QueryBuilder", null), eve);
        await project.SubmitAsync(new AddObservations("QueryBuilder", ["Is gone"]) { Reason = "guessed" }, eve);
    }

    public Task DisposeAsync()
    {
        _prompt.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("diff", "diff", "#5")]
    [InlineData("diff_json", "diff", "now", "#5", "--json")]
    [InlineData("undo_preview", "undo", "6-7", "--user", "ada")]
    [InlineData("undo", "undo", "--agent", "helper", "--since", "#1", "--yes", "--reason", "eve guessed", "--user", "ada")]
    [InlineData("undo_json", "undo", "7", "--yes", "--json", "--user", "ada")]
    [InlineData("replay", "replay", "--without-user", "Eve")]
    [InlineData("replay_json", "replay", "--without-event", "3", "--without-type", "entity_updated", "--json")]
    [InlineData("activity", "activity")]
    [InlineData("activity_json", "activity", "--user", "eve", "--json")]
    public async Task What_is_printed_reads_as_it_was_approved(string name, params string[] arguments)
    {
        await _prompt.TellAsync(arguments);

        Approved.Match(_prompt.Scrubbed, "cli_" + name);
    }

    [Fact]
    public async Task In_a_terminal_what_appeared_and_vanished_is_seen_at_a_glance()
    {
        _prompt.Terminal = terminal => terminal with { IsWatched = true, HasColours = true, Width = 60 };

        Approved.Match(await _prompt.TellAsync("diff", "#4", "now"), "cli_diff_terminal");
    }

    [Fact]
    public async Task Nothing_is_taken_back_before_yes_and_everything_can_be_brought_back()
    {
        string before = await _prompt.TellAsync("at", "now", "--json");
        await _prompt.TellAsync("undo", "6", "7");
        Assert.Equal(before, await _prompt.TellAsync("at", "now", "--json"));

        await _prompt.TellAsync("undo", "6", "7", "--yes");
        Assert.Equal("Nothing differs.", await DiffAsync("#5", "now"));
        await _prompt.TellAsync("redo", "8", "--yes");
        Assert.Equal("Nothing differs.", await DiffAsync("#7", "now"));
    }

    [Theory]
    [InlineData("undo")]
    [InlineData("undo", "--yes")]
    [InlineData("undo", "--json")]
    public async Task Without_a_target_the_last_calls_are_listed_and_nothing_is_done(params string[] arguments)
    {
        Assert.Equal(1, await _prompt.RunAsync([.. arguments, "--user", "duyan"]));

        Assert.Equal("", _prompt.Output);
        Wording.Match(_prompt.ScrubbedErrors);
    }

    [Fact]
    public async Task The_last_calls_of_a_user_are_those_that_still_stand()
    {
        await _prompt.TellAsync("undo", "--count", "1", "--yes", "--user", "eve");
        JsonElement second = JsonElement.Parse(await _prompt.TellAsync("undo", "--count", "1", "--json", "--user", "eve"));

        Assert.Equal([6], second.GetProperty("taken_back").EnumerateArray().Select(id => id.GetInt32()));
    }

    [Fact]
    public async Task What_was_built_on_stands_in_the_way_unless_it_is_forced()
    {
        Assert.Equal(1, await _prompt.RunAsync("undo", "3", "--yes"));
        Wording.Match(_prompt.ScrubbedErrors);
        Assert.Equal("", _prompt.Output);

        Assert.Contains("Took back #3", await _prompt.TellAsync("undo", "3", "--yes", "--force"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("undo", "70", "--yes")]
    [InlineData("redo", "--count", "1")]
    [InlineData("replay", "--without-event", "70")]
    [InlineData("replay", "--without-type", "x")]
    [InlineData("diff", "#1", "--entity", "Nobody")]
    public async Task What_cannot_be_done_is_refused(params string[] arguments)
    {
        Assert.Equal(1, await _prompt.RunAsync(arguments));

        Wording.Match(_prompt.ScrubbedErrors, string.Join(' ', arguments));
        Assert.Equal("", _prompt.Output);
    }

    [Theory]
    [InlineData("undo", "x")]
    [InlineData("undo", "5-3")]
    [InlineData("undo", "5", "--count", "1")]
    [InlineData("undo", "--agent", "helper")]
    [InlineData("redo", "--since", "#1")]
    [InlineData("undo", "--count", "0")]
    [InlineData("redo", "--count", "two")]
    [InlineData("diff", "soon")]
    [InlineData("diff")]
    [InlineData("replay", "--without-event", "x")]
    public async Task What_makes_no_sense_is_a_usage_error(params string[] arguments)
    {
        Assert.Equal(2, await _prompt.RunAsync(arguments));

        Wording.Match(_prompt.ScrubbedErrors, string.Join(' ', arguments));
    }

    [Fact]
    public async Task The_graph_of_a_replay_can_be_written_to_a_file()
    {
        string file = _prompt.Machine.Join("graph.json");
        await _prompt.TellAsync("replay", "--without-agent", "helper/1", "--output", file);

        Approved.Match(await File.ReadAllTextAsync(file), "cli_replay_graph");
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_told()
    {
        Assert.Equal(3, await _prompt.RunAsync("replay", "--output", _prompt.Machine.Join("nowhere", "graph.json")));

        Assert.Contains(_prompt.Machine.Join("nowhere", "graph.json"), _prompt.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_record_who_asked_and_that_it_was_the_command_line()
    {
        await _prompt.TellAsync("undo", "7", "--yes", "--user", "ada");

        Assert.Contains(
            $"\"user\":\"ada\",\"agent\":\"memory-graph/{ProductVersion.Number}\"",
            await _prompt.TellAsync("log", "--json", "--from", "8"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_memories_of_a_store_are_listed()
    {
        await using (CurrentProject other = _prompt.Machine.Start(_prompt.Machine.Join("app"), project: "dự án khác"))
        {
            await Machine.RecordAsync(other);
        }

        string[] lines = (await _prompt.TellAsync("projects")).Split('\n');
        Assert.StartsWith("2 projects in ", lines[0], StringComparison.Ordinal);
        Assert.Equal("name\tevents\tbytes\tlast change\tfolder\tremarks", lines[1]);
        Assert.StartsWith("app\t7\t", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("dự án khác\t2\t", lines[3], StringComparison.Ordinal);

        JsonElement told = JsonElement.Parse(await _prompt.TellAsync("projects", "--json"));
        Assert.Equal(["app", "dự án khác"], told.GetProperty("projects").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_terminal_gets_a_table_whose_columns_align()
    {
        await using (CurrentProject other = _prompt.Machine.Start(_prompt.Machine.Join("app"), project: "記憶 đăng nhập"))
        {
            await Machine.RecordAsync(other);
        }

        _prompt.Terminal = terminal => terminal with { IsWatched = true, Width = 100 };
        string table = await _prompt.TellAsync("projects");

        Assert.Contains("\n│ name           │ events │", table, StringComparison.Ordinal);
        Assert.Contains("\n│ app            │ 7      │", table, StringComparison.Ordinal);
        Assert.Contains("\n│ 記憶 đăng nhập │ 2      │", table, StringComparison.Ordinal);
    }

    private async Task<string> DiffAsync(string from, string to)
    {
        string[] words = (await _prompt.TellAsync("diff", from, to)).Split('\n')[0].Split(": ");
        return words[^1];
    }
}
