using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Tests.Events;

/// <summary>What a file under <c>Fixtures/logs</c> says: a whole, valid log as a released program wrote it.</summary>
/// <remarks>Such a file is never edited. What it lacks, and what a later program writes, goes into a file of its own.</remarks>
/// <param name="name">Release and file.</param>
/// <param name="sha256">Of the file as released, so that no edit goes unseen.</param>
/// <param name="records">The events of the file, as a reader should find them.</param>
/// <param name="erased">What those events said that are redacted in the file.</param>
internal sealed class GoldenLog(
    string name, string sha256, IReadOnlyList<RecordedEvent> records, params IReadOnlyList<MemoryEvent> erased)
{
    public const string Project = "0123456789abcdef0123456789abcdef";

    private const long Midnight = 1_767_225_600_000;
    private const string SomeHash = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    public static readonly string Folder = System.IO.Path.Combine(AppContext.BaseDirectory, "Fixtures", "logs");

    private static readonly Author Person = new("duyan", "claude-code/2.0");
    private static readonly Author Program = new("", "memory-graph");

    /// <summary>Every type of event and every optional key of the head.</summary>
    public static GoldenLog EveryEvent { get; } = new(
        "v0.1/every-event.jsonl",
        "158EC39619C26A2D17FB9F97A7DBDA7C3AB5789D662FDD5511778A1081619971",
    [
        One(1, 1, 3, 1, new EntityCreated("Bug: đăng nhập", "bug")) with { Reason = "ghi chú đầu tiên: \"first notes\"" },
        One(2, 1, 3, 1, new ObservationAdded(new(1), "Bug: đăng nhập", "Fails for names with an apostrophe: O'Brien 🚀")),
        One(3, 1, 3, 1, new ObservationAdded(
            new(1), "Bug: đăng nhập", "Line one\nline two\ttab \"quoted\" back\\slash \u0001 </script>")),
        One(4, 4, 1, 4, new EntityCreated("Auth service", "Component")),
        One(5, 5, 1, 4, new RelationCreated(
            new(1), new(4), "Bug: đăng nhập", "caused_by", "Auth service", new Validity("2026-01-01", null))),
        One(6, 6, 1, 6, new RelationUpdated(new(5), new Validity("2026-01-01", "2026-06-30"))),
        One(7, 7, 1, 7, new EntityUpdated(new(4), "Auth", "service")),
        One(8, 8, 1, 8, new ObservationRemoved(new(2), "Bug: đăng nhập", "Fails for names with an apostrophe: O'Brien 🚀")),
        One(9, 9, 2, 9, new RelationDeleted(new(5), "Bug: đăng nhập", "caused_by", "Auth")),
        One(10, 9, 2, 9, new EntityDeleted(new(1), "Bug: đăng nhập")),
        One(11, 11, 3, 11, new EntityRestored(new(1), "Bug: đăng nhập"), 11) with { Undoes = [new(9), new(8)] },
        One(12, 11, 3, 11, new RelationRestored(
            new(5), "Bug: đăng nhập", "caused_by", "Auth"), 11) with { Undoes = [new(9), new(8)] },
        One(13, 11, 3, 11, new ObservationRestored(
            new(2), "Bug: đăng nhập", "Fails for names with an apostrophe: O'Brien 🚀"), 11) with { Undoes = [new(9), new(8)] },
        One(14, 14, 2, 14, new EntityCreated("auth-service", "service"), 11) with
        {
            Origin = new Origin("fedcba9876543210fedcba9876543210", new(7), SomeHash, "mai", Midnight - 5),
        },
        One(15, 14, 2, 14, new ObservationAdded(new(14), "auth-service", "Listens on 8080"), 11) with
        {
            Origin = new Origin("memory.json", new(2), null, "mai", Midnight - 4),
        },
        One(16, 16, 1, 16, new EntityMerged(new(14), new(4), "auth-service", "Auth"), 11),
        One(17, 17, 1, 17, new LogRepaired(
            [new(18)], "events-000000000001.jsonl", 4096, 512, SomeHash, "a.bin"), 11) with { Author = Program },
        One(18, 18, 1, 17, new EventLost("its checksum does not match"), 11) with { Author = Program },
        One(19, 19, 1, 17, new UnknownEvent("entity_pinned", 3, [new(4)], Ignorable: true), 11),
        One(20, 20, 1, 20, new ObservationAdded(new(4), "[redacted by #21]", "[redacted by #21]"), 11) with
        {
            Author = new Author("[redacted]", ""), RedactedBy = new(21),
        },
        One(21, 21, 1, 21, new EventRedacted([new(20)]), 11) with { Reason = "asked to be forgotten" },
        One(22, 22, 1, 22, new ClockCorrected(new(17), new(18), -3_600_000), 11) with { Author = Program },
    ],
        new ObservationAdded(new(4), "Auth", "The password is hunter2"));

    /// <summary>Members left out, every kind of change taken back, and other types than observations redacted.</summary>
    public static GoldenLog EveryUse { get; } = new(
        "v0.1/every-use.jsonl",
        "C47C84D3979A0BE7531B7D2C4EB8081E17503457E07D334335EED4FA720AE749",
    [
        Alone(1, new EntityCreated("Ada", "person")),
        Alone(2, new EntityCreated("Tea", "drink")),
        Alone(3, new RelationCreated(new(1), new(2), "Ada", "likes", "Tea", default)),
        Alone(4, new RelationCreated(new(1), new(2), "Ada", "drinks", "Tea", new Validity("2026-01-01", "2026-02-01"))),
        Alone(5, new RelationUpdated(new(4), default)),
        Alone(6, new EntityUpdated(new(1), "Ada L.", null)),
        Alone(7, new EntityUpdated(new(1), null, "human")),
        Alone(8, new ObservationAdded(new(1), "Ada L.", "Prefers coffee")),
        Alone(9, new ObservationRemoved(new(8), "Ada L.", "Prefers coffee"), undoes: 8),
        Alone(10, new ObservationRestored(new(8), "Ada L.", "Prefers coffee"), undoes: 9),
        Alone(11, new RelationUpdated(new(4), new Validity(null, "2026-02-01")), undoes: 5),
        Alone(12, new EntityUpdated(new(1), "Ada", "person"), 7, 6),
        Alone(13, new RelationDeleted(new(3), "Ada", "likes", "Tea"), undoes: 3),
        Alone(14, new RelationRestored(new(3), "Ada", "likes", "Tea"), undoes: 13),
        Alone(15, new EntityCreated("Ida", "person")),
        Alone(16, new EntityMerged(new(15), new(1), "Ida", "Ada")),
        Alone(17, new EntityRestored(new(15), "Ida"), undoes: 16),
        Alone(18, new EntityDeleted(new(15), "Ida"), undoes: 15),
        Alone(19, new EntityMerged(new(2), new(1), "Tea", "Ada")) with { Reason = "", Undoes = [new(17)] },
        Erased(20, new EntityCreated("[#20 redacted by #24]", "[redacted by #24]")),
        Erased(21, new EntityUpdated(new(20), "[#21 redacted by #24]", null)),
        Erased(22, new RelationCreated(
            new(20), new(1), "[redacted by #24]", "[redacted by #24]", "[redacted by #24]", default)),
        Erased(23, new EntityDeleted(new(20), "[redacted by #24]"), undoes: 20),
        Alone(24, new EventRedacted([new(20), new(21), new(22), new(23)])),
        Alone(25, new LogRepaired([], "events-000000000001.jsonl", 0, 1, SomeHash, "b.bin")) with { Author = Program },
    ],
        new EntityCreated("Hidden", "person"),
        new EntityUpdated(new(20), "Still hidden", "human"),
        new RelationCreated(new(20), new(1), "Still hidden", "knows", "Ada", new Validity("2026-01-01", null)),
        new EntityDeleted(new(20), "Still hidden"));

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<GoldenLog> All { get; } = [EveryEvent, EveryUse];

    public string Name => name;

    public string Sha256 => sha256;

    public IReadOnlyList<RecordedEvent> Records => records;

    public string Path { get; } = System.IO.Path.Combine(Folder, name.Replace('/', System.IO.Path.DirectorySeparatorChar));

    /// <summary>The file, written anew.</summary>
    public byte[] Write()
    {
        var buffer = new Utf8Buffer();
        buffer.Raw(SegmentHeader.First(Project).ToLine());
        EventHash previous = SegmentHeader.First(Project).ChainStart(buffer.Written[..^1]);
        var saidOnce = new Queue<MemoryEvent>(erased);
        foreach (RecordedEvent recorded in records)
        {
            previous = recorded switch
            {
                { Event: UnknownEvent } => Pinned(buffer, recorded, previous),
                { RedactedBy: not null } => Redacted(buffer, recorded, saidOnce.Dequeue(), previous),
                _ => EventJson.Write(buffer, recorded, EventCatalogue.Current, previous, Salt(recorded.Id)),
            };
        }

        return buffer.Written.ToArray();
    }

    private static RecordedEvent One(long id, long call, int n, long commit, MemoryEvent happened, long session = 1) =>
        new(new(id), Midnight + (id * 1000), new(call), n, new(commit), new(session), Person, null, happened);

    private static RecordedEvent Alone(long id, MemoryEvent happened, params long[] undoes) =>
        One(id, id, 1, id, happened) with { Undoes = [.. undoes.Select(call => new EventId(call))] };

    private static RecordedEvent Erased(long id, MemoryEvent left, params long[] undoes) =>
        Alone(id, left, undoes) with { Author = new Author("[redacted]", ""), RedactedBy = new(24) };

    private static byte[] Salt(EventId id) => [.. Enumerable.Range(0, EventJson.SaltBytes).Select(i => (byte)((id.Value * 16) + i))];

    // A newer program's event, with a head key that nobody knows yet.
    private static EventHash Pinned(Utf8Buffer buffer, RecordedEvent recorded, EventHash previous)
    {
        byte[] before = new byte[EventHash.Bytes];
        previous.CopyTo(before);
        (string line, byte[] hash) = LineForge.Event(
            $$"""{"event_id":19,"event_type":"entity_pinned","timestamp":{{recorded.Timestamp}},"tx":19,"n":1,"commit":17,"""
            + """
            "session":11,"v":3,"refs":[4],"weight":7,"ignorable":true
            """,
            """
            "user":"duyan","agent":"claude-code/2.0","data":{"name":"Auth","shade":{"of":[1,null]}}
            """,
            Salt(recorded.Id),
            before);
        buffer.Raw(Encoding.UTF8.GetBytes(line)).Raw("\n"u8);
        return new EventHash(hash);
    }

    private static EventHash Redacted(Utf8Buffer buffer, RecordedEvent recorded, MemoryEvent said, EventHash previous)
    {
        int start = buffer.Length;
        EventHash hash = EventJson.Write(
            buffer,
            recorded with { Author = Person, Event = said },
            EventCatalogue.Current,
            previous,
            Salt(recorded.Id));
        string line = LineForge.Redact(Encoding.UTF8.GetString(buffer.Written[start..^1]), recorded.RedactedBy!.Value.Value);
        buffer.CutTo(start);
        buffer.Raw(Encoding.UTF8.GetBytes(line)).Raw("\n"u8);
        return hash;
    }
}
