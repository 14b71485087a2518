using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Tests.Graph;

public sealed class EventRunsTests
{
    [Fact]
    public void Runs_lead_to_the_events_that_a_walk_over_all_finds() => Gen.Select(AnyHistory.Any, Gen.Int[0, 100]).Sample(
        (history, percent) =>
        {
            InMemoryGraph memory = AnyHistory.Played(history);
            EventIndex events = memory.Graph.Events;
            var upTo = new EventId(events.Last.Value * percent / 100);
            RecordedEvent[] all = [.. memory.Recorded.Where(one => one.Id <= upTo).Reverse()];

            Assert.Equal(all.Select(one => one.Id), Ids(events.Runs.Down(upTo)));
            Assert.Equal(all.Where(one => one.Event is LogEvent).Select(one => one.Id), Ids(events.Runs.OfLog(upTo)));
            Assert.All(
                all.Select(one => one.Session).Distinct(),
                session => Assert.Equal(
                    all.Where(one => one.Session == session).Select(one => one.Id), Ids(events.Runs.OfSession(session, upTo))));
            Assert.Equal(
                all.Where(one => one.Author.User == "duyan").Select(one => one.Id),
                Ids(events.Runs.OfAuthors(events.AuthorsWhere(author => author.User == "duyan"), upTo)));
        },
        iter: 400, print: one => $"{one.Item2} % of {AnyHistory.Print(one.Item1)}");

    [Fact]
    public void The_session_before_is_the_one_that_a_walk_over_all_finds() => AnyHistory.Any.Sample(
        history =>
        {
            InMemoryGraph memory = AnyHistory.Played(history);
            foreach (EventId current in memory.Recorded.Select(one => one.Session).Append(EventId.None).Distinct())
            {
                foreach (string agent in new[] { "", "cursor/1.7", "claude-code/2.1", "zed" })
                {
                    EventId wanted = memory.Recorded.LastOrDefault(
                        one => one.Session != current && (agent.Length == 0 || one.Author.Agent == agent))?.Id ?? EventId.None;
                    Assert.Equal(wanted, memory.Graph.Events.EndOfSessionBefore(current, agent));
                }
            }
        },
        iter: 400, print: AnyHistory.Print);

    [Fact]
    public void What_is_told_of_an_event_without_making_it_is_true() => AnyHistory.Any.Sample(
        history =>
        {
            InMemoryGraph memory = AnyHistory.Played(history);
            EventIndex events = memory.Graph.Events;
            List<EventId> refs = [];
            foreach (RecordedEvent one in memory.Recorded)
            {
                events.ReadRefs(one.Id, refs);
                Assert.Equal(one.Refs, refs);
                Assert.Equal(
                    (one.Event is LogEvent, one.Undoes.Count > 0, one.Origin is not null, one.RedactedBy is not null),
                    (events.IsOfLog(one.Id), events.HasUndoes(one.Id), events.HasOrigin(one.Id), events.IsRedacted(one.Id)));
            }
        },
        iter: 200, print: AnyHistory.Print);

    private static IEnumerable<EventId> Ids(IEnumerable<EventRun> runs) => runs.SelectMany(run => run.Down(EventId.None));
}
