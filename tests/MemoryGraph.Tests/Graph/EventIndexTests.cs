using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Tests.Graph;

public sealed class EventIndexTests
{
    [Theory]
    [InlineData(99, 0)]
    [InlineData(100, 1)]
    [InlineData(101, 1)]
    [InlineData(200, 4)]
    [InlineData(299, 4)]
    [InlineData(300, 5)]
    [InlineData(long.MaxValue, 5)]
    [InlineData(long.MinValue, 0)]
    public void The_last_event_up_to_a_time_is_the_last_of_those_at_that_time(long ms, long id) =>
        Assert.Equal(new EventId(id), Index(100, 200, 200, 200, 300).LastUpTo(ms));

    [Fact]
    public void A_clock_that_runs_backwards_stands_still()
    {
        EventIndex index = Index(100, 300, 200, 250, 400);

        Assert.Equal([100, 300, 300, 300, 400], Times(index));
        Assert.Equal(new EventId(1), index.LastUpTo(250));
        Assert.Equal(new EventId(4), index.LastUpTo(300));
    }

    [Fact]
    public void A_corrected_clock_moves_the_events_of_its_range_and_those_it_held_up()
    {
        EventIndex index = Index(100, 9_200, 9_300, 400, 500);
        Assert.Equal([100, 9_200, 9_300, 9_300, 9_300], Times(index));

        index.Add(Recorded(6, 600, new ClockCorrected(new EventId(2), new EventId(3), -9_000)));

        Assert.Equal([100, 200, 300, 400, 500, 600], Times(index));
        Assert.Equal(new EventId(3), index.LastUpTo(399));
    }

    [Fact]
    public void Corrections_of_the_same_events_add_up()
    {
        EventIndex index = Index(100, 200);
        index.Add(Recorded(3, 300, new ClockCorrected(new EventId(1), new EventId(2), -50)));
        index.Add(Recorded(4, 400, new ClockCorrected(new EventId(2), new EventId(2), 20)));

        Assert.Equal([50, 170, 300, 400], Times(index));
    }

    [Fact]
    public void Finding_by_time_agrees_with_looking_at_every_event() => Gen.Select(
        Gen.Long[0, 30].Array[0, 20], Gen.Int[1, 20], Gen.Int[1, 20], Gen.Long[-20, 20], Gen.Long[-5, 60]).Sample(
        (times, first, last, shift, asked) =>
        {
            EventIndex index = Index(times);
            index.Add(Recorded(times.Length + 1, 25, new ClockCorrected(new EventId(first), new EventId(last), shift)));
            long[] effective = [.. times.Append(25)
                .Select((ms, place) => first <= place + 1 && place + 1 <= last ? ms + shift : ms)];
            for (int place = 1; place < effective.Length; place++)
            {
                effective[place] = Math.Max(effective[place], effective[place - 1]);
            }

            Assert.Equal(effective, Times(index));
            Assert.Equal(new EventId(effective.Count(ms => ms <= asked)), index.LastUpTo(asked));
        });

    [Fact]
    public void No_event_has_no_time()
    {
        EventIndex index = Index();
        Assert.Equal(EventId.None, index.Last);
        Assert.Equal(EventId.None, index.LastUpTo(100));
        Assert.Equal(EventId.None, index.EndOfSessionBefore(EventId.None, ""));
        Assert.Equal(0, index.TimeOf(EventId.None));
        Assert.Equal(0, index.TimeOf(new EventId(1)));
        Assert.False(index.Contains(EventId.Never));
    }

    [Theory]
    [InlineData(0, "", 6)]
    [InlineData(5, "", 4)]
    [InlineData(5, "cursor", 3)]
    [InlineData(5, "claude", 4)]
    [InlineData(5, "zed", 0)]
    [InlineData(4, "cursor", 6)]
    public void The_session_before_is_the_last_other_one_of_the_same_agent(long current, string agent, long end)
    {
        var index = new EventIndex();
        foreach ((int place, (long session, string by)) in new (long, string)[]
        {
            (1, "cursor"), (1, "cursor"), (1, "cursor"), (4, "claude"), (5, "cursor"), (5, "cursor"),
        }.Index())
        {
            index.Add(Recorded(place + 1, 0, new EventLost(""), session, by));
        }

        Assert.Equal(new EventId(end), index.EndOfSessionBefore(new EventId(current), agent));
    }

    private static EventIndex Index(params long[] times)
    {
        var index = new EventIndex();
        foreach ((int place, long ms) in times.Index())
        {
            index.Add(Recorded(place + 1, ms, new EventLost("")));
        }

        return index;
    }

    private static long[] Times(EventIndex index) =>
        [.. Enumerable.Range(1, (int)index.Last.Value).Select(id => index.TimeOf(new EventId(id)))];

    private static RecordedEvent Recorded(long id, long ms, MemoryEvent happened, long session = 1, string agent = "") => new(
        new EventId(id), ms, new EventId(id), 1, new EventId(id), new EventId(session), new Author("", agent), null, happened);
}
