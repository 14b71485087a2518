using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Tests.Snapshots;

namespace MemoryGraph.Mcp.Tests.Cli;

/// <summary>Proof and erasure: <c>verify</c>, <c>checkpoint</c>, <c>repair</c>, <c>redact</c>.</summary>
public sealed class AuditCommandTests : IAsyncLifetime
{
    private readonly Prompt _prompt = new();

    public async Task InitializeAsync()
    {
        await using CurrentProject projects = _prompt.Machine.Start(_prompt.Machine.Join("app"));
        var author = Author.Of("duyan", "cursor/1.7");
        await projects.Current!.SubmitAsync(new CreateEntity("Đăng nhập", "bug", ["Khóa là hunter2"]), author);
        await projects.Current!.SubmitAsync(new AddObservations("Đăng nhập", ["Fixed in 1.2"]), author);
        await projects.Current!.SubmitAsync(new AddObservations("Đăng nhập", ["Tested"]) { Reason = "hunter2 works" }, Author.Of("ada", ""));
    }

    public Task DisposeAsync()
    {
        _prompt.Dispose();
        return Task.CompletedTask;
    }

    private string Log => Directory.EnumerateFiles(_prompt.Machine.Home, "events-*.jsonl", SearchOption.AllDirectories).Single();

    [Theory]
    [InlineData("verify", "verify")]
    [InlineData("checkpoint", "checkpoint")]
    [InlineData("redact_preview", "redact", "--containing", "HUNTER2")]
    [InlineData("redact", "redact", "2", "--yes", "--reason", "a secret", "--user", "ada")]
    [InlineData("repair_nothing", "repair")]
    public async Task What_is_printed_reads_as_it_was_approved(string name, params string[] arguments)
    {
        await _prompt.TellAsync(arguments);

        Approved.Match(Hashless(), "cli_" + name);
    }

    [Fact]
    public async Task What_was_erased_is_in_no_answer_and_the_log_still_verifies()
    {
        _prompt.Terminal = terminal => terminal with { Input = () => new StringReader("hunter2\n") };
        JsonElement preview = JsonElement.Parse(await _prompt.TellAsync("redact", "--containing", "-", "--json"));
        Assert.Equal([2, 4], preview.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("event_id").GetInt32()));
        Assert.Contains("hunter2", await File.ReadAllTextAsync(Log), StringComparison.Ordinal);

        string done = await _prompt.TellAsync("redact", "--containing", "-", "--yes", "--json");
        Assert.DoesNotContain("hunter2", done, StringComparison.Ordinal);
        Assert.Equal(5, JsonElement.Parse(done).GetProperty("recorded")[0].GetInt32());
        Assert.DoesNotContain("hunter2", await File.ReadAllTextAsync(Log), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", await _prompt.TellAsync("log"), StringComparison.Ordinal);

        JsonElement verified = JsonElement.Parse(await _prompt.TellAsync("verify", "--json"));
        Assert.True(verified.GetProperty("intact").GetBoolean());
        Assert.Equal([5], verified.GetProperty("redactions").EnumerateArray().Select(id => id.GetInt32()));

        // Other systems are told by the event, and get the erased lines as they are now.
        Assert.Equal((await File.ReadAllLinesAsync(Log))[1..], (await _prompt.TellAsync("log", "--json")).TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("event_redacted", "redact", "2", "--yes")]
    [InlineData("log_repaired", "repair", "--yes")]
    public async Task A_cursor_outlives_what_was_done_to_the_log_behind_it_and_is_told(string eventType, params string[] done)
    {
        string[] follow = ["log", "--json", "--cursor", "shop"];
        await _prompt.TellAsync(follow);
        string text = await File.ReadAllTextAsync(Log);
        if (done[0] == "repair")
        {
            await File.WriteAllTextAsync(Log, text.Replace("Fixed in 1.2", "Fixed in 1.3", StringComparison.Ordinal));
        }

        await _prompt.TellAsync(done);

        JsonElement told = JsonElement.Parse(await _prompt.TellAsync(follow));
        Assert.Equal((eventType, 5), (told.GetProperty("event_type").GetString(), told.GetProperty("event_id").GetInt32()));
    }

    [Fact]
    public async Task A_checkpoint_proves_that_the_log_was_cut_off()
    {
        string kept = _prompt.Machine.Join("kept.txt");
        await File.WriteAllTextAsync(kept, await _prompt.TellAsync("checkpoint"));
        await _prompt.TellAsync("verify", "--against", kept);
        string[] lines = await File.ReadAllLinesAsync(Log);
        await File.WriteAllTextAsync(Log, string.Concat(lines[..^1].Select(line => line + '\n')));
        await _prompt.TellAsync("verify");

        Assert.Equal(3, await _prompt.RunAsync("verify", "--against", kept));
        Assert.Contains("cut off", _prompt.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_altered_log_is_found_shown_and_mended()
    {
        string text = await File.ReadAllTextAsync(Log);
        await File.WriteAllTextAsync(Log, text.Replace("Fixed in 1.2", "Fixed in 1.3", StringComparison.Ordinal));

        Assert.Equal(3, await _prompt.RunAsync("verify"));
        Approved.Match(Hashless(), "cli_verify_altered");
        _prompt.Clear();
        Assert.Equal(3, await _prompt.RunAsync("verify", "--json"));
        JsonElement finding = JsonElement.Parse(_prompt.Output).GetProperty("findings")[0];
        Assert.Equal(("altered", 3), (finding.GetProperty("kind").GetString(), finding.GetProperty("first_event").GetInt32()));
        _prompt.Clear();
        Assert.Equal(3, await _prompt.RunAsync("checkpoint"));
        Assert.Equal(3, await _prompt.RunAsync("log", "--json"));
        Assert.Contains("damaged", _prompt.Errors, StringComparison.Ordinal);

        await _prompt.TellAsync("repair");
        Approved.Match(Hashless(), "cli_repair_preview");
        Assert.Equal(3, await _prompt.RunAsync("verify"));
        JsonElement mended = JsonElement.Parse(await _prompt.TellAsync("repair", "--yes", "--reason", "a flipped bit", "--json", "--user", "ada"));
        Assert.Equal([3], mended.GetProperty("lost").EnumerateArray().Select(one => one.GetProperty("event_id").GetInt32()));
        await _prompt.TellAsync("verify");
        Assert.Contains("because: \"a flipped bit\"", await _prompt.TellAsync("log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_nothing_to_vouch_for_in_an_empty_memory()
    {
        Assert.Equal(1, await _prompt.RunAsync("checkpoint", "--project", "empty"));
        Wording.Match(_prompt.ScrubbedErrors);

        await _prompt.TellAsync("verify", "--project", "empty");
        Wording.Match(_prompt.Scrubbed, "verify");
    }

    [Theory]
    [InlineData("redact")]
    [InlineData("redact", "2", "--entity", "Ada")]
    [InlineData("redact", "x", "--yes")]
    [InlineData("redact", "2", "--yes", "--reason", "(501)")]
    [InlineData("repair", "--yes", "--reason", "a\ab")]
    [InlineData("verify", "--against", "missing.txt")]
    public async Task What_makes_no_sense_is_a_usage_error(params string[] arguments)
    {
        Assert.Equal(2, await _prompt.RunAsync([.. arguments.Select(one => one == "(501)" ? new string('x', 501) : one)]));

        Wording.Match(_prompt.ScrubbedErrors, string.Join(' ', arguments));
        Assert.Equal("", _prompt.Output);
    }

    [Theory]
    [InlineData("redact", "--entity", "Nobody", "--yes")]
    [InlineData("redact", "9", "--yes")]
    [InlineData("redact", "--containing", "hunter2", "--yes", "--reason", "it said hunter2")]
    public async Task What_cannot_be_erased_is_refused(params string[] arguments)
    {
        Assert.Equal(1, await _prompt.RunAsync(arguments));

        Wording.Match(_prompt.ScrubbedErrors, string.Join(' ', arguments));
        Assert.Equal("", _prompt.Output);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Progress_is_shown_only_to_a_person_and_is_gone_at_the_end(bool watched)
    {
        _prompt.Terminal = terminal => terminal with { ErrorsAreWatched = watched };
        Assert.Equal(0, await _prompt.RunAsync("verify"));

        Assert.Matches(watched ? @"^(\r[^\r]+ … \d+ %)+\r +\r$" : "^$", _prompt.Errors);
    }

    // Without what differs from run to run.
    private string Hashless() => System.Text.RegularExpressions.Regex.Replace(
        _prompt.Scrubbed, @"(?<=memory-graph/)[0-9a-f]{32}|(?<=\n +|\n)[A-Za-z0-9_-]{43}(?=\n)|\d{8,}[^ ]*\.(jsonl|bin)", "(…)");
}
