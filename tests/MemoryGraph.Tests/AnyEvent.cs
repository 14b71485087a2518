using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Tests;

/// <summary>Random events whose refs point anywhere: what no program of ours writes, but a fold must survive.</summary>
internal static class AnyEvent
{
    private static readonly Gen<EventId> Ref = Gen.Frequency(
        (20, Gen.Long[1, 12]), (3, Gen.Long[13, 60]), (1, Gen.OneOfConst(0L, -1L, long.MaxValue, long.MinValue, 1L << 32)))
        .Select(id => new EventId(id));

    private static readonly Gen<string> Text = Gen.OneOfConst("Ada", "ada", "Eve", "knows", "likes tea");

    private static readonly Gen<string?> TextOrNull = Text.Null();

    private static readonly Gen<Validity> Validity = Gen.Select(
        Gen.OneOfConst<string?>(null, "2026-01-01"), Gen.OneOfConst<string?>(null, "2026-02-01"),
        (from, to) => new Validity(from, to));

    public static Gen<MemoryEvent> One { get; } = Gen.Frequency(
        (8, Gen.Select(Text, Text, Gen.Bool, (name, type, implied) => (MemoryEvent)new EntityCreated(name, type) { Implied = implied })),
        (4, Gen.Select(Ref, TextOrNull, TextOrNull, Gen.Bool.Nullable(), (id, name, type, implied) =>
            (MemoryEvent)new EntityUpdated(id, name, type) { Implied = implied })),
        (4, Gen.Select(Ref, Ref, (from, into) => (MemoryEvent)new EntityMerged(from, into, "", ""))),
        (3, Ref.Select(id => (MemoryEvent)new EntityDeleted(id, ""))),
        (4, Ref.Select(id => (MemoryEvent)new EntityRestored(id, ""))),
        (6, Gen.Select(Ref, Text, (id, text) => (MemoryEvent)new ObservationAdded(id, "", text))),
        (2, Ref.Select(id => (MemoryEvent)new ObservationRemoved(id, "", ""))),
        (3, Ref.Select(id => (MemoryEvent)new ObservationRestored(id, "", ""))),
        (6, Gen.Select(Ref, Ref, Text, Validity, (from, to, type, validity) =>
            (MemoryEvent)new RelationCreated(from, to, "", type, "", validity))),
        (2, Gen.Select(Ref, Validity, (id, validity) => (MemoryEvent)new RelationUpdated(id, validity))),
        (2, Ref.Select(id => (MemoryEvent)new RelationDeleted(id, "", "", ""))),
        (3, Ref.Select(id => (MemoryEvent)new RelationRestored(id, "", "", ""))),
        (1, Ref.Array[0, 3].Select(lost => (MemoryEvent)new LogRepaired(lost, "", 0, 0, "", ""))),
        (1, Gen.Const((MemoryEvent)new EventLost("unreadable"))),
        (1, Ref.Array[0, 3].Select(targets => (MemoryEvent)new EventRedacted(targets))),
        (1, Gen.Select(Ref, Ref, Gen.Long[-5_000, 5_000], (first, last, shift) =>
            (MemoryEvent)new ClockCorrected(first, last, shift))),
        (1, Ref.Array[0, 3].Select(refs => (MemoryEvent)new UnknownEvent("entity_blessed", 1, refs, true))));

    /// <summary>Up to 60 of them, which need not make sense.</summary>
    public static Gen<MemoryEvent[]> Soup { get; } = One.Array[0, 60];
}
