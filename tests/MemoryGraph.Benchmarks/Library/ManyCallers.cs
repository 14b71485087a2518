using System.Diagnostics;
using System.Globalization;
using MemoryGraph.Benchmarks.Data;
using MemoryGraph.Domain;
using MemoryGraph.Memory;

namespace MemoryGraph.Benchmarks.Library;

/// <summary>Many callers of one project, each of whom waits for its answer before it asks for the next change.</summary>
internal sealed class ManyCallers(MemoryProject project, IReadOnlyList<Probe> probes)
{
    /// <summary>How many callers the design speaks of.</summary>
    public const int Count = 64;

    /// <summary>Changes that each caller asks for in a run; each comes to one event.</summary>
    public const int CallsEach = 200;

    private static readonly Author Author = new("benchmark", "benchmarks/1.0");

    private int _run;

    /// <summary>Lets all callers have their changes, every one durable before it is answered.</summary>
    public async Task<TimeSpan> RunAsync()
    {
        int run = ++_run;
        long begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Count).Select(caller => Task.Run(() => CallAsync(run, caller))));
        return Stopwatch.GetElapsedTime(begin);
    }

    private async Task CallAsync(int run, int caller)
    {
        Probe probe = probes[caller % probes.Count];
        for (int call = 0; call < CallsEach; call++)
        {
            Receipt receipt = await project.SubmitAsync(
                new AddObservations(probe.Name, [string.Create(CultureInfo.InvariantCulture, $"Said by caller {caller} as call {call} of run {run}, beside many others.")]),
                Author);
            if (receipt.Recorded.Count != 1)
            {
                throw new InvalidOperationException($"nothing was recorded: {receipt.Refused?.Message}");
            }
        }
    }
}
