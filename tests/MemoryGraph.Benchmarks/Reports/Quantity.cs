using System.Globalization;

namespace MemoryGraph.Benchmarks.Reports;

/// <summary>What a number counts.</summary>
internal enum Unit
{
    /// <summary>How much time, in seconds.</summary>
    Time,

    /// <summary>How much room, in bytes.</summary>
    Bytes,

    /// <summary>Bytes for each event kept.</summary>
    BytesPerEvent,

    EventsPerSecond,

    BytesPerSecond,

    /// <summary>How many.</summary>
    Count,

    /// <summary>How many times something else.</summary>
    Times,
}

/// <summary>A measured number with its unit; shown with three digits, which is more than a second run confirms.</summary>
internal readonly record struct Quantity(double Value, Unit Unit)
{
    private const double Megabyte = 1e6;

    public static Quantity Seconds(double value) => new(value, Unit.Time);

    public static Quantity Milliseconds(double value) => new(value / 1e3, Unit.Time);

    public static Quantity Microseconds(double value) => new(value / 1e6, Unit.Time);

    public static Quantity Megabytes(double value) => new(value * Megabyte, Unit.Bytes);

    public static Quantity MegabytesPerSecond(double value) => new(value * Megabyte, Unit.BytesPerSecond);

    public static Quantity Times(double value) => new(value, Unit.Times);

    public override string ToString() => Unit switch
    {
        Unit.Time when Value >= 1 => $"{Digits(Value)} s",
        Unit.Time when Value >= 1e-3 => $"{Digits(Value * 1e3)} ms",
        Unit.Time => $"{Digits(Value * 1e6)} µs",
        Unit.Bytes => $"{Digits(Value / Megabyte)} MB",
        Unit.BytesPerEvent => $"{Digits(Value)} bytes per event",
        Unit.EventsPerSecond => $"{Digits(Value)} events/s",
        Unit.BytesPerSecond => $"{Digits(Value / Megabyte)} MB/s",
        Unit.Count => Value.ToString("#,0", CultureInfo.InvariantCulture),
        Unit.Times => $"{Digits(Value)} ×",
        _ => throw new System.Diagnostics.UnreachableException($"{Unit} has no arm"),
    };

    private static string Digits(double value) => value switch
    {
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}

/// <summary>A number to hold: at most, or at least.</summary>
internal readonly record struct Target(Quantity Limit, bool AtLeast = false)
{
    public static Target AtMost(Quantity limit) => new(limit);

    public bool IsHeldBy(double value) => AtLeast ? value >= Limit.Value : value <= Limit.Value;

    public override string ToString() => $"{(AtLeast ? "≥" : "≤")} {Limit}";
}
