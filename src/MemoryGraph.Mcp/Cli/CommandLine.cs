using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Operations;
using MemoryGraph.Text;
using Command = System.CommandLine.Command;

namespace MemoryGraph.Mcp.Cli;

/// <summary>The program's commands.</summary>
/// <param name="serve">Serves over standard input and output until the input ends.</param>
/// <param name="frame">What the commands share.</param>
/// <param name="serveByDefault">Whether no command at all means to serve, as when input is piped.</param>
internal sealed class CommandLine(
    Func<ServeSettings, CancellationToken, Task<int>> serve, CliOptions frame, bool serveByDefault)
{
    // Told to end, a command still finishes what it is at; a busy machine takes its time for that.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    /// <summary>The sets of tools as they are written on the command line.</summary>
    public static IReadOnlyDictionary<string, ToolSet> ToolSets { get; } =
        new Dictionary<string, ToolSet>(StringComparer.OrdinalIgnoreCase)
        {
            ["core"] = ToolSet.Core,
            ["default"] = ToolSet.Default,
            ["all"] = ToolSet.All,
            ["server-memory"] = ToolSet.ServerMemory,
        };

    private readonly Option<ToolSet> _tools = new("--tools")
    {
        Description = "Which tools to serve: core (the fewest), default, all, or server-memory: "
            + "those of @modelcontextprotocol/server-memory and no others.",
        HelpName = string.Join('|', ToolSets.Keys),
        CustomParser = ToolSetOf,
    };

    private readonly Option<bool> _readOnly =
        new("--read-only") { Description = "Serve only tools that change nothing." };

    /// <summary>Runs the command that the arguments name.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(string[] arguments, CancellationToken cancel)
    {
        ParseResult parsed = Root().Parse(arguments);
        await using var output = new StreamWriter(frame.Terminal.Output, leaveOpen: true) { AutoFlush = true };
        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = frame.Terminal.Errors,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = EndLimit,
        };
        if (parsed.Action is ParseErrorAction)
        {
            frame.TellUsage(parsed.Errors.Select(mistake => mistake.Message), parsed);
            return ExitCode.Usage;
        }

        try
        {
            int code = await parsed.InvokeAsync(invocation, cancel);
            return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever read the output went away, as "| head" does, or it was never open, or its disk is full.
            if (!frame.Terminal.ReaderIsGone())
            {
                frame.TellFault("Standard output could not be written; what was printed is not all.");
            }

            return ExitCode.Unavailable;
        }
    }

    /// <summary>All commands with what they take.</summary>
    public RootCommand Root()
    {
        var root = new RootCommand(
            "The memory of AI coding assistants: an MCP server that keeps what was learnt as events in an "
            + "append-only log. With piped input it serves; see https://modelcontextprotocol.io for clients.")
        {
            frame.User, _tools, _readOnly,
        };
        foreach (Option option in frame.Options)
        {
            root.Options.Add(option);
        }

        root.SetAction((parsed, cancel) =>
            serveByDefault ? serve(Settings(parsed), cancel) : Task.FromResult(new HelpAction().Invoke(parsed)));
        var serveCommand = new Command(
            "serve", "Serve MCP over standard input and output (the default when input is piped).")
        {
            frame.User, _tools, _readOnly,
        };
        serveCommand.SetAction((parsed, cancel) => serve(Settings(parsed), cancel));
        root.Subcommands.Add(serveCommand);
        Command[] commands =
        [
            Of(StatusOperation.MemoryStatus), new LogCommand(frame), Of(ActivityOperation.GetUserActivity),
            Of(OpenOperation.OpenNodes), Of(SearchOperation.SearchNodes), Of(GraphAtOperation.QueryGraphAt),
            Of(DiffOperation.DiffGraph), Of(UndoOperations.Undo), Of(UndoOperations.Redo), Of(WhatIfOperation.WhatIf),
            Of(VerifyOperation.VerifyLog), new CheckpointCommand(frame), new RepairCommand(frame),
            Of(RedactOperation.Redact), new ImportCommand(frame), new ExportCommand(frame), new SnapshotCommand(frame),
            Of(ProjectsOperation.ListProjects), new InstallCommand(frame), new UninstallCommand(frame),
        ];
        foreach (Command command in commands)
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    private OperationCommand Of(Operation operation) => new(operation, operation.Command!, frame);

    private static ToolSet ToolSetOf(ArgumentResult said)
    {
        string name = said.Tokens[0].Value;
        if (!ToolSets.TryGetValue(name, out ToolSet set))
        {
            said.AddError($"--tools must be one of {string.Join(", ", ToolSets.Keys)}; got {Quoted.Name(name)}.");
        }

        return set;
    }

    private ServeSettings Settings(ParseResult parsed) =>
        new(frame.Project(parsed), parsed.GetValue(_tools), parsed.GetValue(_readOnly));
}

/// <summary>What to serve.</summary>
internal sealed record ServeSettings(ProjectOptions Project, ToolSet Tools, bool ReadOnly);
