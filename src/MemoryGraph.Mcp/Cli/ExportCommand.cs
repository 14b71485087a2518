using System.CommandLine;
using MemoryGraph.Domain;
using MemoryGraph.Exchange;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Terminals;
using MemoryGraph.Memory;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Cli;

/// <summary><c>memory-graph export FORMAT</c>: the memory for other programs, now or as of a point.</summary>
internal sealed class ExportCommand : ProjectCommand
{
    private const string Events = "events";

    // What Mermaid draws unless it is configured otherwise.
    private const int LinksDrawn = 500;

    private readonly Argument<string> _format = new("format")
    {
        Description = $"{Formats}. events: the log itself, to be verified and restored from. server-memory: the "
            + "file of the reference memory server. markdown: notes to read. mermaid: a diagram. graphml: for yEd, "
            + "Gephi and others. json: entities and relations.",
        HelpName = "format",
    };

    private readonly Option<AsOf?> _at;
    private readonly Option<string?> _entity = new("--entity")
    {
        Description = "Only this entity, the ones it is linked to by name and type alone, and the relations between "
            + "it and them. Of events, those that touched it: they are no whole log.",
        HelpName = "name",
    };

    private readonly Option<FileInfo?> _output = new("--output", "-o")
    {
        Description = "Write to this file, for you alone to read, instead of standard output. It is there whole or "
            + "not at all.",
        HelpName = "file",
    };

    private readonly Option<bool> _force =
        new("--force") { Description = "With --output: replace a file that is there already." };

    public ExportCommand(CliOptions frame)
        : base(
            "export",
            "Write the memory for other programs and people: the log, the graph, notes or a diagram.",
            frame,
            hasUser: false,
            hasJson: false)
    {
        _at = frame.Option<AsOf>(new("--at", SharedParameters.At));
        _format.Validators.Add(given =>
        {
            string said = given.Tokens[0].Value;
            if (said != Events && ExportFormat.All.All(one => one.Name != said))
            {
                given.AddError($"{Quoted.Name(said)} is no format: give {Formats}.");
            }
        });
        Arguments.Add(_format);
        foreach (Option option in new Option[] { _at, _entity, _output, _force })
        {
            Options.Add(option);
        }

        Validators.Add(given =>
        {
            if (given.GetValue(_force) && given.GetResult(_output) is null)
            {
                given.AddError("--force is about a file: give --output with it.");
            }
        });
    }

    private static string Formats => string.Join(", ", ExportFormat.All.Select(one => one.Name).Prepend(Events));

    protected override Task<int> RunAsync(CommandContext call) => Task.FromResult(Run(call));

    private int Run(CommandContext call)
    {
        if (call.Of(_output) is not { } file)
        {
            return Write(call, () => call.Frame.Terminal.Output);
        }

        if (WhyNotReplaced(call, file) is { } reason)
        {
            return Refuse(call, $"{file.FullName} {reason}; nothing was written.");
        }

        if (!call.Of(_force) && (file.Exists || Directory.Exists(file.FullName)))
        {
            return Refuse(call, $"{file.FullName} is there already; nothing was written. Give --force to replace it.");
        }

        try
        {
            using var output = new OutputFile(file);
            int code = Write(call, () => output.Stream);
            if (code != ExitCode.Refused)
            {
                output.TakeItsPlace(replace: call.Of(_force));
                call.Screen.Line($"Wrote {file.FullName}.");
            }

            return code;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            call.Frame.TellFault(
                $"{file.FullName} could not be written. Choose another file, in a folder that exists and has room.");
            return ExitCode.Unavailable;
        }
    }

    // What --force must not put a file in the place of.
    private static string? WhyNotReplaced(CommandContext call, FileInfo file) =>
        file.FullName.StartsWith("/dev/", StringComparison.Ordinal)
            ? "is a device and no file: send standard output there"
        : string.Equals(file.DirectoryName, Path.GetFullPath(call.Project.Folder), StringComparison.Ordinal)
            ? "is the memory's own"
        : null;

    // The output is asked for when there is something to write: reading a large memory takes a while.
    private int Write(CommandContext call, Func<Stream> output)
    {
        AsOf at = call.Of(_at) ?? AsOf.Now;
        string? entity = call.Of(_entity);
        return call.Of(_format) == Events ? WriteEvents(call, output(), at, entity)
            : WriteGraph(
                call, output, ExportFormat.All.First(one => one.Name == call.Of(_format)), new ExportQuery(at, entity));
    }

    private static int WriteEvents(CommandContext call, Stream output, AsOf at, string? entity)
    {
        EventsExported exported;
        long bytes = call.Projects.List().FirstOrDefault(one => one.IsOpen)?.Bytes ?? 0;
        using (var progress = new ProgressLine(call.Frame.Terminal, "Exporting", bytes * 2))
        {
            exported = call.Project.ExportEvents(output, at, entity, ProductVersion.Name, progress, call.Cancel);
        }

        if (exported.Refused is { } refused)
        {
            return call.Refuse(refused);
        }

        if (!exported.Copied.HasLog)
        {
            return Refuse(
                call, $"Nothing was ever recorded in {Quoted.Name(call.Project.Name)}, so there is no log to export.");
        }

        if (at != AsOf.Now && exported.UpTo > exported.Copied.Last)
        {
            call.Frame.TellFault(
                $"Only whole calls that are safe on the disk are exported: up to {exported.UpTo}, they end at "
                + $"{exported.Copied.Last}.");
        }

        if (entity is not null)
        {
            call.Frame.TellFault(
                $"These are the {FactText.Count((int)exported.Copied.Events, "event", "events")} that touched "
                + $"{Quoted.Name(entity)}, not a whole log: "
                + "it cannot be verified or restored from.");
        }

        return ExitCode.Done;
    }

    private static int WriteGraph(CommandContext call, Func<Stream> output, ExportFormat format, ExportQuery query)
    {
        (GraphExport graph, ProjectStatus standing, int links) = call.Project.Ask(
            query, ProductVersion.Name, (graph, standing) =>
        {
            if (graph.Refused is null)
            {
                format.Write(graph, output());
            }

            return (graph, standing, format.Name == "mermaid" ? graph.Relations.Count() : 0);
        });
        if (graph.Refused is { } refused)
        {
            return call.Refuse(refused);
        }

        if (graph.Moment.NotYet is { } ahead)
        {
            call.Frame.TellFault($"There is no event {ahead} yet; this is the present.");
        }

        if (links > LinksDrawn)
        {
            call.Frame.TellFault(FormattableString.Invariant(
                $"The diagram has {links} links. Mermaid draws {LinksDrawn} unless maxEdges and maxTextSize are raised; ")
                + "--entity exports a part.");
        }

        if (standing.Health is { } health)
        {
            call.Frame.TellFault($"This is what can be read. {health.Explanation}");
            return ExitCode.Unavailable;
        }

        return ExitCode.Done;
    }

    private static int Refuse(CommandContext call, string why)
    {
        call.Frame.TellFault(why);
        return ExitCode.Refused;
    }
}
