using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Exchange;
using MemoryGraph.Graph;

namespace MemoryGraph.Tests.Exchange;

/// <summary>What a source's file was read as: its calls, its problems, and the graph of an empty memory that takes it over.</summary>
internal sealed record SourceReading(IReadOnlyList<SourceCall> Calls, IReadOnlyList<SourceProblem> Problems, GraphState State)
{
    public const long LastWrite = 1_768_000_000_000;

    /// <summary>The graph, as <see cref="GraphDump.Brief"/> writes it.</summary>
    public string Graph => GraphDump.Brief(State.Now);

    /// <summary>Problems as the command line shows them.</summary>
    public IEnumerable<string> Told => Problems.Select(one => FormattableString.Invariant($"line {one.Line}: {one.What}"));

    public static SourceReading OfServerMemory(params string[] lines) => OfServerMemory(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    public static SourceReading OfServerMemory(byte[] file) => Of(new ServerMemoryFile("/home/ada/memory.jsonl", LastWrite), file);

    public static SourceReading OfRust(params string[] lines) => OfRust(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    public static SourceReading OfRust(byte[] file) => Of(new RustMemoryGraphFile("/home/ada/data/events.jsonl"), file);

    public static byte[] Fixture(string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "foreign", name));

    /// <summary>Takes a file over into a memory, as an import does.</summary>
    /// <returns>What was not taken over.</returns>
    public static IReadOnlyList<ImportNote> TakeOver(InMemoryGraph memory, MemorySource source, byte[] file)
    {
        var notes = new List<ImportNote>();
        var decider = new SourceDecider(source.Name, source.HasLastingIds, isThisProject: false, notes.Add);
        foreach (SourceEvent happened in source.Read(new MemoryStream(file), _ => { }).SelectMany(call => call.Events))
        {
            foreach (MemoryEvent ours in decider.Decide(memory.Graph.Now, happened))
            {
                EventId id = memory.Graph.Events.Last.Next;
                memory.Fold(new RecordedEvent(id, LastWrite, id, 1, id, new EventId(1), memory.Author, null, ours)
                {
                    Origin = happened.Origin,
                });
            }
        }

        return notes;
    }

    private static SourceReading Of(MemorySource source, byte[] file)
    {
        var problems = new List<SourceProblem>();
        SourceCall[] calls = [.. source.Read(new MemoryStream(file), problems.Add)];
        var memory = new InMemoryGraph();
        Assert.Empty(TakeOver(memory, source, file));
        return new SourceReading(calls, problems, memory.Graph);
    }
}
