using System.CommandLine;
using System.CommandLine.Help;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Projects;

namespace MemoryGraph.Mcp.Cli;

/// <summary>The program's commands and options.</summary>
/// <param name="serve">Serves over standard input and output until the input ends.</param>
/// <param name="surroundings">Makes project options from the three arguments and the program's environment.</param>
/// <param name="serveByDefault">Whether no command at all means to serve, as when input is piped.</param>
internal sealed class CommandLine(
    Func<ServeSettings, CancellationToken, Task<int>> serve,
    Func<(string? Store, string? Project, string? User), ProjectOptions> surroundings,
    bool serveByDefault)
{
    private readonly Option<string?> _store = new("--store")
    {
        Description = $"Folder that holds memories. Default: ${ProjectOptions.StoreVariable}, else ~/.memory-graph; "
            + "relative to the project's root.",
        HelpName = "folder",
        Recursive = true,
    };

    private readonly Option<string?> _project = new("--project")
    {
        Description = $"A memory's name, or a path in the project. Default: ${ProjectOptions.ProjectVariable}, "
            + $"else ${ProjectOptions.ClientDirectoryVariable}, else the git repository around the working directory.",
        HelpName = "name|path",
        Recursive = true,
    };

    private readonly Option<string?> _user = new("--user")
    {
        Description = $"Who changes are made for. Default: ${ProjectOptions.UserVariable}, else git's user.name, "
            + "else the system's user.",
        HelpName = "name",
        Recursive = true,
    };

    private readonly Option<ToolSet> _tools = new("--tools")
    {
        Description = "Which tools to serve: core (the fewest), default or all.",
        HelpName = "core|default|all",
    };

    private readonly Option<bool> _readOnly = new("--read-only") { Description = "Serve only tools that change nothing." };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON for scripts." };

    /// <summary>Runs the command that the arguments name.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        ParseResult parsed = Root(output, errors).Parse(arguments);
        var invocation = new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false };
        try
        {
            int code = await parsed.InvokeAsync(invocation, cancel);
            return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever read the output went away, as "| head" does, or it was never open; there is nobody to tell.
            return ExitCode.Unavailable;
        }
    }

    private RootCommand Root(TextWriter output, TextWriter errors)
    {
        var root = new RootCommand(
            "The memory of AI coding assistants: an MCP server that keeps what was learnt as events in an append-only log. "
            + "With piped input it serves; see https://modelcontextprotocol.io for clients.")
        {
            _store, _project, _user, _tools, _readOnly,
        };
        root.SetAction((parsed, cancel) =>
            serveByDefault ? serve(Settings(parsed), cancel) : Task.FromResult(new HelpAction().Invoke(parsed)));
        var serveCommand = new Command("serve", "Serve MCP over standard input and output (the default when input is piped).")
        {
            _tools, _readOnly,
        };
        serveCommand.SetAction((parsed, cancel) => serve(Settings(parsed), cancel));
        var status = new Command("status", "Show which memory this is, where it lies and how it is.") { _json };
        status.SetAction((parsed, _) => StatusCommand.RunAsync(Project(parsed), parsed.GetValue(_json), output, errors));
        root.Subcommands.Add(serveCommand);
        root.Subcommands.Add(status);
        return root;
    }

    private ServeSettings Settings(ParseResult parsed) =>
        new(Project(parsed), parsed.GetValue(_tools), parsed.GetValue(_readOnly));

    private ProjectOptions Project(ParseResult parsed) =>
        surroundings((parsed.GetValue(_store), parsed.GetValue(_project), parsed.GetValue(_user)));
}

/// <summary>What to serve.</summary>
internal sealed record ServeSettings(ProjectOptions Project, ToolSet Tools, bool ReadOnly);
