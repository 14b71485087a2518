using System.CommandLine;
using System.Diagnostics;
using MemoryGraph.Benchmarks.Data;

// memory-graph benchmarks: see Benchmarks in README.md.
#pragma warning disable RS0030 // Who runs it watches it on the terminal.
TextWriter output = Console.Out;
#pragma warning restore RS0030

string repository = RepositoryAround(AppContext.BaseDirectory);
var data = new Option<string>("--data")
{
    Description = "Where generated memories are kept, on the disk that is to be measured.",
    CustomParser = said => Path.GetFullPath(said.Tokens[0].Value),
    DefaultValueFactory = _ => Path.Combine(repository, "artifacts", "benchmarks"),
};
var sizes = new Option<int[]>("--sizes")
{
    Description = "How many events the memories have.",
    DefaultValueFactory = _ => [1_000, 10_000, 100_000, 1_000_000],
    AllowMultipleArgumentsPerToken = true,
};

var generate = new Command("generate", "Make the memories that are measured, and say where they lie.") { data, sizes };
generate.SetAction(async (parsed, _) =>
{
    foreach (int size in parsed.GetValue(sizes)!)
    {
        long begin = Stopwatch.GetTimestamp();
        GeneratedStore store = await GeneratedStore.OfAsync(parsed.GetValue(data)!, size);
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        await output.WriteLineAsync(FormattableString.Invariant(
            $"{store.Path}: {store.Size} events, {store.Entities} entities, {store.LogBytes / store.Size} bytes per event, {store.Probes.Count} probes ({seconds:0.0} s)"));
    }
});

var root = new RootCommand("Measures MemoryGraph: its library, and the native server over stdio.") { generate };
return await root.Parse(args).InvokeAsync();

static string RepositoryAround(string folder) =>
    File.Exists(Path.Combine(folder, "MemoryGraph.Mcp.sln")) ? folder : RepositoryAround(Path.GetDirectoryName(folder)!);
