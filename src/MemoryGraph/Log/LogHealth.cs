using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>Why a log is only read for now. Absent when all is well.</summary>
/// <param name="Code">Stable: <c>damaged</c>, <c>newer_format</c>, <c>newer_events</c>, <c>replaced</c>.</param>
/// <param name="Explanation">What was found, where, and what a person can do about it, in sentences.</param>
public sealed record LogHealth(string Code, string Explanation)
{
    private const string Remedy = "`memory-graph verify` lists what is damaged; `memory-graph repair` mends it and keeps a copy.";

    /// <summary>What a reading of the log says about it; null when all is well.</summary>
    internal static LogHealth? After(LogScan scan)
    {
        if (scan.Damage.Count > 0)
        {
            string more = scan.Damage.Count > 1
                ? FormattableString.Invariant($" More places are damaged: {scan.Damage.Count - 1}.") : "";
            return new LogHealth(
                "damaged", $"The log is damaged at {scan.Damage[0]}.{more} What still verifies can be read. {Remedy}");
        }

        return scan.Newer is { } newer ? NewerFormat(newer)
            : scan.Stranger is { Event: UnknownEvent unknown } stranger
            ? new LogHealth(
                "newer_events",
                FormattableString.Invariant($"Event {stranger.Id} is of type \"{unknown.EventType}\" in version {unknown.Version}, ")
                + "which this program does not know; what it did is missing here. A newer memory-graph wrote it: update this one.")
            : null;
    }

    internal static LogHealth NoHeader(string path) => new(
        "damaged", $"The first line of {path} is not a log's header, so nothing in it can be trusted. {Remedy}");

    internal static LogHealth NoBeginning(string path, string found) => new(
        "damaged", $"{path}, with which the log begins, is gone; what there is begins with {found}. {Remedy}");

    internal static LogHealth NewerFormat(LogFormat format) => new(
        "newer_format",
        FormattableString.Invariant($"The log needs a reader of format {format.MinReader} and a writer of format {format.MinWriter}; ")
        + FormattableString.Invariant($"this program knows format {LogFormat.Version}. Update memory-graph."));

    /// <param name="how">What became of the log: <c>is gone</c>.</param>
    /// <param name="lost">The last event known to have been saved.</param>
    internal static LogHealth Replaced(string folder, string how, EventId lost) => new(
        "replaced",
        $"The log in {folder} {how} while it was in use: event {lost}, which had been saved, is no longer in it. "
        + "Restart the server to accept the log as it is now.");
}
