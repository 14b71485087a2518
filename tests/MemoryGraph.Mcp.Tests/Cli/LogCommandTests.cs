using System.CommandLine;
using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Tests.Snapshots;

namespace MemoryGraph.Mcp.Tests.Cli;

/// <summary><c>log</c>: once, and as it grows.</summary>
public sealed class LogCommandTests : IAsyncLifetime
{
    private readonly Prompt _prompt = new();
    private readonly CancellationTokenSource _interrupt = new();

    public async Task InitializeAsync()
    {
        await RecordAsync(new CreateEntity("Đăng nhập", "bug", ["Lỗi khi tên có dấu nháy"]) { Reason = "từ nhật ký" }, "duyan", "cursor/1.7");
        await RecordAsync(new AddObservations("Đăng nhập", ["Fixed\nin 1.2"]), "ada", "claude-code/2");
        await RecordAsync(new DeleteEntity("Đăng nhập"), "ada", "");
    }

    public Task DisposeAsync()
    {
        _interrupt.Dispose();
        _prompt.Dispose();
        return Task.CompletedTask;
    }

    private string[] Stored =>
        File.ReadAllLines(Directory.EnumerateFiles(_prompt.Machine.Home, "events-*.jsonl", SearchOption.AllDirectories).Single())[1..];

    [Fact]
    public async Task The_story_reads_as_it_was_approved() => Approved.Match(await _prompt.TellAsync("log"), "cli_log");

    [Fact]
    public async Task The_story_in_a_terminal_reads_as_it_was_approved()
    {
        _prompt.Terminal = terminal => terminal with { IsWatched = true, HasColours = true, Width = 60 };

        Approved.Match(await _prompt.TellAsync("log"), "cli_log_terminal");
    }

    [Fact]
    public async Task Help_reads_as_it_was_approved()
    {
        string help = await _prompt.TellAsync("log", "--help");

        Approved.Match(help.Replace(RootCommand.ExecutableName, "memory-graph", StringComparison.Ordinal), "cli_log_help");
    }

    [Theory]
    [InlineData("1 2 3 4")]
    [InlineData("3 4", "--from", "#3")]
    [InlineData("2 3", "--from", "2", "--limit", "2")]
    [InlineData("3 4", "--limit", "2")]
    [InlineData("", "--from", "9")]
    [InlineData("3 4", "--user", "ADA")]
    [InlineData("4", "--user", "ada", "--limit", "1")]
    [InlineData("1 2", "--agent", "cursor")]
    [InlineData("1 2", "--until", "#2")]
    [InlineData("2", "--until", "#2", "--since", "#2")]
    [InlineData("1 2 3 4", "--entity", "Đăng nhập")]
    public async Task Words_and_lines_are_of_the_same_events(string ids, params string[] filter)
    {
        string[] lines = (await _prompt.TellAsync(["log", "--json", .. filter])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] story = (await _prompt.TellAsync(["log", .. filter])).Split('\n');

        Assert.Equal(ids, string.Join(' ', lines.Select(line => JsonElement.Parse(line).GetProperty("event_id").GetInt64())));
        Assert.All(lines, line => Assert.Contains(line, Stored));
        Assert.Equal(ids, string.Join(' ', story.Where(line => line.StartsWith('#')).Select(line => line.Split(' ')[0][1..])));
    }

    [Fact]
    public async Task An_entity_that_never_was_is_refused()
    {
        Assert.Equal(1, await _prompt.RunAsync("log", "--entity", "Dang"));
        Assert.Equal(1, await _prompt.RunAsync("log", "--entity", "Dang", "--json"));

        Wording.Match(_prompt.ScrubbedErrors);
        Assert.Equal("", _prompt.Output);
    }

    [Theory]
    [InlineData("--cursor", "x")]
    [InlineData("--cursor", "a/b", "--json")]
    [InlineData("--follow", "--json", "--ack")]
    [InlineData("--cursor", "x", "--json", "--ack")]
    [InlineData("--follow", "--until", "now")]
    [InlineData("--follow", "--from", "1", "--limit", "1")]
    [InlineData("--from", "x")]
    public async Task What_makes_no_sense_together_is_a_usage_error(params string[] arguments)
    {
        Assert.Equal(2, await _prompt.RunAsync(["log", .. arguments]));

        Wording.Match(_prompt.ScrubbedErrors, string.Join(' ', arguments));
    }

    [Fact]
    public async Task A_cursor_goes_on_where_the_last_run_stopped()
    {
        string[] cursor = ["log", "--json", "--cursor", "shop"];
        Assert.Equal(Lines(Stored[..3]), await _prompt.TellAsync([.. cursor, "--limit", "3"]));
        Assert.Equal(Lines(Stored[3..]), await _prompt.TellAsync(cursor));
        Assert.Equal("", await _prompt.TellAsync(cursor));

        await RecordAsync(new CreateEntity("Ada", "person", []), "duyan", "");
        Assert.Equal(Lines(Stored[4..]), await _prompt.TellAsync(cursor));
    }

    [Fact]
    public async Task A_cursor_in_another_log_is_refused()
    {
        await _prompt.TellAsync("log", "--json", "--cursor", "shop");
        foreach (string log in Directory.GetFiles(_prompt.Machine.Home, "events-*.jsonl", SearchOption.AllDirectories))
        {
            File.Delete(log);
        }

        await InitializeAsync();

        Assert.Equal(1, await _prompt.RunAsync("log", "--json", "--cursor", "shop"));
        Assert.Contains("delete", _prompt.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Following_shows_what_others_record_until_it_is_interrupted(bool json)
    {
        Task<int> follower = FollowAsync(json ? ["--json", "--limit", "1"] : ["--limit", "1"]);
        await _prompt.PrintedAsync(json ? Lines(Stored[3..]) : "#4 ");
        await RecordAsync(new CreateEntity("Ada", "person", ["likes tea"]), "duyan", "cursor/1.7");
        await _prompt.PrintedAsync(json ? Lines(Stored[3..]) : "\"Ada\": \"likes tea\"");
        await RecordAsync(new CreateEntity("Bob", "person", []), "duyan", "cursor/1.7");
        await _prompt.PrintedAsync(json ? Lines(Stored[3..]) : "\"Bob\" [person]");

        await _interrupt.CancelAsync();
        Assert.Equal(0, await follower);
        Assert.Equal("", _prompt.Errors);
        if (!json)
        {
            Approved.Match(_prompt.Output, "cli_log_follow");
        }
    }

    [Fact]
    public async Task Following_with_a_filter_passes_the_others_over()
    {
        Task<int> follower = FollowAsync("--json", "--user", "eve", "--cursor", "eve");
        await RecordAsync(new CreateEntity("Ada", "person", []), "duyan", "");
        await RecordAsync(new CreateEntity("Eve", "person", []), "eve", "");
        await _prompt.PrintedAsync(Lines(Stored[^1..]));

        await _interrupt.CancelAsync();
        Assert.Equal(0, await follower);
        Assert.Equal(Lines(Stored[^1..]), _prompt.Output);
    }

    [Fact]
    public async Task A_reader_that_says_what_it_took_gets_the_rest_again()
    {
        _prompt.Terminal = terminal => terminal with { Input = () => new StringReader("1\nnonsense\n3\n2\n") };
        Assert.Equal(0, await FollowAsync("--json", "--cursor", "shop", "--ack"));

        Assert.Equal(Lines(Stored), _prompt.Output);
        Assert.Equal(Lines(Stored[3..]), await _prompt.TellAsync("log", "--json", "--cursor", "shop"));
    }

    [Fact]
    public async Task Following_ends_when_nobody_reads_any_more()
    {
        bool gone = false;
        _prompt.Terminal = terminal => terminal with { ReaderIsGone = () => gone };
        Task<int> follower = FollowAsync("--json");
        await _prompt.PrintedAsync(Lines(Stored));
        gone = true;
        _prompt.Clock.Ring();

        Assert.Equal(0, await follower);
    }

    private static string Lines(IEnumerable<string> stored) => string.Concat(stored.Select(line => line + '\n'));

    private Task<int> FollowAsync(params string[] arguments) =>
        _prompt.RunAsync(piped: false, _interrupt.Token, ["log", "--follow", .. arguments]);

    // And lets whoever follows look.
    private async Task RecordAsync(Domain.Command command, string user, string agent)
    {
        await using CurrentProject projects = _prompt.Machine.Start(_prompt.Machine.Join("app"));
        await projects.Current!.SubmitAsync(command, Author.Of(user, agent));
        _prompt.Clock.Ring();
    }
}
