using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Integrity;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for what an audit found, the same in the tool and on the command line.</summary>
internal static class AuditText
{
    private const int TextShown = 200;

    /// <summary>Whether all is as it was recorded, in a sentence.</summary>
    public static string Headline(AuditReport report)
    {
        string events = FactText.Count((int)report.Events, "event", "events");
        return report switch
        {
            { Project: null, FindingsTotal: 0 } => "There is no log yet: nothing to verify.",
            { FindingsTotal: 0 } => $"The log is as it was recorded: {events} verified.",
            { IsIntact: true } =>
                $"The log is as it was recorded: {events} verified. What a crash broke off, the next write finishes.",
            _ => $"The log is NOT as it was recorded: "
                + $"{FactText.Count(report.FindingsTotal, "finding", "findings")} in {events}.",
        };
    }

    /// <summary>
    /// Findings first, then what was accepted: repairs, gaps, redactions; then the checkpoint to keep.
    /// </summary>
    public static IEnumerable<Row> Rows(AuditReport report)
    {
        foreach (AuditFinding finding in report.Findings)
        {
            yield return new Row(finding.ToString);
        }

        if (report.FindingsTotal > report.Findings.Count)
        {
            yield return new Row(() => FormattableString.Invariant(
                $"… and {report.FindingsTotal - report.Findings.Count} findings more"));
        }

        foreach (RecordedEvent recorded in report.Repairs.Concat(report.Redactions))
        {
            yield return new Row(() => Accepted(recorded));
        }

        foreach (EventId restart in report.Restarts)
        {
            yield return new Row(() => $"{restart}: the chain starts anew here, because the event before it was lost");
        }

        // Nobody vouches for a log that is not whole.
        if (report is { IsIntact: true, Head: { } head })
        {
            yield return new Row(() => "Checkpoint, to be kept elsewhere:");
            foreach (string line in head.ToString().TrimEnd().Split('\n'))
            {
                yield return new Row(() => $"  {line}", () => "Checkpoint");
            }
        }
    }

    private static string Accepted(RecordedEvent recorded)
    {
        string when = FactText.Stamp(DateTimeOffset.FromUnixTimeMilliseconds(recorded.Timestamp));
        string who = recorded.Author is { User: "", Agent: "" } ? "" : $" by {recorded.Author}";
        string why = recorded.Reason is { } reason ? $", because: {Quoted.Text(reason)}" : "";
        return $"{recorded.Id} {when}{who}: {EventDescription.Summary(recorded.Event, TextShown)}{why}";
    }

    /// <summary>The same for scripts.</summary>
    public static void Write(Utf8JsonWriter json, string project, AuditReport report)
    {
        json.WriteString("project", project);
        json.WriteString("project_id", report.Project);
        json.WriteBoolean("intact", report.IsIntact);
        json.WriteNumber("events", report.Events);
        json.WriteNumber("findings_total", report.FindingsTotal);
        json.WriteObjects("findings", report.Findings, finding =>
        {
            json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(finding.Kind.ToString()));
            json.WriteString("segment", finding.Place.Segment);
            json.WriteNumber("line", finding.Place.Line);
            json.WriteNumber("offset", finding.Place.Offset);
            json.WriteNumber("first_event", finding.First.Value);
            json.WriteNumber("last_event", finding.Last.Value);
            json.WriteString("cause", finding.Cause);
        });
        json.WriteIds("repairs", report.Repairs.Select(one => one.Id));
        json.WriteIds("restarts", report.Restarts);
        json.WriteIds("redactions", report.Redactions.Select(one => one.Id));

        // Nobody vouches for a log that is not whole.
        json.WriteString("checkpoint", report.IsIntact ? report.Head?.ToString() : null);
    }
}
