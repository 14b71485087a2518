using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Tests.Snapshots;
using MemoryGraph.Memory;

namespace MemoryGraph.Mcp.Tests.Cli;

/// <summary><c>show</c>, <c>search</c> and <c>at</c>, for people and for scripts.</summary>
public sealed class ReadingCommandTests : IAsyncLifetime
{
    private static readonly Author Duyan = Author.Of("duyan", "cursor/1.7");

    private readonly Prompt _prompt = new();

    public async Task InitializeAsync()
    {
        await using CurrentProject projects = _prompt.Machine.Start(_prompt.Machine.Join("app"));
        MemoryProject project = projects.Current!;
        await project.SubmitAsync(new CreateEntity("Đăng nhập", "bug", ["Lỗi khi tên có dấu nháy \" đơn"]) { Reason = "từ nhật ký" }, Duyan);
        await project.SubmitAsync(new CreateEntity("UserQuery", "class", ["Builds its SQL by hand\nin one string", "名前で探す 👩‍💻"]), Duyan);
        await project.SubmitAsync(new CreateRelation("Đăng nhập", "found_in", "UserQuery", "2026-01-01", null), Author.Of("ada", "tests/1"));
        await project.SubmitAsync(new DeleteEntity("UserQuery"), Author.Of("ada", "tests/1"));
        await project.SubmitAsync(new CreateEntity("Ada", "person", ["likes tea"]), Duyan);
    }

    public Task DisposeAsync()
    {
        _prompt.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("show", "show", "Đăng nhập", "Ada", "--at", "#6")]
    [InlineData("show_json", "show", "Đăng nhập", "UserQuery", "--at", "#6", "--json")]
    [InlineData("search", "search", "sql", "dau", "--at", "6")]
    [InlineData("search_json", "search", "sql", "--at", "6", "--json")]
    [InlineData("at", "at", "#6")]
    [InlineData("at_json", "at", "now", "--json")]
    public async Task What_is_printed_reads_as_it_was_approved(string name, params string[] arguments)
    {
        await _prompt.RunAsync(arguments);

        Approved.Match(_prompt.Output, "cli_" + name);
        Assert.Equal("", _prompt.Errors);
    }

    [Fact]
    public async Task A_terminal_gets_lines_that_fit_and_colours()
    {
        _prompt.Terminal = terminal => terminal with { IsWatched = true, HasColours = true, Width = 48 };

        Approved.Match(await _prompt.TellAsync("at", "#6"), "cli_at_terminal");
    }

    [Fact]
    public async Task Without_colours_a_terminal_gets_no_escape_at_all()
    {
        _prompt.Terminal = terminal => terminal with { IsWatched = true, HasColours = false, Width = 48 };
        string told = await _prompt.TellAsync("at", "#6");

        Assert.DoesNotContain('\u001B', told);
        Assert.All(told.Split('\n'), line => Assert.InRange(line.Length, 0, 48));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_stored_cannot_steer_the_terminal(bool watched)
    {
        // No tool takes such letters; a log that came from elsewhere may hold them.
        await using (CurrentProject projects = _prompt.Machine.Start(_prompt.Machine.Join("app")))
        {
            await projects.Current!.SubmitAsync(new AddObservations("Ada", ["\u001b[31ml\u202ees"]), Duyan);
        }

        _prompt.Terminal = terminal => terminal with { IsWatched = watched };

        await _prompt.RunAsync("show", "Ada");

        Assert.Contains("␛[31ml\uFFFDes", _prompt.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001B', _prompt.Output);
    }

    [Fact]
    public async Task A_name_that_is_none_is_refused_and_what_was_found_is_shown()
    {
        Assert.Equal(1, await _prompt.RunAsync("show", "Ada", "UserQuery"));

        Wording.Match(_prompt.Scrubbed);
        Assert.Contains("likes tea", _prompt.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_finds_nothing_is_an_answer() =>
        Wording.Match(await _prompt.TellAsync("search", "zebra"));

    [Fact]
    public async Task A_limit_bounds_what_is_shown_and_says_so()
    {
        Wording.Match(await _prompt.TellAsync("at", "now", "--limit", "1"));
        JsonElement told = JsonElement.Parse(await _prompt.TellAsync("at", "now", "--limit", "1", "--json"));
        Assert.Equal((2, 1), (told.GetProperty("entity_count").GetInt32(), told.GetProperty("entities").GetArrayLength()));
    }

    [Theory]
    [InlineData("at", "never")]
    [InlineData("show", "Ada", "--at", "2026-13-01")]
    [InlineData("search", "x", "--limit", "0")]
    [InlineData("at", "now", "--limit", "9999999999")]
    [InlineData("log", "--limit", "ten")]
    [InlineData("log", "--follow", "--limit", "ten", "--from", "x")]
    [InlineData("log", "--follow", "--until", "soon")]
    [InlineData("at", "now", "--query", "a", "--name", "b")]
    [InlineData("show")]
    [InlineData("search", "--at", "now")]
    public async Task What_makes_no_sense_is_a_usage_error_that_names_it(params string[] arguments)
    {
        Assert.Equal(2, await _prompt.RunAsync(arguments));

        Wording.Match(_prompt.ScrubbedErrors, string.Join(' ', arguments));
    }
}
