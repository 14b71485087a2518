using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Log;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Terminals;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Cli;

/// <summary>
/// What all commands share: the options that say which memory is meant, and what becomes of a failure.
/// </summary>
/// <param name="surroundings">Makes project options from the three arguments and the program's environment.</param>
/// <param name="terminal">Where words go.</param>
/// <param name="clock">Tells the present, for points such as "yesterday".</param>
internal sealed class CliOptions(
    Func<(string? Store, string? Project, string? User), ProjectOptions> surroundings, Terminal terminal, TimeProvider clock)
{
    public const int Unlimited = int.MaxValue;

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

    /// <summary>The options of every command.</summary>
    public IReadOnlyList<Option> Options => [_store, _project];

    /// <summary>Said of every command but those that mean somebody else by <c>--user</c>.</summary>
    public Option<string?> User { get; } = new("--user")
    {
        Description = $"Who changes are made for. Default: ${ProjectOptions.UserVariable}, else git's user.name, "
            + "else the system's user.",
        HelpName = "name",
    };

    /// <summary>Said of every command that prints something.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON for scripts." };

    /// <summary>The file that runs: this program, or the runtime that runs it.</summary>
    public string Program { get; init; } = Environment.ProcessPath ?? ProductVersion.Name;

    public Terminal Terminal => terminal;

    public TimeProvider Clock => clock;

    /// <summary>Which memory the arguments mean.</summary>
    public ProjectOptions Project(ParseResult parsed) =>
        surroundings((Said(parsed.GetValue(_store)), Said(parsed.GetValue(_project)), Said(parsed.GetValue(User))));

    // An empty argument is what scripts and forms give for a setting that is not set.
    private static string? Said(string? argument) => string.IsNullOrWhiteSpace(argument) ? null : argument;

    /// <summary>An option that names a point in the history.</summary>
    /// <param name="startOfDay">Whether a day means its beginning, as the start of a period does.</param>
    public Option<AsOf?> Point(string name, string description, bool startOfDay = false) => new(name)
    {
        Description = description,
        HelpName = "point",
        CustomParser = said => PointOf(said, startOfDay),
    };

    /// <summary>Reads a point as people write it.</summary>
    public AsOf? PointOf(ArgumentResult said, bool startOfDay = false)
    {
        string text = said.Tokens[0].Value;
        AsOf? point = AsOf.Parse(text, clock.GetUtcNow(), clock.LocalTimeZone, startOfDay);
        if (point is null)
        {
            said.AddError($"{Quoted.Name(text)} is no point in the history: give {AsOf.Forms}.");
        }

        return point;
    }

    /// <summary>An option that names an event: <c>#42</c> or <c>42</c>.</summary>
    public static Option<EventId?> Event(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "event",
        CustomParser = said =>
        {
            EventId? id = EventId.OfCitation(said.Tokens[0].Value);
            if (id is null)
            {
                said.AddError($"{Quoted.Name(said.Tokens[0].Value)} is no event: give its number, as #42 or 42.");
            }

            return id;
        },
    };

    /// <summary>Reads numbers of events and ranges of them: <c>41-45 #50</c>.</summary>
    public static IReadOnlyList<EventRange> RangesOf(ArgumentResult said)
    {
        string text = string.Join(' ', said.Tokens.Select(token => token.Value));
        IReadOnlyList<EventRange>? ranges = said.Tokens.Count == 0 ? [] : EventRange.ParseList(text);
        if (ranges is null)
        {
            said.AddError($"{Quoted.Name(text)} names no events: give {EventRange.Forms}.");
        }

        return ranges ?? [];
    }

    /// <summary>An option that bounds how much is printed.</summary>
    public static Option<int?> Limit(string description) => Count("--limit", description);

    /// <summary>An option that says how many: 1 or more.</summary>
    public static Option<int?> Count(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "count",
        CustomParser = said =>
        {
            bool read = int.TryParse(said.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1;
            if (!read)
            {
                said.AddError(FormattableString.Invariant(
                    $"{name} must be a whole number from 1 to {int.MaxValue}, got {Quoted.Name(said.Tokens[0].Value)}."));
            }

            return read ? count : null;
        },
    };

    /// <summary>An option that says why a change is made.</summary>
    public static Option<string?> Reason(string description)
    {
        var option = new Option<string?>("--reason") { Description = description, HelpName = "text" };
        option.Validators.Add(given =>
        {
            string reason = given.GetValueOrDefault<string?>() ?? "";
            if (reason.Length > Limits.ReasonCharacters)
            {
                given.AddError(FormattableString.Invariant($"--reason has {reason.Length} characters; {Limits.ReasonCharacters} are allowed."));
            }

            if (StoredText.FaultIn(reason, oneLine: false) is { } fault)
            {
                given.AddError($"--reason contains {fault}, which cannot be stored.");
            }
        });
        return option;
    }

    /// <summary>Opens the memory that the arguments mean, and runs a command on it.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(ParseResult parsed, Func<CommandContext, Task<int>> run, CancellationToken cancel)
    {
        // A signal to end that comes before a command has returned to its caller ends the program without it; so it
        // returns at once.
        await Task.Yield();
        await using var projects = new CurrentProject(Project(parsed), ProductVersion.NameAndNumber, clock);
        if (projects.Current is not { } project)
        {
            await TellFaultAsync(projects.Refused!.Message);
            return ExitCode.Usage;
        }

        using var screen = new Screen(terminal);
        try
        {
            return await run(new CommandContext(this, parsed, projects, project, screen, cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            screen.Flush();
            await TellFaultAsync("Interrupted.");
            return ExitCode.Interrupted;
        }
        catch (LogException failure)
        {
            screen.Flush();
            await TellFaultAsync(failure.Message);
            return failure.Code is "cursor_in_use" or "cursor_lost" ? ExitCode.Refused : ExitCode.Unavailable;
        }
    }

    /// <summary>Says on standard error what went wrong.</summary>
    public Task TellFaultAsync(string message) => terminal.Errors.WriteLineAsync(Printable.Line(Quoted.OneLine(message)));

    /// <summary>Says what is wrong with the arguments, and where to read what a command takes.</summary>
    /// <remarks>All on standard error: a script expects an answer on standard output.</remarks>
    public async Task TellUsageAsync(IEnumerable<string> faults, ParseResult parsed)
    {
        foreach (string fault in faults)
        {
            await TellFaultAsync(fault);
        }

        string command = "";
        for (CommandResult? named = parsed.CommandResult; named?.Parent is CommandResult above; named = above)
        {
            command = $"{named.Command.Name} {command}";
        }

        await TellFaultAsync($"{ProductVersion.Name} {command}--help tells what it takes.");
    }
}
