using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Sessions;

/// <summary>A memory used from a shell, with nothing but pipes.</summary>
/// <remarks>
/// Each script has <c>memory_graph</c>, which starts the server, and <c>session</c>, a file with a handshake, two writes and a
/// search.
/// </remarks>
[Collection(Programs.Collection)]
public sealed class ShellTests(Programs programs) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public static TheoryData<string> Shells { get; } = ["bash", "dash"];

    public void Dispose() => _sandbox.Dispose();

    [ShellTheory]
    [MemberData(nameof(Shells))]
    public async Task Printf_into_a_pipe_needs_no_handshake(string shell)
    {
        Finished finished = (await RunAsync(
            shell,
            """printf '{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"search_nodes","arguments":{"query":"tea"}}}\n' 1 2 | memory_graph"""))
            .WithoutComplaint();
        Assert.Equal([1, 2], finished.Answers.Select(answer => answer.Id));
        Assert.All(finished.Answers, answer => Assert.False(answer.IsError, answer.Text));
    }

    [ShellTheory]
    [MemberData(nameof(Shells))]
    public async Task A_here_document_is_a_session(string shell)
    {
        Finished finished = (await RunAsync(
            shell,
            """
            memory_graph <<'END'
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_entity","arguments":{"name":"O'Brien $HOME \\","entityType":"person"}}}
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"open_nodes","arguments":{"names":["O'Brien $HOME \\"]}}}
            END
            """)).WithoutComplaint();
        Assert.Contains("""O'Brien $HOME \""", finished.Answers[1].Text, StringComparison.Ordinal);
    }

    [ShellTheory]
    [MemberData(nameof(Shells))]
    public async Task A_file_is_a_session_also_without_its_last_newline(string shell)
    {
        Finished finished = (await RunAsync(shell, """printf %s "$(cat session)" > unended; memory_graph < unended""")).WithoutComplaint();
        AssertWholeSession(finished);
    }

    [ShellTheory]
    [MemberData(nameof(Shells))]
    public async Task Input_that_is_cut_off_loses_only_the_line_that_was_cut(string shell)
    {
        Finished finished = (await RunAsync(shell, """head -c $(($(wc -c < session) - 20)) session | memory_graph""")).WithoutComplaint();

        // What cannot be read is answered at once, ahead of what waits for its turn.
        Answer[] answers = [.. finished.Answers.OrderBy(answer => answer.Id)];
        Assert.Equal([0, 1, 2, 3], answers.Select(answer => answer.Id));
        Assert.Equal([false, false, false, true], answers.Select(answer => answer.IsError));
        Assert.Contains("\"code\":-32700", answers[^1].Line, StringComparison.Ordinal);
        Assert.Equal(["Ada", "Bob"], Recorded());
    }

    [ShellTheory]
    [MemberData(nameof(Shells))]
    public async Task A_reader_that_takes_one_line_and_goes_ends_the_server(string shell)
    {
        // What is still to come is more than a pipe holds, so the server must notice.
        Finished finished = await RunAsync(
            shell,
            """
            requests() { i=0; while [ $i -lt 2000 ]; do echo '{"jsonrpc":"2.0","id":7,"method":"tools/list"}'; i=$((i + 1)); done; }
            requests 2>/dev/null | { memory_graph; echo $? > exit-code; } | head -n 1
            cat exit-code >&2
            """);
        Assert.Equal(7, Assert.Single(finished.Answers).Id);
        Assert.Equal("0\n", finished.Errors);
    }

    [ShellTheory]
    [MemberData(nameof(Shells))]
    public async Task A_server_in_the_background_answers_over_named_pipes(string shell)
    {
        Finished finished = (await RunAsync(
            shell,
            """
            mkfifo requests answers
            memory_graph < requests > answers &
            exec 3> requests 4< answers
            while read -r request; do
                echo "$request" >&3
                case $request in *'"id":'*) read -r answer <&4; printf '%s\n' "$answer" ;; esac
            done < session
            exec 3>&-
            wait $!
            """)).WithoutComplaint();
        AssertWholeSession(finished);
    }

    [JqTheory]
    [MemberData(nameof(Shells))]
    public async Task Jq_reads_every_answer(string shell)
    {
        Finished finished = (await RunAsync(
            shell, """memory_graph < session | jq -r 'select(.id > 0) | .result | [(.isError // false), .content[0].text] | @tsv'"""))
            .WithoutComplaint();
        string[] lines = finished.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("false\t", line, StringComparison.Ordinal));
        Assert.Contains("\"Ada\" [thing]", lines[2], StringComparison.Ordinal);
    }

    private void AssertWholeSession(Finished finished)
    {
        Assert.Equal([0, 1, 2, 3], finished.Answers.Select(answer => answer.Id));
        Assert.All(finished.Answers, answer => Assert.False(answer.IsError, answer.Text));
        Assert.Contains("\"Ada\" [thing]", finished.Answers[3].Text, StringComparison.Ordinal);
        Assert.Equal(["Ada", "Bob"], Recorded());
    }

    private IEnumerable<string> Recorded() => LoggedEvent.ReadAll(_sandbox.Log).Select(one => one.Name);

    private async Task<Finished> RunAsync(string shell, string script)
    {
        await File.WriteAllTextAsync(
            Path.Combine(_sandbox.Work, "session"),
            Request.Session([ToolCall.Create("Ada"), ToolCall.Create("Bob"), ToolCall.Search("Ada")]));

        string command = string.Join(' ', _sandbox.Serve(programs.Any).Command.Select(part => $"'{part}'"));
        return await _sandbox.Run([shell, "-c", $"memory_graph() {{ {command}; }}\n{script}"]).PipeAsync();
    }
}
