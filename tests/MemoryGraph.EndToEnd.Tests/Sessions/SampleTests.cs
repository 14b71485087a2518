using System.Text.RegularExpressions;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Sessions;

/// <summary>What a reader runs first does what it says.</summary>
[Collection(Programs.Collection)]
public sealed partial class SampleTests(Programs programs) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task The_first_session_is_answered_line_by_line_and_ends_with_0()
    {
        string session = await File.ReadAllTextAsync(Path.Combine(BuildPlaces.Samples, "first-session.jsonl"));
        Finished finished = (await _sandbox.Serve(programs.Any).PipeAsync(session)).WithoutComplaint();
        Assert.Equal(Enumerable.Range(1, 11), finished.Answers.Select(answer => (int)answer.Id));
        Assert.All(finished.Answers, answer => Assert.False(answer.IsError, answer.Text));
        string Text(int id) => finished.Answers[id - 1].Text;
        Assert.Contains("\"Bug: đăng nhập\"", Text(5), StringComparison.Ordinal);
        Assert.Contains("Builds its SQL by hand", Text(6), StringComparison.Ordinal);
        Assert.Contains("\"LoginForm\" -depends_on-> \"UserQuery\"", Text(7), StringComparison.Ordinal);
        Assert.Contains("As of #3", Text(9), StringComparison.Ordinal);
        Assert.DoesNotContain("LoginForm", Text(9), StringComparison.Ordinal);
        Assert.Contains("because: \"fixed\"", Text(10), StringComparison.Ordinal);
        Assert.Contains("12 events", Text(11), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_projection_tells_what_became_of_each_decision()
    {
        await using (ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any)))
        {
            await server.DoAsync(ToolCall.Create("Auth", "Decided to use JWT", "is written in Go"));
            await server.DoAsync(ToolCall.Add("Auth", "Decided to log out after a day"));
            await server.DoAsync(ToolCall.Supersede("Auth", "Decided to use JWT", "Decided to use sessions"));
            await server.DoAsync(ToolCall.Add("Auth", "Decided by mistake"));
            await server.DoAsync(ToolCall.Undo("#7"));
            await server.EndAsync();
        }

        Finished finished = (await _sandbox.Run([.. programs.OwnProjection, _sandbox.Store, Sandbox.Project]).PipeAsync()).WithoutComplaint();

        Assert.Equal(
            [
                "2 of 4 decisions hold in \"demo\" at #8.",
                "#4 (day) tester via end-to-end/1.0, about \"Auth\": \"Decided to log out after a day\"",
                "#6 (day) tester via end-to-end/1.0, about \"Auth\": \"Decided to use sessions\"",
                "Superseded by #6: #2 (day) tester via end-to-end/1.0, about \"Auth\": \"Decided to use JWT\"",
                "Undone by #8: #7 (day) tester via end-to-end/1.0, about \"Auth\": \"Decided by mistake\"",
            ],
            Day().Replace(finished.Output, "(day)").ReplaceLineEndings("\n").TrimEnd().Split('\n'));
    }

    [UnixTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_shell_sample_shows_its_answers_with_and_without_jq(bool jq)
    {
        // Without: a search path with nothing but what POSIX has.
        string tools = Directory.CreateDirectory(_sandbox.Join("tools")).FullName;
        foreach (string tool in new[] { "sh", "sed", "grep" })
        {
            File.CreateSymbolicLink(Path.Combine(tools, tool), Machine.Find(tool)!);
        }

        string script = Path.Combine(BuildPlaces.Samples, "pipe-session.sh");
        Launch sample = _sandbox.Serve(programs.Any).Under("/bin/sh", script);
        Finished finished = (await (jq ? sample : sample.With("PATH", tools)).PipeAsync()).WithoutComplaint();
        Assert.StartsWith("Recorded 2 events, #1 to #2.", finished.Output, StringComparison.Ordinal);
        Assert.Contains("\n\"Nightly build\" [job] #1, just now by tester via pipe-session/1.0\n", finished.Output, StringComparison.Ordinal);
        Assert.Contains("\n  #3: \"Fails when the cache is cold\"\n", finished.Output, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task The_shell_sample_fails_when_a_call_does()
    {
        string script = Path.Combine(BuildPlaces.Samples, "pipe-session.sh");
        Finished finished = await _sandbox.Serve(programs.Any, "--read-only").Under("/bin/sh", script).PipeAsync();
        Assert.Equal(1, finished.ExitCode);
        Assert.Contains("There is no tool \"create_entity\" here.", finished.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Day();
}
