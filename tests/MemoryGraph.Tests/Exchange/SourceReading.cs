using System.Text;
using MemoryGraph.Events;
using MemoryGraph.Exchange;
using MemoryGraph.Graph;
using MemoryGraph.Values;

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

    private static SourceReading Of(MemorySource source, byte[] file)
    {
        var problems = new List<SourceProblem>();
        SourceCall[] calls = [.. source.Read(new MemoryStream(file), problems.Add)];
        var memory = new InMemoryGraph();
        var decider = new SourceDecider(
            source.Name, hasLastingIds: false, isThisProject: false, note => Assert.Fail($"{note.Where} {note.What}"));
        foreach (SourceEvent happened in calls.SelectMany(call => call.Events))
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

        return new SourceReading(calls, problems, memory.Graph);
    }
}
