using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Install;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Cli;

/// <summary><c>memory-graph install CLIENT</c>: has a client start this program as its server.</summary>
internal sealed class InstallCommand : ClientCommand
{
    private readonly Option<string?> _tools = new("--tools")
    {
        Description = $"Which tools to serve: {string.Join(", ", CommandLine.ToolSets.Keys)}.",
        HelpName = string.Join('|', CommandLine.ToolSets.Keys),
    };

    private readonly Option<bool> _readOnly =
        new("--read-only") { Description = "Serve only tools that change nothing." };

    private readonly Option<bool> _instructions = new("--instructions")
    {
        Description = "Also write a short text that makes assistants use the memory into the project's CLAUDE.md, "
            + "AGENTS.md or Cursor rules.",
    };

    private readonly Option<bool> _showInstructions = new("--show-instructions")
    {
        Description = "Print that text, and do nothing else.",
    };

    public InstallCommand(CliOptions frame)
        : base(
            "install",
            "Have a client start this program: merges its configuration, keeps all else in it and a copy beside it.",
            frame)
    {
        foreach (Option option in new Option[] { _tools, _readOnly, _instructions, _showInstructions })
        {
            Options.Add(option);
        }

        Validators.Add(Check);
    }

    protected override Answer Change(ParseResult parsed, InstallEnvironment around)
    {
        if (parsed.GetValue(_showInstructions))
        {
            return Of(Instructions.Text.Split('\n')) with
            {
                Json = json => json.WriteString("instructions", Instructions.Text),
            };
        }

        Client client = ClientIn(parsed);
        ClientScope scope = ScopeIn(parsed) ?? client.Scopes[0];
        var installation = new Installation(client, NameIn(parsed), around);
        if (FaultIn(parsed, installation, scope) is { } fault)
        {
            return Answer.Faulty(fault);
        }

        ProjectOptions said = Frame.Project(parsed);
        var settings = new ServerSettings(
            said.Project is { } project && ProjectOptions.IsPath(project) ? said.FullPath(project) : said.Project,
            StoreFor(client, said), parsed.GetValue(_tools), parsed.GetValue(_readOnly));
        var program = ServerProgram.Of(Frame.Program, said.InstallDirectory, said.Environment("PATH"));
        JsonObject entry = program.EntryFor(client, scope, settings);
        FileChange[] changes =
        [
            .. installation.Install(scope, entry),
            .. parsed.GetValue(_instructions) ? [installation.InstallInstructions()] : Array.Empty<FileChange>(),
        ];
        IReadOnlyList<string?> backups = CarryOut(parsed, changes);
        string[] notes = [.. Notes(client, scope, settings, program, entry), .. Unseen(said)];
        Answer answer = Of(Lines(parsed, changes, backups).Concat(notes)) with
        {
            Json = json =>
            {
                Write(json, parsed, scope, changes, backups);
                json.WritePropertyName("entry");
                entry.WriteTo(json);
                json.WriteTexts("notes", notes);
                json.WriteString("next", client.Next(scope, NameIn(parsed)));
            },
        };
        return IsDryRun(parsed) ? answer : answer with
        {
            Next = "Next: " + client.Next(scope, NameIn(parsed)),
            Footer = Offer(client, installation, parsed.GetValue(_instructions)),
        };
    }

    // What in the arguments makes no sense here; null when all does.
    private string? FaultIn(ParseResult parsed, Installation installation, ClientScope scope)
    {
        ProjectOptions said = Frame.Project(parsed);
        return said.Project is { } project && ProjectOptions.IsPath(project)
            && !Directory.Exists(said.FullPath(project))
                ? $"--project is {Quoted.Name(project)}, which is no folder on this machine."
            : !installation.Scopes.Contains(scope)
                || (parsed.GetValue(_instructions) && installation.InstructionPath is null)
                ? "There is no project here to install in: go into its folder, or give it with --project PATH"
                    + (parsed.GetValue(_instructions) ? "." : ", or install for all projects with --scope user.")
            : null;
    }

    private static IEnumerable<string> Notes(
        Client client, ClientScope scope, ServerSettings settings, ServerProgram program, JsonObject entry)
    {
        string[] command = [$"{entry["command"]}", .. entry["args"]!.AsArray().Select(argument => $"{argument}")];
        yield return $"It starts: {string.Join(' ', command.Select(Word))}";
        if (scope == ClientScope.User && settings.Project is not null && client.FixedProject is null)
        {
            yield return $"Whatever project {client.Title} works in, memory goes to {Quoted.Name(settings.Project)}.";
        }
        else if (scope == ClientScope.User && settings.Project is null && client.FixedProject is { } one)
        {
            yield return $"{client.Title} has no projects: memory goes to the project {Quoted.Name(one)}. --project "
                + "names another.";
        }
        else if (scope == ClientScope.User && settings.Project is null && client.ProjectVariable is not null)
        {
            yield return $"{client.Title} does not tell a server of this scope which project it works in; where it "
                + "starts it in no project, memory goes to the project \"default\". --scope project keeps a memory "
                + "for each project.";
        }

        if (scope == ClientScope.Project && program.ShortName is null)
        {
            yield return "The file is shared with all who work on the project, and names this program by its path "
                + $"on this machine. With {ProductVersion.Name} on the search path, install again, and it is named "
                + "by that.";
        }
    }

    // A relative one lies inside the project that the server is started for; without projects it is meant from here.
    private static string? StoreFor(Client client, ProjectOptions said) =>
        said.Store is { } store && client.FixedProject is not null ? said.FullPath(store) : said.Store;

    // What counts in this terminal counts for a client only where that sees it, too.
    private static IEnumerable<string> Unseen(ProjectOptions said) =>
        from setting in new[]
        {
            (Option: "--store", Value: said.Store, Variable: ProjectOptions.StoreVariable),
            (Option: "--project", Value: said.Project, Variable: ProjectOptions.ProjectVariable),
        }
        where setting.Value is null && said.Environment(setting.Variable) is { Length: > 0 }
        select $"{setting.Variable} is set here, but applications that are not started from here do not see it: "
            + $"{setting.Option} writes it down.";

    private static string Word(string word) => word.Contains(' ', StringComparison.Ordinal) ? Quoted.Name(word) : word;

    private static string Offer(Client client, Installation installation, bool written) =>
        written ? "Assistants read the text at the start of their next session."
        : client.InstructionFile is null ? "--show-instructions prints a short text that makes assistants use the "
            + "memory; paste it where you keep instructions for them."
        : "To make assistants use the memory, --instructions writes a short text into "
            + (installation.InstructionPath is null ? "the project's " : "")
            + $"{string.Join('/', client.InstructionFile)}; --show-instructions prints it.";

    private void Check(CommandResult given)
    {
        ToolSet set = ToolSet.Default;
        if (given.GetValue(_tools) is { } tools && !CommandLine.ToolSets.TryGetValue(tools, out set))
        {
            given.AddError($"--tools is {Quoted.Name(tools)}: give {string.Join(", ", CommandLine.ToolSets.Keys)}.");
        }

        if (!given.GetValue(_instructions))
        {
            return;
        }

        if (given.GetValue(_readOnly) || set == ToolSet.ServerMemory)
        {
            given.AddError("--instructions tells assistants to use tools that --read-only and --tools server-memory "
                + "do not serve.");
        }

        if (ClientOf(given) is { InstructionFile: null } client)
        {
            given.AddError($"{client.Title} reads no file with instructions: --show-instructions prints them, to "
                + "paste where you keep yours.");
        }
    }
}
