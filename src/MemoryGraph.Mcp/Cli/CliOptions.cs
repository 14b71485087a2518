using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Operations;
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
    Func<(string? Store, string? Project, string? User), ProjectOptions> surroundings,
    Terminal terminal,
    TimeProvider clock)
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

    /// <summary>An option whose value is read as its parameter says.</summary>
    public Option<T?> Option<T>(CommandParameter one)
    {
        var option = new Option<T?>(one.Name)
        {
            Description = one.Help,
            Arity = one.Parameter is TextListParameter or EventsParameter
                ? ArgumentArity.OneOrMore
                : ArgumentArity.ExactlyOne,
            HelpName = one.ValueName ?? one.Parameter switch
            {
                PointParameter => "point",
                NumberParameter => "count",
                _ => "text",
            },
            CustomParser = said => (T?)Read(one, said),
        };
        if (one.ShortName is { } shortName)
        {
            option.Aliases.Add(shortName);
        }

        return option;
    }

    /// <summary>An option that bounds how much is printed.</summary>
    public Option<int?> Limit(string description) =>
        Option<int?>(new("--limit", Optional.Number("limit", description, 1, int.MaxValue, int.MaxValue)));

    /// <summary>Reads what was given for a parameter; null after an error was added.</summary>
    /// <remarks>What is stored is checked here; a text that is only looked for may be anything.</remarks>
    public object? Read(CommandParameter one, ArgumentResult said)
    {
        string text = string.Join(' ', said.Tokens.Select(token => token.Value));
        var place = new ArgumentPlace(one.Name, [], clock.GetUtcNow(), clock.LocalTimeZone);
        object? value = one.Parameter switch
        {
            TextParameter { Name: "reason" } when string.IsNullOrWhiteSpace(text) => null,
            TextParameter { Name: "reason" } or NumberParameter =>
                one.Parameter.ReadValue(JsonElement.Parse($"\"{JsonEncodedText.Encode(text)}\""), place),
            TextParameter => text,
            TextListParameter => said.Tokens.Select(token => token.Value).ToArray(),
            PointParameter { StartOfDay: var startOfDay } => AsOf.Parse(text, place.Now, place.Zone, startOfDay)
                ?? Fault($"{Quoted.Name(text)} is no point in the history: give {AsOf.Forms}."),
            EventsParameter => EventRange.ParseList(text)
                ?? Fault($"{Quoted.Name(text)} names no events: give {EventRange.Forms}."),
            _ => throw new System.Diagnostics.UnreachableException($"{one.Name} cannot be given in a terminal"),
        };
        foreach (string fault in place.Faults)
        {
            said.AddError(fault.Replace($"`{one.Name}`", one.Name, StringComparison.Ordinal));
        }

        return value;

        object? Fault(string sentence)
        {
            said.AddError(sentence);
            return null;
        }
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

    /// <summary>Opens the memory that the arguments mean, and runs a command on it.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(ParseResult parsed, Func<CommandContext, Task<int>> run, CancellationToken cancel)
    {
        // A signal to end that comes before a command has returned to its caller ends the program without it; so it
        // returns at once.
        await Task.Yield();
        await using var projects = new CurrentProject(Project(parsed), ProductVersion.NameAndNumber, clock);
        using var screen = new Screen(terminal);
        try
        {
            return await projects.RunAsync(
                project => run(new CommandContext(this, parsed, projects, project, screen, cancel)),
                refusal => TellFault(screen, refusal.Message, ExitCode.Usage),
                failure => TellFault(
                    screen,
                    failure.Message,
                    failure.Code is "cursor_in_use" or "cursor_lost" ? ExitCode.Refused : ExitCode.Unavailable));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return TellFault(screen, "Interrupted.", ExitCode.Interrupted);
        }
    }

    private int TellFault(Screen screen, string message, int code)
    {
        screen.Flush();
        TellFault(message);
        return code;
    }

    /// <summary>Says on standard error what went wrong.</summary>
    public void TellFault(string message) => terminal.Errors.WriteLine(Printable.Line(Quoted.OneLine(message)));

    /// <summary>Says what is wrong with the arguments, and where to read what a command takes.</summary>
    /// <remarks>All on standard error: a script expects an answer on standard output.</remarks>
    public void TellUsage(IEnumerable<string> faults, ParseResult parsed)
    {
        foreach (string fault in faults)
        {
            TellFault(fault);
        }

        string command = "";
        for (CommandResult? named = parsed.CommandResult; named?.Parent is CommandResult above; named = above)
        {
            command = $"{named.Command.Name} {command}";
        }

        TellFault($"{ProductVersion.Name} {command}--help tells what it takes.");
    }
}
