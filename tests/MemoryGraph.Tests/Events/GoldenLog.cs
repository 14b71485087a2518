using System.Text;
using MemoryGraph.Events;
using MemoryGraph.Log;
using MemoryGraph.Values;

namespace MemoryGraph.Tests.Events;

/// <summary>
/// What <c>Fixtures/logs/v0.1/every-event.jsonl</c> says: a whole, valid log with every type of event and every optional key.
/// </summary>
/// <remarks>The file was written once and is never edited. What a later program writes goes into a file of its own.</remarks>
internal static class GoldenLog
{
    public const string Project = "0123456789abcdef0123456789abcdef";

    private const long Midnight = 1_767_225_600_000;
    private const string SomeHash = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    private const int PinnedAt = 19;
    private const int RedactedAt = 20;

    private static readonly Author Person = new("duyan", "claude-code/2.0");
    private static readonly Author Program = new("", "memory-graph");

    public static string Path { get; } =
        System.IO.Path.Combine(AppContext.BaseDirectory, "Fixtures", "logs", "v0.1", "every-event.jsonl");

    /// <summary>The events of the file, as a reader should find them.</summary>
    public static IReadOnlyList<RecordedEvent> Records { get; } =
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
        One(PinnedAt, 19, 1, 17, new UnknownEvent("entity_pinned", 3, [new(4)], Ignorable: true), 11),
        One(RedactedAt, 20, 1, 20, new ObservationAdded(new(4), "[redacted by #21]", "[redacted by #21]"), 11) with
        {
            Author = new Author("[redacted]", ""), RedactedBy = new(21),
        },
        One(21, 21, 1, 21, new EventRedacted([new(20)]), 11) with { Reason = "asked to be forgotten" },
        One(22, 22, 1, 22, new ClockCorrected(new(17), new(18), -3_600_000), 11) with { Author = Program },
    ];

    /// <summary>The file, written anew.</summary>
    public static byte[] Write()
    {
        var buffer = new Utf8Buffer();
        buffer.Raw(SegmentHeader.First(Project).ToLine());
        EventHash previous = SegmentHeader.First(Project).ChainStart(buffer.Written[..^1]);
        foreach (RecordedEvent recorded in Records)
        {
            previous = recorded.Id.Value switch
            {
                PinnedAt => Pinned(buffer, recorded, previous),
                RedactedAt => Redacted(buffer, recorded, previous),
                _ => EventJson.Write(buffer, recorded, EventCatalogue.Current, previous, Salt(recorded.Id)),
            };
        }

        return buffer.Written.ToArray();
    }

    private static RecordedEvent One(long id, long call, int n, long commit, MemoryEvent happened, long session = 1) =>
        new(new(id), Midnight + (id * 1000), new(call), n, new(commit), new(session), Person, null, happened);

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

    private static EventHash Redacted(Utf8Buffer buffer, RecordedEvent recorded, EventHash previous)
    {
        int start = buffer.Length;
        EventHash hash = EventJson.Write(
            buffer,
            recorded with { Author = Person, Event = new ObservationAdded(new(4), "Auth", "The password is hunter2") },
            EventCatalogue.Current,
            previous,
            Salt(recorded.Id));
        string line = LineForge.Redact(Encoding.UTF8.GetString(buffer.Written[start..^1]), eraser: 21);
        buffer.CutTo(start);
        buffer.Raw(Encoding.UTF8.GetBytes(line)).Raw("\n"u8);
        return hash;
    }
}
