using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Queries;
using MemoryGraph.Search;

namespace MemoryGraph.Tests.Projections;

public sealed class SearchIndexTests
{
    [Fact]
    public void A_list_is_walked_from_any_point_as_it_was_written() => Gen.Select(
            Gen.Select(Gen.Frequency((20, Gen.Int[1, 3]), (1, Gen.Int[1, 200_000])), Gen.Byte[1, 3]).Array[1, 300], Gen.Int[0, 100])
        .Sample((steps, percent) =>
        {
            var lists = new PostingLists();
            List<(int Id, byte Frequency)> written = [];
            int other = lists.Begin(1, 1);
            int list = -1;
            foreach ((int distance, byte frequency) in steps)
            {
                int id = distance + (written.Count == 0 ? 0 : written[^1].Id);
                written.Add((id, frequency));
                list = list < 0 ? lists.Begin(id, frequency) : list;
                if (written.Count > 1)
                {
                    lists.Add(list, id, frequency);
                    lists.Add(other, id, 2);
                }
            }

            int point = written[^1].Id * percent / 100;
            (int Id, byte Frequency)[] expected = [.. written.Where(one => one.Id <= point).Reverse()];
            Assert.Equal(expected, Walked(lists.Open(list, point)));
            Assert.Equal(expected.Length, lists.Open(list, point).Count);

            // From any place one can go on to any older one.
            PostingIterator cursor = lists.Open(list, int.MaxValue);
            cursor.SkipTo(point);
            Assert.Equal(expected.FirstOrDefault().Id, cursor.Id);
        });

    [Fact]
    public void Texts_and_words_are_counted_up_to_any_event() => Gen.Select(Gen.Int[0, 300].Array[1, 1_000], Gen.Int[0, 100]).Sample(
        (lengths, percent) =>
        {
            var kept = new FieldLengths();
            Array.ForEach(lengths, kept.Add);
            int[] expected = [.. lengths.Take(lengths.Length * percent / 100).Select(length => Math.Min(length, 255))];

            Assert.Equal((expected.Count(length => length > 0), expected.Sum()), kept.UpTo(expected.Length));
        });

    /// <summary>A snapshot is the bytes of the columns: what is loaded from them answers the same and can be fed on.</summary>
    [Fact]
    public void An_index_loaded_from_its_columns_answers_as_the_one_that_was_fed() => Gen.Select(
            AnyCommand.Sequence, Gen.OneOfConst("likes tea", "likd", "dang nhap", "person between", "kno", "#3"), Gen.Int[0, 100])
        .Sample(
            (commands, asked, percent) =>
            {
                InMemoryGraph fed = AnyCommand.Played(commands);
                int saved = fed.Recorded.Count * percent / 100;
                var first = new SearchIndex(fed.Graph);
                Feed(first, fed.Recorded.Take(saved));
                SearchIndex loaded = LoadedFrom(first, fed);

                Assert.Equal(Shown(fed, fed.Search, asked), Shown(fed, loaded, asked));
            },
            iter: 500, print: one => $"{AnyCommand.Print(one.Item1)}\n{one.Item2} at {one.Item3} %");

    [Fact]
    public void A_search_for_what_nobody_said_looks_into_no_list()
    {
        InMemoryGraph memory = new InMemoryGraph().Record(new EntityCreated("Ada", "person"))
            .Record(new ObservationAdded(new EventId(1), "Ada", "likes tea"));

        memory.Ask(new SearchQuery("Who owns the quagga?", null, AsOf.Now));
        Assert.Equal(0, memory.Search.Lists.Opened);

        memory.Ask(new SearchQuery("tea", null, AsOf.Now));
        Assert.InRange(memory.Search.Lists.Opened, 1, int.MaxValue);
    }

    private static List<(int Id, byte Frequency)> Walked(PostingIterator cursor)
    {
        List<(int Id, byte Frequency)> walked = [];
        for (; cursor.Id > 0; cursor.Next())
        {
            walked.Add((cursor.Id, cursor.Frequency));
        }

        return walked;
    }

    private static void Feed(SearchIndex index, IEnumerable<RecordedEvent> events)
    {
        foreach (RecordedEvent recorded in events)
        {
            index.Apply(recorded);
        }
    }

    private static SearchIndex LoadedFrom(SearchIndex saved, InMemoryGraph memory)
    {
        var loaded = new SearchIndex(memory.Graph);
        loaded.StartFrom(() =>
        {
            foreach ((Column from, Column to) in saved.Columns.Zip(loaded.Columns))
            {
                to.Prepare(from.Count);
                for (int chunk = 0; chunk < from.Chunks; chunk++)
                {
                    from.Chunk(chunk).CopyTo(to.Fill(chunk));
                }

                to.TakeFilled();
            }

            return saved.AppliedTo;
        });
        loaded.CatchUp(memory.Graph.Events, memory.Graph.Events.Last);
        return loaded;
    }

    private static string Shown(InMemoryGraph memory, SearchIndex index, string asked)
    {
        SearchAnswer answer = new SearchQuery(asked, null, AsOf.Now).Read(
            new QueryContext(memory.Graph, memory.Graph.Events.Last, [index, memory.Timeline, memory.Activity], EventId.None, ""));
        return $"{answer.Match} {answer.Count} {answer.CountOfBest} "
            + string.Join(", ", answer.Typos.SelectMany(slip => slip.Corrections)) + "\n"
            + string.Join("\n", answer.Hits.Select(hit =>
                $"{hit.Entity.Name}: {string.Join(" | ", hit.Matching.Select(one => one.Text))} and {hit.OtherObservations}"));
    }
}
