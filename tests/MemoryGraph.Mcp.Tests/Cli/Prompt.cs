using System.Text.RegularExpressions;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Cli;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Terminals;
using MemoryGraph.Mcp.Tests.Projects;

namespace MemoryGraph.Mcp.Tests.Cli;

/// <summary>Where commands are typed, in the folder <c>app</c> of a machine of its own, and what they print.</summary>
internal sealed partial class Prompt : IDisposable
{
    private readonly StringWriter _errors = new() { NewLine = "\n" };
    private PrintedText _output = new();

    public Prompt() => Machine.Make("app");

    public Machine Machine { get; } = new();

    public SetClock Clock { get; } = new();

    /// <summary>What standard output is; plain unless a test says otherwise.</summary>
    public Func<Terminal, Terminal> Terminal { get; set; } = terminal => terminal;

    /// <summary>The environment.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The servers that were started.</summary>
    public List<ServeSettings> Served { get; } = [];

    /// <summary>All that was printed since the beginning or <see cref="Clear"/>.</summary>
    public string Output => _output.Text;

    public string Errors => _errors.ToString();

    /// <summary>The output without what differs from run to run: paths, ids, hashes, sizes and versions.</summary>
    public string Scrubbed => Scrub(Output);

    /// <summary>The same for errors.</summary>
    public string ScrubbedErrors => Scrub(Errors);

    public Task<int> RunAsync(params string[] arguments) => RunAsync(piped: false, arguments);

    /// <param name="piped">Whether standard input is a pipe.</param>
    public Task<int> RunAsync(bool piped, params string[] arguments) => RunAsync(piped, CancellationToken.None, arguments);

    public Task<int> RunAsync(bool piped, CancellationToken cancel, params string[] arguments)
    {
        var frame = new CliOptions(
            said => new ProjectOptions(said.Store, said.Project, said.User, Machine.Join("app"), Machine.Home, Machine.Program, Variables.GetValueOrDefault),
            Terminal(new Terminal(_output, _errors)),
            Clock)
        {
            Program = Path.Combine(Machine.Program, ProductVersion.Name),
        };
        var program = new CommandLine(
            (settings, _) =>
            {
                Served.Add(settings);
                return Task.FromResult(0);
            },
            frame,
            piped);
        return program.RunAsync(arguments, cancel);
    }

    /// <summary>Runs a command that is carried out, and gives what it printed.</summary>
    public async Task<string> TellAsync(params string[] arguments)
    {
        Clear();
        int code = await RunAsync(arguments);
        Assert.Equal((0, ""), (code, Errors));
        return Output;
    }

    /// <summary>Waits until a text was printed by a command that goes on.</summary>
    public Task PrintedAsync(string text) => _output.HoldsAsync(text);

    /// <summary>Forgets what was printed.</summary>
    public void Clear()
    {
        _output = new PrintedText();
        _errors.GetStringBuilder().Clear();
    }

    public void Dispose()
    {
        Machine.Dispose();
        _errors.Dispose();
        _output.Dispose();
    }

    private string Scrub(string printed) => Changing().Replace(
        printed.ReplaceLineEndings("\n")
            .Replace(Machine.Home, "(home)", StringComparison.Ordinal)
            .Replace(Machine.Work, "(work)", StringComparison.Ordinal)
            .Replace(Environment.CurrentDirectory, "(here)", StringComparison.Ordinal),
        "(…)");

    [GeneratedRegex("""(?<=app)-[0-9a-f]{8}|(?<=project id )\S+|(?<="project_id":")[^"]+|[0-9]+(?= bytes)|(?<="(?:log|memory)_bytes(?:_per_event)?":)[0-9]+|(?<=Version: memory-graph ).*|(?<="version":")[^"]+""")]
    private static partial Regex Changing();
}
