using System.CommandLine;
using System.Text.Json;
using MemoryGraph.Integrity;
using MemoryGraph.Mcp.Answers;

namespace MemoryGraph.Mcp.Cli;

/// <summary>
/// <c>memory-graph repair</c>: mends a damaged log. Shows what would be given up; does it with <c>--yes</c>.
/// </summary>
internal sealed class RepairCommand : ProjectCommand
{
    private readonly Option<bool> _yes = new("--yes") { Description = "Do it." };
    private readonly Option<string?> _reason = CliOptions.Reason("Why; kept in history.");

    public RepairCommand(CliOptions frame)
        : base(
            "repair",
            "Mend a damaged log: give up what cannot be trusted, keep the rest as it is, and keep a copy of the damaged log. "
            + "Shows what would be given up, and does it with --yes.",
            frame)
    {
        Options.Add(_yes);
        Options.Add(_reason);
    }

    protected override async Task<int> RunAsync(CommandContext call)
    {
        RepairReport report = await call.Project.RepairAsync(
            await call.AuthorAsync(), call.Of(_reason), apply: call.Of(_yes), call.Cancel);
        if (call.Json)
        {
            JsonAnswer.Write(call.Frame.Terminal.Output, json => Write(json, call.Project.Name, report));
        }
        else
        {
            Tell(call, report);
        }

        return ExitCode.Done;
    }

    private static void Tell(CommandContext call, RepairReport report)
    {
        if (!report.Needed)
        {
            call.Screen.Headline($"Nothing to repair. {AuditText.Headline(report.Found)}");
            return;
        }

        string events = FactText.Count(report.Lost.Count, "event", "events");
        call.Screen.Headline(report.Recorded is { } recorded
            ? $"Repaired: {events} given up; {recorded.Id} records that."
            : $"Preview, nothing was changed. {AuditText.Headline(report.Found)}");
        call.Screen.Rows(report.Found.Findings.Select(finding => new Row(finding.ToString)));
        call.Screen.Line(report.Recorded is null
            ? $"Would be given up: {events}. Everything else would stay as it is."
            : "Everything else stays as it was.");
        call.Screen.Rows(report.Lost.Select(lost => new Row(() => $"  {lost.Id}: {lost.Cause}", () => "")));
        if (report.HeaderRebuilt)
        {
            call.Screen.Line(report.Recorded is null ? "The first line would be made anew." : "The first line was made anew.");
        }

        call.Screen.Line($"{(report.Recorded is null ? "The damaged log would be kept" : "The damaged log is kept")} as quarantine/{report.Quarantine}.");
        if (report.Recorded is null)
        {
            call.Screen.Line("With --yes this is done.");
        }
    }

    private static void Write(Utf8JsonWriter json, string project, RepairReport report)
    {
        json.WriteString("project", project);
        json.WriteBoolean("needed", report.Needed);
        json.WriteBoolean("preview", report.Recorded is null);
        json.WriteStartArray("lost");
        foreach (LostEvent lost in report.Lost)
        {
            json.WriteStartObject();
            json.WriteNumber("event_id", lost.Id.Value);
            json.WriteString("cause", lost.Cause);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("header_rebuilt", report.HeaderRebuilt);
        json.WriteString("quarantine", report.Quarantine);
        JsonChanges.WriteIds(json, "recorded", report.Recorded is { } recorded ? [recorded.Id] : []);
    }
}
