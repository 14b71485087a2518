using System.Text.Json.Nodes;
using MemoryGraph.Benchmarks.Data;
using MemoryGraph.Benchmarks.Reports;

namespace MemoryGraph.Benchmarks.Stdio;

/// <summary>How long questions about the past take, against the same questions now.</summary>
internal static class PastReads
{
    private static readonly int[] Percents = [10, 50, 90];

    public static void Of(Bench bench, GeneratedStore store, Findings findings)
    {
        Probe[] old = [.. store.Probes.Where(probe => probe.Id.Value <= store.Size / 10)];
        if (old.Length == 0)
        {
            return;
        }

        using var server = StdioServer.Start(bench.Binary, store.Path);
        (string What, Func<Probe, JsonObject> Arguments)[] questions =
        [
            ("one name", probe => new JsonObject { ["names"] = new JsonArray(probe.Name) }),
            ("a rare word", probe => new JsonObject { ["query"] = probe.CodeName }),
            ("the first page of all", _ => []),
        ];
        foreach ((string what, Func<Probe, JsonObject> arguments) in questions)
        {
            var rounds = new Rounds();
            Samples now = rounds.Add(round => Ask(round, "now"));
            Samples[] past = [.. Percents.Select(percent =>
                rounds.Add(round => Ask(round, FormattableString.Invariant($"#{(long)store.Size * percent / 100}"))))];
            rounds.Run(bench.Starts, bench.Budget / questions.Length);
            findings.Add(
                "As of a past point",
                "`query_graph_at` at a tenth, half and nine tenths of the log. The floor: the same question at `now`.",
                past.Zip(Percents, (samples, percent) => samples.ToFigure(
                    FormattableString.Invariant($"{what}, at {percent} %"), store.Size, now, "now",
                    Bench.AtMillion(store.Size, Target.AtMost(Quantity.Times(1.5))))));

            TimeSpan Ask(int round, string at)
            {
                JsonObject asked = arguments(old[round % old.Length]);
                asked["at"] = at;
                return server.Do(server.Call("query_graph_at", asked));
            }
        }
    }
}
