using System.CommandLine;
using System.Text.Json;
using MemoryGraph.Integrity;
using MemoryGraph.Log;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Terminals;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Cli;

/// <summary><c>memory-graph verify</c>: whether the log is as it was recorded, and where it is not.</summary>
internal sealed class VerifyCommand : ProjectCommand
{
    private readonly Option<FileInfo?> _against = new("--against")
    {
        Description = "A checkpoint that was kept: also proves that nothing up to it was cut off or recorded anew.",
        HelpName = "file",
    };

    public VerifyCommand(CliOptions frame)
        : base(
            "verify",
            "Check every event against its hashes: says whether, where and how anything was altered, inserted, removed or moved.",
            frame) => Options.Add(_against);

    protected override async Task<int> RunAsync(CommandContext call)
    {
        Checkpoint? against = null;
        if (call.Of(_against) is { } file && (against = await ReadAsync(file)) is null)
        {
            await call.Frame.TellFaultAsync(
                $"{file.FullName} is no checkpoint that can be read: give a file that \"{ProductVersion.Name} checkpoint\" wrote.");
            return ExitCode.Usage;
        }

        AuditReport report;
        using (var progress = new ProgressLine(
            call.Frame.Terminal, "Verifying", call.Projects.List().FirstOrDefault(one => one.IsOpen)?.Bytes ?? 0))
        {
            report = call.Project.Verify(against, progress, call.Cancel);
        }

        if (call.Json)
        {
            JsonAnswer.Write(call.Frame.Terminal.Output, json => Write(json, call.Project.Name, report));
        }
        else
        {
            call.Screen.Headline(AuditText.Headline(report));
            call.Screen.Rows(AuditText.Rows(report));
            call.Screen.Footer($"— project {Quoted.Name(call.Project.Name)}");
        }

        return report.IsIntact ? ExitCode.Done : ExitCode.Unavailable;
    }

    private static async Task<Checkpoint?> ReadAsync(FileInfo file)
    {
        try
        {
            return Checkpoint.Parse(await File.ReadAllTextAsync(file.FullName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, string project, AuditReport report)
    {
        json.WriteString("project", project);
        json.WriteString("project_id", report.Project);
        json.WriteBoolean("intact", report.IsIntact);
        json.WriteNumber("events", report.Events);
        json.WriteNumber("findings_total", report.FindingsTotal);
        json.WriteStartArray("findings");
        foreach (AuditFinding finding in report.Findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(finding.Kind.ToString()));
            json.WriteString("segment", finding.Place.Segment);
            json.WriteNumber("line", finding.Place.Line);
            json.WriteNumber("offset", finding.Place.Offset);
            json.WriteNumber("first_event", finding.First.Value);
            json.WriteNumber("last_event", finding.Last.Value);
            json.WriteString("cause", finding.Cause);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        JsonChanges.WriteIds(json, "repairs", report.Repairs.Select(one => one.Id));
        JsonChanges.WriteIds(json, "restarts", report.Restarts);
        JsonChanges.WriteIds(json, "redactions", report.Redactions.Select(one => one.Id));

        // Nobody vouches for a log that is not whole.
        json.WriteString("checkpoint", report.IsIntact ? report.Head?.ToString() : null);
    }
}
