using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.RegularExpressions;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Install;
using MemoryGraph.Mcp.Terminals;
using MemoryGraph.Text;
using Command = System.CommandLine.Command;

namespace MemoryGraph.Mcp.Cli;

/// <summary>A command about a client's configuration. It opens no memory.</summary>
internal abstract partial class ClientCommand : Command
{
    private static readonly string[] Names = [.. ClientCatalogue.All.Select(client => client.Name)];

    private readonly CliOptions _frame;

    private readonly Argument<string> _client = new("client")
    {
        Description = $"Which client: {string.Join(", ", Names)}.",
        HelpName = string.Join('|', Names),
    };

    private readonly Option<string?> _scope = new("--scope")
    {
        Description = "For whom: user (you, everywhere), project (all who share the project's files), "
            + "local (you, in this project; Claude Code only).",
        HelpName = "user|project|local",
    };

    private readonly Option<string> _name = new("--name")
    {
        Description = $"What the client calls the server. Default: {ProductVersion.Name}.",
        HelpName = "name",
        DefaultValueFactory = _ => ProductVersion.Name,
    };

    private readonly Option<bool> _dryRun =
        new("--dry-run") { Description = "Show what would change, and change nothing." };

    protected ClientCommand(string name, string description, CliOptions frame)
        : base(name, description)
    {
        _frame = frame;
        Arguments.Add(_client);
        foreach (Option option in new Option[] { _scope, _name, _dryRun, frame.Json })
        {
            Options.Add(option);
        }

        _name.Validators.Add(given =>
        {
            string said = given.GetValueOrDefault<string>();
            if (!ServerName().IsMatch(said))
            {
                given.AddError($"--name is {Quoted.Name(said)}; a server's name has 1 to 32 of the characters A-Z, "
                    + "a-z, 0-9, - and _.");
            }
        });
        Validators.Add(Check);
        SetAction(Run);
    }

    protected CliOptions Frame => _frame;

    protected Client ClientIn(ParseResult parsed) => Client(parsed.GetValue(_client))!;

    /// <summary>The client, while arguments are still being checked; null when it is none.</summary>
    protected Client? ClientOf(CommandResult given) => Client(given.GetValue(_client));

    /// <summary>The scope that was said; null when none was.</summary>
    protected ClientScope? ScopeIn(ParseResult parsed) => Scope(parsed.GetValue(_scope));

    protected string NameIn(ParseResult parsed) => parsed.GetValue(_name)!;

    protected bool IsDryRun(ParseResult parsed) => parsed.GetValue(_dryRun);

    /// <summary>Works out the changes and carries them out.</summary>
    /// <exception cref="ConfigurationException">A file refuses.</exception>
    protected abstract Answer Change(ParseResult parsed, InstallEnvironment around);

    /// <summary>Carries changes out, unless they are only to be shown.</summary>
    protected IReadOnlyList<string?> CarryOut(ParseResult parsed, IReadOnlyList<FileChange> changes) =>
        IsDryRun(parsed)
            ? [.. changes.Select(_ => (string?)null)]
            : FileChange.CarryOut(changes, _frame.Clock.GetUtcNow());

    /// <summary>Changes in sentences, each shown where it was not asked for or is not done.</summary>
    protected IEnumerable<string> Lines(
        ParseResult parsed, IReadOnlyList<FileChange> changes, IReadOnlyList<string?> backups)
    {
        foreach ((FileChange change, string? backup) in changes.Zip(backups))
        {
            yield return Sentence(change, NameIn(parsed), IsDryRun(parsed));
            if (change.Kind == ChangeKind.Replaced || (IsDryRun(parsed) && change.Kind != ChangeKind.None))
            {
                foreach (string line in UnifiedDiff.Lines(change.File.Path, change.File.Text, change.After))
                {
                    yield return line.TrimEnd('\r');
                }
            }

            if (backup is not null)
            {
                yield return $"What was there before is kept in {backup}.";
            }
        }
    }

    protected static Answer Of(IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        return new Answer(all[0], EventId.None, all[1..].Select(line => new Row(() => line)));
    }

    /// <summary>The members of the answer for scripts that both commands have.</summary>
    protected void Write(
        Utf8JsonWriter json,
        ParseResult parsed,
        ClientScope? scope,
        IReadOnlyList<FileChange> changes,
        IReadOnlyList<string?> backups)
    {
        json.WriteString("client", ClientIn(parsed).Name);
        json.WriteString("scope", scope is { } one ? Said(one) : null);
        json.WriteString("name", NameIn(parsed));
        json.WriteBoolean("dry_run", IsDryRun(parsed));
        json.WriteObjects("files", changes.Zip(backups), file =>
        {
            (FileChange change, string? backup) = file;
            json.WriteString("file", change.File.Path);
            json.WriteString("what", JsonNamingPolicy.SnakeCaseLower.ConvertName(change.What.ToString()));
            json.WriteString("change", JsonNamingPolicy.SnakeCaseLower.ConvertName(change.Kind.ToString()));
            json.WriteString("backup", backup);
            json.WriteTexts(
                "diff",
                change.Kind == ChangeKind.None ? []
                    : UnifiedDiff.Lines(change.File.Path, change.File.Text, change.After));
        });
    }

    /// <summary>A scope as it is typed.</summary>
    protected static string Said(ClientScope scope) => JsonNamingPolicy.SnakeCaseLower.ConvertName(scope.ToString());

    private static string Sentence(FileChange change, string name, bool dryRun)
    {
        string what = change.What == Installed.Server ? Quoted.Name(name) : "the text for assistants";
        string file = change.File.Path;
        return (change.Kind, dryRun) switch
        {
            (ChangeKind.None, _) => $"Already installed: {what} is in {file} as it should be.",
            (ChangeKind.Added, false) => $"Installed {what} in {file}.",
            (ChangeKind.Added, true) => $"Would install {what} in {file}.",
            (ChangeKind.Replaced, false) => $"Replaced what {file} had as {what}.",
            (ChangeKind.Replaced, true) => $"Would replace what {file} has as {what}.",
            (_, false) => $"Removed {what} from {file}.",
            (_, true) => $"Would remove {what} from {file}.",
        };
    }

    private int Run(ParseResult parsed)
    {
        var around = InstallEnvironment.Of(_frame.Project(parsed));
        if (around.Home.Length == 0)
        {
            _frame.TellFault(
                "There is no home folder, in which clients keep their configuration. Set HOME, then repeat.");
            return ExitCode.Usage;
        }

        using var screen = new Screen(_frame.Terminal);
        var writer = new AnswerWriter(_frame, parsed, screen);
        try
        {
            return writer.Show(Change(parsed, around));
        }
        catch (ConfigurationException refused)
        {
            return writer.Show(Answer.Refuse(new Refusal("configuration_refused", refused.Message)));
        }
    }

    private void Check(CommandResult given)
    {
        if (given.GetValue(_client) is { } said && Client(said) is null)
        {
            given.AddError($"{Quoted.Name(said)} is no client that is known here: give {string.Join(", ", Names)}.");
        }

        if (given.GetValue(_scope) is { } whom && Scope(whom) is null)
        {
            given.AddError($"--scope is {Quoted.Name(whom)}: give "
                + $"{string.Join(", ", Enum.GetValues<ClientScope>().Select(Said))}.");
        }
        else if (ClientOf(given) is { } client && Scope(given.GetValue(_scope)) is { } scope
            && !client.Scopes.Contains(scope))
        {
            given.AddError($"{client.Title} has no scope {Said(scope)}, only "
                + $"{string.Join(" and ", client.Scopes.Select(Said))}.");
        }
    }

    private static Client? Client(string? said) => ClientCatalogue.All.FirstOrDefault(one => one.Name == said);

    private static ClientScope? Scope(string? said) =>
        Enum.GetValues<ClientScope>().Select(one => (ClientScope?)one).FirstOrDefault(one => Said(one!.Value) == said);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ServerName();
}
