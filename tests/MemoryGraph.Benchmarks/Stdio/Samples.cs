using System.Diagnostics;
using MemoryGraph.Benchmarks.Reports;

namespace MemoryGraph.Benchmarks.Stdio;

/// <summary>What one thing took, time after time, in seconds.</summary>
internal sealed class Samples
{
    private readonly List<double> _seconds = [];

    public int Count => _seconds.Count;

    /// <summary>Half of them took less.</summary>
    public double Median => Percentile(50);

    /// <summary>One in twenty took longer.</summary>
    public double Percentile95 => Percentile(95);

    /// <summary>What it took, as a row of a table.</summary>
    /// <param name="what">The thing.</param>
    /// <param name="events">Size of the memory.</param>
    /// <param name="floor">What was measured in turn with it and is part of it; null for none.</param>
    /// <param name="floorName">What that is, for people.</param>
    /// <param name="target">What the design asks for; null where it asks for nothing.</param>
    public Figure ToFigure(string what, int events, Samples? floor = null, string floorName = "", Target? target = null) =>
        new(what, events, Quantity.Seconds(Median))
        {
            Percentile95 = Quantity.Seconds(Percentile95),
            Floor = floor is null ? null : (Quantity.Seconds(floor.Median), floorName),
            Target = target,
        };

    public void Add(TimeSpan took) => _seconds.Add(took.TotalSeconds);

    private double Percentile(int percent)
    {
        double[] ordered = [.. _seconds.Order()];
        return ordered[Math.Min(ordered.Length - 1, ordered.Length * percent / 100)];
    }
}

/// <summary>Things to be measured in turn, so that what disturbs the machine disturbs all of them alike.</summary>
internal sealed class Rounds
{
    private const int CountMax = 1_000;

    private readonly List<(Func<int, TimeSpan> Run, Samples Samples)> _subjects = [];

    /// <summary>Adds a subject, which is told the number of its run and tells how long what is to be measured took.</summary>
    public Samples Add(Func<int, TimeSpan> run)
    {
        var samples = new Samples();
        _subjects.Add((run, samples));
        return samples;
    }

    /// <summary>Runs all subjects in turn, again and again.</summary>
    /// <param name="atLeast">Rounds that count, at least.</param>
    /// <param name="budget">How long to go on beyond those, up to <see cref="CountMax"/>.</param>
    /// <param name="warmUp">Rounds before the first that counts.</param>
    public void Run(int atLeast, TimeSpan budget, int warmUp = 5)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int round = 0; round < warmUp + atLeast || (round < CountMax && Stopwatch.GetElapsedTime(begin) < budget); round++)
        {
            foreach ((Func<int, TimeSpan> run, Samples samples) in _subjects)
            {
                TimeSpan took = run(round);
                if (round >= warmUp)
                {
                    samples.Add(took);
                }
            }
        }
    }

    /// <summary>Runs something and tells how long it took.</summary>
    public static TimeSpan Time(Action run)
    {
        long begin = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(begin);
    }
}
