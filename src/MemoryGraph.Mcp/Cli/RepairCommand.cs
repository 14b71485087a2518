using System.CommandLine;
using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Integrity;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Cli;

/// <summary>
/// <c>memory-graph repair</c>: mends a damaged log. Shows what would be given up; does it with <c>--yes</c>.
/// </summary>
internal sealed class RepairCommand : ProjectCommand
{
    private readonly Option<bool> _yes = new("--yes") { Description = "Do it." };
    private readonly Option<string?> _reason;

    public RepairCommand(CliOptions frame)
        : base(
            "repair",
            "Mend a damaged log: give up what cannot be trusted, keep the rest as it is, and keep a copy of the "
            + "damaged log. Shows what would be given up, and does it with --yes.",
            frame)
    {
        Options.Add(_yes);
        Options.Add(_reason = frame.Option<string>(new("--reason", SharedParameters.Reason)));
    }

    protected override async Task<int> RunAsync(CommandContext call)
    {
        RepairReport report = await call.Project.RepairAsync(
            await call.AuthorAsync(), call.Of(_reason), apply: call.Of(_yes), call.Cancel);
        return call.Show(new Answer(Headline(report), EventId.None, Rows(report))
        {
            Next = report is { Needed: true, Recorded: null } ? "With --yes this is done." : null,
            Json = json => Write(json, call.Project.Name, report),
        });
    }

    private static string Headline(RepairReport report) =>
        !report.Needed ? $"Nothing to repair. {AuditText.Headline(report.Found)}"
        : report.Recorded is { } recorded
            ? $"Repaired: {FactText.Count(report.Lost.Count, "event", "events")} given up; {recorded.Id} records that."
        : $"Preview, nothing was changed. {AuditText.Headline(report.Found)}";

    private static IEnumerable<Row> Rows(RepairReport report)
    {
        if (!report.Needed)
        {
            yield break;
        }

        foreach (AuditFinding finding in report.Found.Findings)
        {
            yield return new Row(finding.ToString);
        }

        bool done = report.Recorded is not null;
        yield return new Row(() => done ? "Everything else stays as it was."
            : $"Would be given up: {FactText.Count(report.Lost.Count, "event", "events")}. Everything else would "
                + "stay as it is.");
        foreach (LostEvent lost in report.Lost)
        {
            yield return new Row(() => $"  {lost.Id}: {lost.Cause}", () => "");
        }

        if (report.HeaderRebuilt)
        {
            yield return new Row(() => done ? "The first line was made anew." : "The first line would be made anew.");
        }

        yield return new Row(() =>
            $"{(done ? "The damaged log is kept" : "The damaged log would be kept")} as "
            + $"quarantine/{report.Quarantine}.");
    }

    private static void Write(Utf8JsonWriter json, string project, RepairReport report)
    {
        json.WriteString("project", project);
        json.WriteBoolean("needed", report.Needed);
        json.WriteBoolean("preview", report.Recorded is null);
        json.WriteObjects("lost", report.Lost, lost =>
        {
            json.WriteNumber("event_id", lost.Id.Value);
            json.WriteString("cause", lost.Cause);
        });
        json.WriteBoolean("header_rebuilt", report.HeaderRebuilt);
        json.WriteString("quarantine", report.Quarantine);
        json.WriteIds("recorded", report.Recorded is { } recorded ? [recorded.Id] : []);
    }
}
