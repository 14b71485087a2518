using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using MemoryGraph.Benchmarks.Data;
using MemoryGraph.Benchmarks.Library;
using MemoryGraph.Benchmarks.Reports;
using MemoryGraph.Benchmarks.Stdio;

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
    CustomParser = said => [.. said.Tokens.Select(token => SizeIn(said, token.Value))],
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

var report = new Option<string>("--report")
{
    Description = "The report of which a part is rewritten.",
    DefaultValueFactory = _ => Path.Combine(repository, "tests", "MemoryGraph.Benchmarks", "benchmarks.md"),
};
var binary = new Option<FileInfo>("--binary") { Description = "The native program.", Required = true }.AcceptExistingOnly();
var quick = new Option<bool>("--quick") { Description = "Fewer runs: to see that all works, not to quote." };
var readme = new Option<string?>("--readme") { Description = "A file whose short table is rewritten, between its marks." };
var plot = new Option<string?>("--plot") { Description = "Where to draw how costs grow, as SVG." };
var stdio = new Command("stdio", "Measure the native program over standard input and output, and write the report.")
{
    binary, data, sizes, quick, report, readme, plot,
};
stdio.SetAction(async (parsed, cancel) =>
{
    string folder = parsed.GetValue(data)!;
    IReadOnlyList<string> facts = Machine.Facts(folder, repository, TimeProvider.System);
    Findings findings = await StdioBenchmark.RunAsync(
        parsed.GetValue(binary)!.FullName, folder, parsed.GetValue(sizes)!, parsed.GetValue(quick), output);
    facts = [.. facts, Machine.FactAfter(parsed.GetValue(quick))];
    Report.Write(parsed.GetValue(report)!, "stdio", "The native program over stdio", facts, Report.Of(findings.Tables));
    if (parsed.GetValue(plot) is { } picture)
    {
        await File.WriteAllTextAsync(picture, Growth.Plot(findings).ToSvg(), cancel);
    }

    if (parsed.GetValue(readme) is { } page)
    {
        string image = parsed.GetValue(plot) is { } drawn
            ? $"\n![{GrowthPlot.Title}]({Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(page))!, Path.GetFullPath(drawn)).Replace('\\', '/')})\n" : "";
        MarkedSection.Write(
            page, "benchmarks", $"{string.Join("; ", facts)}.\n\n{Report.Short(findings.Tables).ToMarkdown()}{image}");
    }
});

var filter = new Option<string>("--filter") { Description = "Which benchmarks: *Read*, for example.", DefaultValueFactory = _ => "*" };
var library = new Command("library", "Measure the library with BenchmarkDotNet, and write the report.") { data, sizes, filter, quick, report };
library.SetAction(parsed =>
{
    string folder = parsed.GetValue(data)!;
    IReadOnlyList<string> facts = Machine.Facts(folder, repository, TimeProvider.System);
    string tables = LibraryBenchmarks.Run(folder, parsed.GetValue(sizes)!, parsed.GetValue(filter)!, parsed.GetValue(quick));
    Report.Write(
        parsed.GetValue(report)!, "library", "The library", [.. facts, Machine.FactAfter(parsed.GetValue(quick))], tables);
});

var retrieval = new Command("retrieval", "Ask the search 200 questions whose answers are known, and write the report.") { data, report };
retrieval.SetAction(async (parsed, _) =>
{
    string folder = parsed.GetValue(data)!;
    IReadOnlyList<string> facts = Machine.Facts(folder, repository, TimeProvider.System);
    string table = await Retrieval.RunAsync(folder);
    Report.Write(parsed.GetValue(report)!, "retrieval", "What search finds", facts, table);
});

var root = new RootCommand("Measures MemoryGraph: its library, and the native server over stdio.")
{
    generate, stdio, library, retrieval,
};
return await root.Parse(args).InvokeAsync();

static int SizeIn(ArgumentResult said, string text)
{
    if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int size)
        && size is >= GeneratedMemory.SizeMin and <= GeneratedMemory.SizeMax)
    {
        return size;
    }

    said.AddError(FormattableString.Invariant(
        $"--sizes must be numbers of events from {GeneratedMemory.SizeMin} to {GeneratedMemory.SizeMax}; got \"{text}\"."));
    return 0;
}

static string RepositoryAround(string folder) =>
    File.Exists(Path.Combine(folder, "MemoryGraph.Mcp.sln")) ? folder : RepositoryAround(Path.GetDirectoryName(folder)!);
