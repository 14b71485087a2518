using System.Globalization;

namespace MemoryGraph.Domain;

/// <summary>
/// The point that a question is asked about: now, an event, an instant, or the end of the last session.
/// </summary>
/// <remarks>
/// What people and models write: <c>#42</c> or <c>42</c>; an ISO date or time (<c>2026-11-23</c>,
/// <c>2026-11-23T14:30</c>, local unless it says otherwise); <c>now</c>, <c>today</c>, <c>yesterday</c>,
/// <c>last week</c>, <c>last month</c>, <c>last year</c>, <c>2 days ago</c>; <c>last session</c>. A day as the point of
/// a question means its end (all that was known that day), and its beginning as the start of a period.
/// </remarks>
public abstract record AsOf
{
    private AsOf()
    {
    }

    /// <summary>The last event, whichever that is when the question is answered.</summary>
    public static AsOf Now { get; } = new Latest();

    /// <summary>When an event had just happened.</summary>
    public static AsOf Of(EventId id) => new Event(id);

    /// <summary>What may be written, for error messages.</summary>
    public const string Forms =
        "an event (#42), a date or time (2026-11-23, 2026-11-23T14:30), \"2 days ago\", \"yesterday\", \"last week\", or \"last session\"";

    /// <summary>Reads a point as people write it.</summary>
    /// <param name="text">In any case, spaces around it ignored.</param>
    /// <param name="now">The present.</param>
    /// <param name="zone">Where a time without zone was meant.</param>
    /// <param name="startOfDay">Whether a day means its beginning, as the start of a period does.</param>
    /// <returns>Null when it is none of the forms.</returns>
    public static AsOf? Parse(string text, DateTimeOffset now, TimeZoneInfo zone, bool startOfDay = false)
    {
        string said = text.Trim().ToLowerInvariant();
        DateTime today = TimeZoneInfo.ConvertTime(now, zone).Date;
        return said switch
        {
            "now" or "latest" => Now,
            "last session" or "last_session" => new EndOfLastSession(),
            "today" => startOfDay ? Local(today, zone) : Now,
            "yesterday" => Day(today.AddDays(-1), zone, startOfDay),
            "last week" => Day(today.AddDays(-7), zone, startOfDay),
            "last month" => Day(today.AddMonths(-1), zone, startOfDay),
            "last year" => Day(today.AddYears(-1), zone, startOfDay),
            _ => (AsOf?)EventOrNull(said) ?? AgoOrNull(said, now) ?? DateOrNull(said, zone, startOfDay),
        };
    }

    private static Event? EventOrNull(string said) => EventId.OfCitation(said) is { } id ? new Event(id) : null;

    private static Instant? AgoOrNull(string said, DateTimeOffset now)
    {
        string[] words = said.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var amount, var unit, "ago"])
        {
            return null;
        }

        const int most = 1_000_000;
        int? count = amount is "a" or "an" or "one" ? 1
            : int.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most ? number : null;
        if (count is not { } n)
        {
            return null;
        }

        try
        {
            return unit.TrimEnd('s') switch
            {
                "second" or "sec" => new Instant(now.AddSeconds(-n)),
                "minute" or "min" => new Instant(now.AddMinutes(-n)),
                "hour" => new Instant(now.AddHours(-n)),
                "day" => new Instant(now.AddDays(-n)),
                "week" => new Instant(now.AddDays(-7 * n)),
                "month" => new Instant(now.AddMonths(-n)),
                "year" => new Instant(now.AddYears(-n)),
                _ => null,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return new Instant(DateTimeOffset.UnixEpoch);
        }
    }

    private static Instant? DateOrNull(string said, TimeZoneInfo zone, bool startOfDay)
    {
        if (DateOnly.TryParseExact(said, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            return Day(day.ToDateTime(TimeOnly.MinValue), zone, startOfDay);
        }

        string written = said.Replace('t', ' ').ToUpperInvariant();
        string[] withoutZone = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFF"];
        if (DateTime.TryParseExact(written, withoutZone, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return Local(local, zone);
        }

        string[] withZone = ["yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK"];
        return DateTimeOffset.TryParseExact(
            written, withZone, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset exact)
            ? new Instant(exact) : null;
    }

    private static Instant Day(DateTime day, TimeZoneInfo zone, bool startOfDay)
    {
        if (startOfDay)
        {
            return Local(day, zone);
        }

        return day.Date == DateTime.MaxValue.Date
            ? new Instant(DateTimeOffset.MaxValue) : new Instant(Local(day.AddDays(1), zone).At.AddMilliseconds(-1));
    }

    private static Instant Local(DateTime local, TimeZoneInfo zone)
    {
        TimeSpan offset = zone.GetUtcOffset(local);
        long ticks = Math.Clamp(local.Ticks - offset.Ticks, DateTimeOffset.UnixEpoch.Ticks, DateTime.MaxValue.Ticks);
        return new Instant(new DateTimeOffset(ticks, TimeSpan.Zero));
    }

    /// <summary>The last event there is.</summary>
    internal sealed record Latest : AsOf;

    /// <summary>When an event had just happened; one that is still to come means now.</summary>
    internal sealed record Event(EventId Id) : AsOf;

    /// <summary>When the last event up to an instant had happened.</summary>
    internal sealed record Instant(DateTimeOffset At) : AsOf;

    /// <summary>The end of the session before this one, of the same agent.</summary>
    internal sealed record EndOfLastSession : AsOf;
}
