namespace MemoryGraph.Mcp.Tests;

/// <summary>A clock that shows what it was set to, in UTC.</summary>
internal sealed class SetClock : TimeProvider
{
    public static DateTimeOffset Start { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = Start;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Now;
}
