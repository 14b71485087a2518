using System.Text.Json.Nodes;
using MemoryGraph.Benchmarks.Data;
using MemoryGraph.Benchmarks.Reports;

namespace MemoryGraph.Benchmarks.Stdio;

/// <summary>How long questions take, and what memory the server then has.</summary>
internal static class Reads
{
    private const string Title = "Read";
    private const string Remark =
        "From the first byte of the request to the last of the answer; each time about another entity. The floor: `ping`, which "
        + "only passes through the same pipes, in turn with the question.";

    private const int DiffEvents = 20;

    public static void Of(Bench bench, GeneratedStore store, Findings findings)
    {
        using var server = StdioServer.Start(bench.Binary, store.Path);
        Ask(EntityRef.Open, 100, "open_nodes", probe => new JsonObject { ["names"] = new JsonArray(probe.Name) });
        Ask(EntityRef.Related, 200, "get_related", probe => new JsonObject { ["entity"] = probe.Name });
        Ask(EntityRef.Selective, 500, "search_nodes", probe => new JsonObject { ["query"] = probe.CodeName });
        Ask(EntityRef.NoHit, 500, "search_nodes", _ => new JsonObject { ["query"] = "xylophones quibbling" });
        Ask(
            "`search_nodes`, a question", null, "search_nodes",
            probe => new JsonObject { ["query"] = $"Who decided to move {probe.CodeName} to another database, and why?" });
        Ask("`search_nodes`, two words that many say", null, "search_nodes", _ => new JsonObject { ["query"] = "service customer" });
        Ask("`query_graph_at`, the first page of all", null, "query_graph_at", _ => new JsonObject { ["at"] = "now" });
        Ask("`get_history` of one entity", null, "get_history", probe => new JsonObject { ["entity"] = probe.Name });
        Ask("`get_history`, the last events", null, "get_history", _ => []);
        Ask(
            "`diff_graph` over 20 events in the middle", null, "diff_graph",
            _ => new JsonObject { ["from"] = $"#{store.Size / 2}", ["to"] = $"#{(store.Size / 2) + DiffEvents}" });
        Ask("`memory_status`", null, "memory_status", _ => []);
        Measure(
            "a call refused for its arguments: the least that a tool costs", _ => server.BeRefused(server.Call("open_nodes", [])), target: null);
        long? resident = server.ResidentBytes;
        if (resident is { } bytes)
        {
            findings.Add(
                "Memory",
                "What the system counts for the server (RSS) after all the questions above, all included: program, graph, search index.",
                new Figure("memory", store.Size, new Quantity(bytes, Unit.Bytes)),
                new Figure("memory for each event", store.Size, new Quantity((double)bytes / store.Size, Unit.BytesPerEvent))
                {
                    Target = Bench.AtMillion(store.Size, Target.AtMost(new Quantity(600, Unit.BytesPerEvent))),
                });
        }

        void Ask(string what, double? microseconds, string tool, Func<Probe, JsonObject> arguments)
        {
            Target? target = microseconds is { } most ? Target.AtMost(Quantity.Microseconds(most)) : null;
            Measure(
                what,
                round => server.Do(server.Call(tool, arguments(store.Probes[round % store.Probes.Count]))),
                store.Size == Bench.Million ? target : null);
        }

        // Each in rounds of its own: after a slow question a quick one pays for caches that the slow one took.
        void Measure(string what, Func<int, TimeSpan> ask, Target? target)
        {
            var rounds = new Rounds();
            Samples ping = rounds.Add(_ => server.Do(server.Ping()));
            Samples question = rounds.Add(ask);
            rounds.Run(bench.Starts, bench.Budget / 5);
            findings.Add(Title, Remark, question.ToFigure(what, store.Size, ping, "ping", target));
        }
    }
}
