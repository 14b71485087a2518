using System.Text;
using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Tests.Events;

public sealed class PackedEventsTests
{
    private static readonly Gen<string> Word = Gen.OneOfConst("", "duyan", "cursor/1.7", "Đức", "likes tea", "🚀");

    private static readonly Gen<Origin?> AnyOrigin = Gen.Select(Word, Gen.Long[1, 90], Word.Null(), Word, Word.Null(), (project, id, hash, user, agent) =>
        new Origin(project, new EventId(id), hash, user, id * 1_000) { Agent = agent }).Null();

    private static readonly Gen<RecordedEvent> Recorded = Gen.Select(
        AnyEvent.One, Gen.Select(Gen.Long[-5, 5_000_000_000_000], Gen.Long[1, 60], Gen.Int[1, 9], Gen.Long[1, 60]), Gen.Select(Word, Word), Word.Null(),
        Gen.Long[1, 99].Array[0, 3], AnyOrigin, Gen.Long[1, 99].Nullable(),
        (happened, head, author, reason, undoes, origin, eraser) => new RecordedEvent(
            EventId.None, head.Item1, new EventId(head.Item2), head.Item3, new EventId(head.Item4), new EventId(head.Item2),
            new Author(author.Item1, author.Item2), reason, happened)
        {
            Undoes = [.. undoes.Select(id => new EventId(id))],
            Origin = origin,
            RedactedBy = eraser is { } id ? new EventId(id) : null,
        });

    [Fact]
    public void Whatever_was_put_in_comes_out_again() => Recorded.Array[0, 40].Sample(
        events =>
        {
            var packed = new PackedEvents();
            RecordedEvent[] recorded = [.. events.Select((one, place) => one with { Id = new EventId(place + 1) })];
            foreach (RecordedEvent one in recorded)
            {
                packed.Add(one);
            }

            Assert.Equal(recorded.Select(Line), recorded.Select(one => Line(packed[one.Id])));
        });

    [Fact]
    public void What_is_asked_often_is_the_same_as_in_the_whole_event() => Recorded.Array[1, 40].Sample(
        events =>
        {
            var packed = new PackedEvents();
            foreach ((int place, RecordedEvent one) in events.Index())
            {
                RecordedEvent added = one with { Id = new EventId(place + 1) };
                packed.Add(added);
                Assert.Equal(added.Author, packed.AuthorOf(added.Id));
                Assert.Equal(added.Call, packed.CallOf(added.Id));
                Assert.Equal(added.Session, packed.SessionOf(added.Id));
                Assert.Equal(added.Timestamp, packed.TimestampOf(added.Id));
                Assert.Equal(
                    added.Event is ObservationAdded { Text: var text } ? text : "", Encoding.UTF8.GetString(packed.TextOf(added.Id)));
            }
        });

    // The line that it would have in a log says all there is to an event; one of an unknown type has none of its own.
    private static string Line(RecordedEvent recorded)
    {
        if (recorded.Event is UnknownEvent unknown)
        {
            return $"{unknown.EventType} {unknown.Version} {unknown.Ignorable} {string.Join(' ', unknown.Refs)} "
                + Line(recorded with { Event = new EventLost("") });
        }

        var buffer = new Utf8Buffer();
        EventJson.Write(buffer, recorded, EventCatalogue.Current, default, new byte[EventJson.SaltBytes]);
        return Encoding.UTF8.GetString(buffer.Written) + recorded.RedactedBy;
    }
}
