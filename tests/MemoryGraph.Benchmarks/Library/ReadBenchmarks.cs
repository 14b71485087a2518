using BenchmarkDotNet.Attributes;
using MemoryGraph.Domain;
using MemoryGraph.Queries;
using MemoryGraph.Search;

namespace MemoryGraph.Benchmarks.Library;

/// <summary>Questions, each answered as far as a tool shows it by default.</summary>
public class ReadBenchmarks : MemoryBenchmark
{
    private const int HitsShown = 10;
    private const int LinesShown = 20;

    [Benchmark]
    public int Open() => Ask(new OpenQuery([NextProbe().Name], AsOf.Now), answer => answer.Entities.Sum(Shown));

    [Benchmark]
    public int Related() => Ask(
        new RelatedQuery(NextProbe().Name, RelationType: null, Direction.Both, Depth: 1, ValidAt: null, AsOf.Now),
        answer => answer.Steps.Count());

    [Benchmark]
    public int SearchRareWord() => Search(NextProbe().CodeName);

    [Benchmark]
    public int SearchNoHit() => Search("xylophones quibbling");

    [Benchmark]
    public int SearchQuestion() => Search($"Who decided to move {NextProbe().CodeName} to another database, and why?");

    [Benchmark]
    public int SearchCommonWords() => Search("service customer");

    [Benchmark]
    public int HistoryOfEntity() => Ask(
        new HistoryQuery(NextProbe().Name, null, null, null, null, null, AsOf.Now), answer => answer.Lines.Take(LinesShown).Count());

    [Benchmark]
    public int DiffOfTwentyEvents() => Ask(
        new DiffQuery(AsOf.Of(new EventId(Events / 2)), AsOf.Of(new EventId(Events / 2) + LinesShown), Entity: null),
        answer => answer.Changes!.Entities.Count());

    [Benchmark]
    public int Status() => Ask(new StatusQuery(), answer => answer.Entities);

    /// <summary>Reads what an answer shows of an entity.</summary>
    internal static int Shown(EntityCard card) => card.Observations.Count() + card.Relations.Count();

    private int Search(string text) => Ask(
        new SearchQuery(text, EntityType: null, AsOf.Now),
        answer => answer.Hits.Take(HitsShown).Sum(hit => hit.Matching.Count() + Shown(hit.Entity)));
}
