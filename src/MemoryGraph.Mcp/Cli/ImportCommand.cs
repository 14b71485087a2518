using System.CommandLine;
using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Exchange;
using MemoryGraph.Integrity;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Terminals;
using MemoryGraph.Memory;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Cli;

/// <summary>
/// <c>memory-graph import FORMAT FILE</c>: takes over what another memory knows; shows what that would be with
/// <c>--dry-run</c>.
/// </summary>
internal sealed class ImportCommand : ProjectCommand
{
    private const string StandardInput = "-";

    private readonly Argument<string> _format = new("format")
    {
        Description = "events: what export events wrote; into an empty memory byte for byte. "
            + "server-memory: memory.jsonl of the reference memory server. rust-memory-graph: its event file.",
    };

    private readonly Argument<string> _file = new("file") { Description = "The file; - reads standard input." };

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Show what would be different, and change nothing.",
    };

    public ImportCommand(CliOptions cli)
        : base(
            "import",
            "Take over what another memory knows: as events with their origin, each once. What is known here "
            + "already stays.",
            cli)
    {
        _format.AcceptOnlyFromAmong("events", "server-memory", "rust-memory-graph");
        Arguments.Add(_format);
        Arguments.Add(_file);
        Options.Add(_dryRun);
    }

    protected override async Task<int> RunAsync(CommandContext call)
    {
        string name = call.Of(_file)!;
        Answer? answer;
        string before = "";
        try
        {
            await using Stream file = await OpenAsync(call, name);
            before = " What was imported before that stays; importing again goes on.";
            answer = await RunAsync(call, name, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            call.Cli.WriteError(
                $"{Quoted.Name(name)} could not be read: {Reason(e)}.{before}");
            return ExitCode.Refused;
        }

        // Not above: output that cannot be written is no fault of the file.
        return answer is null ? ExitCode.Refused : call.Show(answer);
    }

    // Null after a fault was told.
    private async Task<Answer?> RunAsync(CommandContext call, string name, Stream file)
    {
        if (SourceOf(call.Of(_format)!, name, file) is not { } source)
        {
            call.Cli.WriteError(
                $"{Quoted.Name(name)} does not begin as a log of {ProductVersion.Name} does: give a file that "
                + $"\"export events\" wrote.");
            return null;
        }

        if (source is EventsFile && !call.Of(_dryRun) && await RestoreAsync(call, file) is { } restored)
        {
            return Of(call, restored);
        }

        file.Position = 0;
        using var progress = new ProgressLine(call.Cli.Terminal, "Importing", file.Length);
        Author author = await call.AuthorAsync();
        ImportReport report = call.Of(_dryRun)
            ? await call.Project.PreviewImportAsync(source, file, author, progress, call.Cancel)
            : await call.Project.ImportAsync(source, file, author, progress, call.Cancel);
        progress.Dispose();
        return Of(report);
    }

    // A whole log goes into an empty memory as it is. Null when it is to be imported event by event.
    private static async Task<AuditReport?> RestoreAsync(CommandContext call, Stream file)
    {
        AuditReport? report;
        using (var progress = new ProgressLine(call.Cli.Terminal, "Checking", file.Length))
        {
            report = await call.Project.RestoreAsync(file, progress, call.Cancel);
        }

        if (report is { FindingsTotal: > 0, Findings: [var finding, ..] })
        {
            call.Cli.WriteError(
                $"This is no whole log (line {finding.Place.Line}: {finding.Cause}), so what can be read of it is "
                + "imported event by event.");
        }

        return report is { FindingsTotal: 0 } ? report : null;
    }

    private static Answer Of(CommandContext call, AuditReport restored) =>
        new($"Restored {FactText.Count(restored.Events, "event", "events")}, byte for byte.", EventId.None, [])
        {
            Footer = $"— project {Quoted.Name(call.Project.Name)}",
            Json = json =>
            {
                json.WriteString("project", call.Project.Name);
                json.WriteBoolean("restored", true);
                json.WriteNumber("recorded", restored.Events);
            },
        };

    private static Answer Of(ImportReport report) =>
        new(ImportText.Headline(report), report.Standing.Last, ImportText.Rows(report))
        {
            Footer = ToolAnswer.Footer(report.Standing),
            Next = report is { Recorded: > 0, Changes: null }
                ? FormattableString.Invariant(
                    $"To take this back: {ProductVersion.Name} undo --session {report.First.Value} --yes") : null,

            // A file of another kind, most likely.
            Outcome = report is { Events: 0, NotesTotal: > 0 } ? Outcome.Incomplete : Outcome.Done,
            Json = json => Write(json, report),
        };

    private static MemorySource? SourceOf(string format, string name, Stream file) => format switch
    {
        "events" => EventsFile.Of(file),
        "server-memory" => new ServerMemoryFile(PathOf(name), LastWriteOf(file)),
        "rust-memory-graph" => new RustMemoryGraphFile(PathOf(name)),
        _ => throw new System.Diagnostics.UnreachableException($"{format} is no format"),
    };

    private static string PathOf(string name) => name == StandardInput ? name : Path.GetFullPath(name);

    // What came through a pipe was written just now.
    private static long LastWriteOf(Stream file) =>
        new DateTimeOffset(File.GetLastWriteTimeUtc(((FileStream)file).SafeFileHandle)).ToUnixTimeMilliseconds();

    // Something that can be sought in: what comes through a pipe is put aside first.
    private static async Task<Stream> OpenAsync(CommandContext call, string name)
    {
        if (name == StandardInput)
        {
            return await PutAsideAsync(call.Cli.Terminal.InputBytes, call.Cancel);
        }

        var file = new FileStream(name, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 0 });
        if (file.CanSeek)
        {
            return file;
        }

        // A pipe with a name: mkfifo, /dev/stdin, or what <(…) is in a shell.
        await using (file)
        {
            return await PutAsideAsync(file, call.Cancel);
        }
    }

    private static async Task<Stream> PutAsideAsync(Stream pipe, CancellationToken cancel)
    {
        string aside = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(aside, options);
        await pipe.CopyToAsync(file, cancel);
        file.Position = 0;
        return file;
    }

    private static string Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "it is a folder, or may not be read by you",
        _ => "the system failed to read it",
    };

    private static void Write(Utf8JsonWriter json, ImportReport report)
    {
        json.WriteString("project", report.Standing.Project);
        json.WriteNumber("last_event", report.Standing.Last.Value);
        json.WriteString("source", report.Source);
        json.WriteBoolean("dry_run", report.Changes is not null);
        json.WriteNumber("read", report.Events);
        json.WriteNumber("recorded", report.Recorded);
        if (report.First > EventId.None)
        {
            json.WriteNumber("first_event", report.First.Value);
        }

        json.WriteNumber("notes_total", report.NotesTotal);
        json.WriteObjects("notes", report.Notes, note =>
        {
            json.WriteString("where", note.Where);
            json.WriteString("what", note.What);
        });
        if (report.Changes is { } changes)
        {
            json.WriteChanges(changes);
        }
    }
}
