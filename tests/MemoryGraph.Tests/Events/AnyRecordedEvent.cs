using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Tests.Events;

/// <summary>Random events of every type, with text of every kind that a log can be given.</summary>
internal static class AnyRecordedEvent
{
    private static readonly Gen<string> Text = Gen.Frequency(
        (6, Gen.Char[' ', '~'].Select(c => c.ToString())),
        (3, Gen.OneOfConst("đăng nhập", "Ở đâu?", "ă\u0323", "Nguyễn", "ß", "日本語", "שלום")),
        (3, Gen.OneOfConst("🚀", "👩\u200D💻", "\U00020000", "\uFFFF", "\u2028", "\u0085", "\u007F", "\uFEFF")),
        (3, Gen.Char['\0', '\u001F'].Select(c => c.ToString())),
        (2, Gen.OneOfConst("\"", "\\", "\\u0041", "\",\"hash\":\"", ",\"crc\":\"00000000\"}", "\r\n", "</script>")))
        .Array[0, 30].Select(string.Concat);

    private static readonly Gen<EventId> Id = Gen.Long[1, long.MaxValue / 2].Select(value => new EventId(value));
    private static readonly Gen<EventId[]> Ids = Id.Array[0, 5];
    private static readonly Gen<string?> Maybe = Gen.OneOf(Text.Select(text => (string?)text), Gen.Const((string?)null));
    private static readonly Gen<Validity> Validity = Gen.Select(Maybe, Maybe, (from, to) => new Validity(from, to));

    private static readonly Gen<MemoryEvent> Happened = Gen.OneOf(
        Gen.Select(Text, Text, (a, b) => (MemoryEvent)new EntityCreated(a, b)),
        Gen.Select(Id, Maybe, Maybe, (id, a, b) => (MemoryEvent)new EntityUpdated(id, a, b)),
        Gen.Select(Id, Id, Text, Text, (from, into, a, b) => (MemoryEvent)new EntityMerged(from, into, a, b)),
        Gen.Select(Id, Text, (id, a) => (MemoryEvent)new EntityDeleted(id, a)),
        Gen.Select(Id, Text, (id, a) => (MemoryEvent)new EntityRestored(id, a)),
        Gen.Select(Id, Text, Text, (id, a, b) => (MemoryEvent)new ObservationAdded(id, a, b)),
        Gen.Select(Id, Text, Text, (id, a, b) => (MemoryEvent)new ObservationRemoved(id, a, b)),
        Gen.Select(Id, Text, Text, (id, a, b) => (MemoryEvent)new ObservationRestored(id, a, b)),
        Gen.Select(Id, Id, Text, Text, Text, Validity, (from, to, a, b, c, held) =>
            (MemoryEvent)new RelationCreated(from, to, a, b, c, held)),
        Gen.Select(Id, Validity, (id, v) => (MemoryEvent)new RelationUpdated(id, v)),
        Gen.Select(Id, Text, Text, Text, (id, a, b, c) => (MemoryEvent)new RelationDeleted(id, a, b, c)),
        Gen.Select(Id, Text, Text, Text, (id, a, b, c) => (MemoryEvent)new RelationRestored(id, a, b, c)),
        Gen.Select(Ids, Text, Gen.Long, Gen.Long, Text, (ids, a, m, n, b) => (MemoryEvent)new LogRepaired(ids, a, m, n, b, a)),
        Text.Select(a => (MemoryEvent)new EventLost(a)),
        Ids.Select(ids => (MemoryEvent)new EventRedacted(ids)),
        Gen.Select(Id, Id, Gen.Long, (first, last, ms) => (MemoryEvent)new ClockCorrected(first, last, ms)));

    private static readonly Gen<Origin?> Origin = Gen.OneOf(
        Gen.Const((Origin?)null),
        Gen.Select(Text, Id, Maybe, Text, Gen.Long, (project, id, hash, user, at) =>
            (Origin?)new Origin(project, id, hash, user, at)));

    /// <summary>Heads are plausible one by one, not one after the other.</summary>
    public static Gen<RecordedEvent> Generator { get; } = Gen.Select(
        Happened, Gen.Long, Gen.Select(Id, Id, Id, Id), Gen.Int[1, int.MaxValue], Gen.Select(Text, Text, Maybe), Ids, Origin,
        (happened, at, ids, length, texts, undoes, origin) => new RecordedEvent(
            ids.Item1, at, ids.Item2, length, ids.Item3, ids.Item4, new Author(texts.Item1, texts.Item2), texts.Item3, happened)
        {
            Undoes = undoes,
            Origin = origin,
        });
}
