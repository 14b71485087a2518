using MemoryGraph.Exchange;
using MemoryGraph.Memory;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for an import: what came of it, what was not taken over, what would be different.</summary>
internal static class ImportText
{
    /// <summary>Most notes that are shown one by one.</summary>
    public const int NotesShown = 20;

    /// <summary>What came of it, in one line.</summary>
    public static string Headline(ImportReport report)
    {
        string read = FactText.Count(report.Events, "event", "events");
        string source = Quoted.Name(report.Source);
        return (report.Recorded, report.Changes) switch
        {
            (0, _) when report.Events == 0 => $"Nothing was found in {source}.",
            (0, _) => $"Nothing new in {source}: {read} read, nothing to record.",
            (_, null) =>
                $"Imported {source}: recorded {FactText.Count(report.Recorded, "event", "events")} for {read} read, "
                + $"from {report.First} on.",
            _ => $"Dry run, nothing was changed. Importing {source} would record "
                + $"{FactText.Count(report.Recorded, "event", "events")} "
                + $"for {read} read. {ChangeText.Counts(report.Changes)}",
        };
    }

    /// <summary>What would be different, then what was not taken over.</summary>
    public static IEnumerable<Row> Rows(ImportReport report)
    {
        foreach (Row row in report.Changes is { } changes ? ChangeText.Rows(changes) : [])
        {
            yield return row;
        }

        if (report.NotesTotal > 0)
        {
            yield return new Row(() => $"Not taken over, or not as it stands there: "
                + $"{FactText.Count(report.NotesTotal, "place", "places")}.");
        }

        foreach (ImportNote note in report.Notes.Take(NotesShown))
        {
            yield return new Row(() => $"  {note.Where} {Quoted.OneLine(note.What)}");
        }

        if (report.NotesTotal > NotesShown)
        {
            yield return new Row(() => FormattableString.Invariant(
                $"  … and {report.NotesTotal - NotesShown} more; --json lists the first thousand."));
        }
    }
}
