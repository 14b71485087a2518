using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Memory;

/// <summary>What became of a command.</summary>
/// <param name="Refused">Why nothing was recorded; null when the command was carried out.</param>
/// <param name="Recorded">The events, durable by now; empty when everything asked for already held.</param>
/// <param name="Unchanged">What already held, in words.</param>
/// <param name="Notices">What is worth knowing though nothing is wrong, in sentences.</param>
/// <param name="Standing">How the project stands afterwards.</param>
public sealed record Receipt(
    Refusal? Refused,
    IReadOnlyList<RecordedEvent> Recorded,
    IReadOnlyList<string> Unchanged,
    IReadOnlyList<string> Notices,
    ProjectStatus Standing);

/// <summary>How a project stands, for the last line of every answer.</summary>
/// <param name="Project">Its name.</param>
/// <param name="Last">The last durable event; <see cref="EventId.None"/> in an empty project.</param>
/// <param name="Health">Why it is only read for now; null when all is well.</param>
public sealed record ProjectStatus(string Project, EventId Last, LogHealth? Health);
