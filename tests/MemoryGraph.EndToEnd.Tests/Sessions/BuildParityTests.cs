using System.Text;
using System.Text.RegularExpressions;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Sessions;

/// <summary>The native program and the one for the JIT say the same, byte for byte.</summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed partial class BuildParityTests(Programs programs)
{
    private const int ToolsListBytesMax = 16 * 1024;

    private const string Ping = """{"jsonrpc":"2.0","id":27,"method":"ping"}""";

    private static readonly string[] Mistakes =
    [
        """{"jsonrpc":"2.0","id":20,"method":"tools/call","params":{"name":"create_entity","arguments":{"nam":"x"}}}""",
        """{"jsonrpc":"2.0","id":21,"method":"tools/call","params":{"name":"no_such_tool","arguments":{}}}""",
        """{"jsonrpc":"2.0","id":22,"method":"tools/call","params":{"name":"open_nodes","arguments":{"names":"LoginForm"}}}""",
        """{"jsonrpc":"2.0","id":23,"method":"tools/call","params":{"name":"search_nodes","arguments":{"query":"no such words"}}}""",
        """{"jsonrpc":"2.0","id":24,"method":"tools/call","params":{"name":"open_nodes","arguments":{"names":["LoginFrom"]}}}""",
        """{"jsonrpc":"2.0","id":25,"method":"resources/list"}""",
        """{"jsonrpc":"2.0","id":26,"method":"no/such/method"}""",
        Ping,
        """not JSON""",
        """{"jsonrpc":"2.0","id":28,"method":"tools/call","params":{"name":"search_nodes","arguments":{"query":"\ud83d"}}}""",
    ];

    [NativeFact]
    public async Task The_list_of_tools_is_the_same_and_small()
    {
        using var sandbox = new Sandbox();
        string session = Request.Initialize(0) + "\n" + Request.Initialized + "\n" + Request.ToolsList(1) + "\n";
        string native = (await sandbox.Serve(programs.Native).PipeAsync(session)).WithoutComplaint().Output;
        string jit = (await sandbox.Serve(programs.Jit).PipeAsync(session)).WithoutComplaint().Output;
        Assert.Equal(jit, native);
        string list = native.Split('\n')[1];
        Assert.Contains("\"tools\":", list, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(list), 1, ToolsListBytesMax);
    }

    [NativeFact]
    public async Task A_whole_session_with_mistakes_is_answered_the_same()
    {
        string session = await File.ReadAllTextAsync(Path.Combine(BuildPlaces.Samples, "first-session.jsonl"))
            + string.Concat(Mistakes.Select(line => line + "\n"));
        Assert.Equal(await AnswerAsync(programs.Jit, session), await AnswerAsync(programs.Native, session));
    }

    // In a sandbox of its own; what must differ is blanked. A ping and a line that is no message wait for no turn, so
    // their answers may stand anywhere: they are put last.
    private static async Task<string> AnswerAsync(string[] program, string session)
    {
        using var sandbox = new Sandbox();
        Finished finished = (await sandbox.Serve(program).PipeAsync(session)).WithoutComplaint();
        string output = finished.Output.Replace(sandbox.Root, "[sandbox]", StringComparison.Ordinal);
        string[] answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] outOfTurn = [.. answers.Where(one => one.Contains("\"id\":27", StringComparison.Ordinal) || one.Contains("-32700", StringComparison.Ordinal))];
        Assert.Equal((21, 2), (answers.Length, outOfTurn.Length));
        return Differing().Replace(string.Join('\n', [.. answers.Except(outOfTurn), .. outOfTurn.Order(StringComparer.Ordinal)]), "[differs]");
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\dZ|just now|\d+ min ago|project id [0-9a-f]{32}|\.NET [0-9.]+|\d+ bytes", RegexOptions.CultureInvariant)]
    private static partial Regex Differing();
}
