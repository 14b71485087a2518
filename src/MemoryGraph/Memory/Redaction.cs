using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Memory;

/// <summary>What is to be forgotten for good: events, an entity, a user, or a text.</summary>
public abstract record Redaction
{
    private Redaction()
    {
    }

    /// <summary>Some events, and those that repeat their text because they speak of the same fact.</summary>
    /// <param name="events">At least one.</param>
    public static Redaction OfEvents(IReadOnlyList<EventRange> events) => new Events(events);

    /// <summary>
    /// Everything said of an entity and of those merged into it, and every event in which a name they ever had stands
    /// as whole words.
    /// </summary>
    /// <param name="name">Its exact name, now or once.</param>
    public static Redaction OfEntity(string name) => new Entity(name);

    /// <summary>Every event that was recorded for a user, here or where it was imported from.</summary>
    /// <param name="user">The whole name; case and diacritics do not matter.</param>
    public static Redaction OfUser(string user) => new User(user);

    /// <summary>Every event in which a text stands: in names, observations, reasons, users, anywhere.</summary>
    /// <param name="text">May be part of a word; case and diacritics do not matter.</param>
    public static Redaction OfText(string text) => new Containing(text);

    internal sealed record Events(IReadOnlyList<EventRange> Ranges) : Redaction;

    internal sealed record Entity(string Name) : Redaction;

    internal sealed record User(string Name) : Redaction;

    internal sealed record Containing(string Text) : Redaction;
}

/// <summary>What a redaction would erase, or has erased.</summary>
/// <param name="Refused">What is wrong with the question; null when nothing is.</param>
/// <param name="Events">What loses its text, in order; empty when there is nothing to erase.</param>
/// <param name="Spellings">The text, names or user as found, each spelling once.</param>
/// <param name="NamesLost">Entities that will go by a number, under the last name that they had.</param>
/// <param name="AlreadyRedacted">Events that were asked for and lost their text before.</param>
/// <param name="Unreached">What keeps the text although it is ours, in sentences.</param>
/// <param name="Standing">How the project stands.</param>
public sealed record RedactionPreview(
    Refusal? Refused,
    IReadOnlyList<RedactedLine> Events,
    IReadOnlyList<string> Spellings,
    IReadOnlyList<RedactedName> NamesLost,
    IReadOnlyList<EventId> AlreadyRedacted,
    IReadOnlyList<string> Unreached,
    ProjectStatus Standing)
{
    /// <summary>What no redaction reaches, in a sentence.</summary>
    public const string OutOfReach =
        "Out of reach: backups and file-system snapshots, the history of a git repository that holds the store, "
        + "what a flash drive keeps of overwritten blocks, transcripts of conversations, and copies that others made.";
}

/// <summary>An event that loses its text.</summary>
/// <param name="Id">The event.</param>
/// <param name="What">What it did, on one line, with the text.</param>
/// <param name="Where">
/// Where what was asked for stands in it: <c>reason</c>, <c>user</c> …; empty when it is not a matter of words.
/// </param>
public sealed record RedactedLine(EventId Id, string What, IReadOnlyList<string> Where);

/// <summary>An entity that loses its name.</summary>
/// <param name="Entity">The event that created it.</param>
/// <param name="Name">What it is called before.</param>
public sealed record RedactedName(EventId Entity, string Name);

/// <summary>What became of a redaction.</summary>
/// <param name="Found">
/// What was found to erase. Its words hold the text once more: do not show them after the deed.
/// </param>
/// <param name="Recorded">The <see cref="EventRedacted"/>, durable by now; null when nothing was erased.</param>
/// <param name="Notices">What is worth knowing though nothing is wrong, in sentences.</param>
/// <param name="Standing">How the project stands afterwards.</param>
public sealed record RedactionReceipt(
    RedactionPreview Found, RecordedEvent? Recorded, IReadOnlyList<string> Notices, ProjectStatus Standing);
