using System.Globalization;
using MemoryGraph.Domain;

namespace MemoryGraph.Tests.Values;

public sealed class AsOfTests
{
    // Monday, 9:30 in the zone below.
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 2, 30, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone("+7", TimeSpan.FromHours(7), "+7", "+7");

    [Theory]
    [InlineData("now")]
    [InlineData(" LATEST ")]
    [InlineData("today")]
    public void The_present_is_the_last_event(string said) => Assert.Equal(AsOf.Now, Parse(said));

    [Theory]
    [InlineData("42", 42)]
    [InlineData("#42", 42)]
    [InlineData(" #42\n", 42)]
    [InlineData("#0", 0)]
    [InlineData("2026", 2026)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void A_number_is_an_event(string said, long id) =>
        Assert.Equal(new AsOf.Event(new EventId(id)), Parse(said));

    [Theory]
    [InlineData("last session")]
    [InlineData("Last_Session")]
    public void The_last_session_has_a_form(string said) => Assert.Equal(new AsOf.EndOfLastSession(), Parse(said));

    [Theory]
    [InlineData("2026-11-20", "2026-11-20T16:59:59.999Z")]
    [InlineData("yesterday", "2026-11-22T16:59:59.999Z")]
    [InlineData("last week", "2026-11-16T16:59:59.999Z")]
    [InlineData("last month", "2026-10-23T16:59:59.999Z")]
    [InlineData("LAST YEAR", "2025-11-23T16:59:59.999Z")]
    [InlineData("9999-12-31", "9999-12-31T23:59:59.9999999Z")]
    public void A_day_is_meant_to_its_end(string said, string instant) => AssertInstant(instant, Parse(said));

    [Theory]
    [InlineData("2026-11-20", "2026-11-19T17:00:00Z")]
    [InlineData("today", "2026-11-22T17:00:00Z")]
    [InlineData("yesterday", "2026-11-21T17:00:00Z")]
    [InlineData("9999-12-31", "9999-12-30T17:00:00Z")]
    [InlineData("0001-01-01", "1970-01-01T00:00:00Z")]
    public void A_day_that_starts_a_period_is_meant_from_its_beginning(string said, string instant) =>
        AssertInstant(instant, AsOf.Parse(said, Now, Zone, startOfDay: true));

    [Theory]
    [InlineData("2026-11-23T14:30", "2026-11-23T07:30:00Z")]
    [InlineData("2026-11-23 14:30:05", "2026-11-23T07:30:05Z")]
    [InlineData("2026-11-23t14:30:05.123", "2026-11-23T07:30:05.123Z")]
    [InlineData("2026-11-23T14:30Z", "2026-11-23T14:30:00Z")]
    [InlineData("2026-11-23T14:30:05z", "2026-11-23T14:30:05Z")]
    [InlineData("2026-11-23T14:30+02:00", "2026-11-23T12:30:00Z")]
    [InlineData("2026-11-23T14:30:05.1234567-05:30", "2026-11-23T20:00:05.1234567Z")]
    [InlineData("0001-01-01T00:00", "1970-01-01T00:00:00Z")]
    public void A_time_is_local_unless_it_says_otherwise(string said, string instant) => AssertInstant(instant, Parse(said));

    [Theory]
    [InlineData("90 seconds ago", "2026-11-23T02:28:30Z")]
    [InlineData("5 min ago", "2026-11-23T02:25:00Z")]
    [InlineData("an hour ago", "2026-11-23T01:30:00Z")]
    [InlineData("1 day  ago", "2026-11-22T02:30:00Z")]
    [InlineData("2 Days Ago", "2026-11-21T02:30:00Z")]
    [InlineData("a week ago", "2026-11-16T02:30:00Z")]
    [InlineData("one month ago", "2026-10-23T02:30:00Z")]
    [InlineData("2 years ago", "2024-11-23T02:30:00Z")]
    [InlineData("0 days ago", "2026-11-23T02:30:00Z")]
    public void A_while_ago_is_counted_from_now_to_the_moment(string said, string instant) =>
        AssertInstant(instant, Parse(said));

    [Theory]
    [InlineData("1000000 weeks ago")]
    [InlineData("1000000 months ago")]
    [InlineData("1000000 years ago")]
    [InlineData("5000 years ago")]
    public void A_while_longer_than_the_calendar_is_before_everything(string said) =>
        AssertInstant("1970-01-01T00:00:00Z", Parse(said));

    [Theory]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("##4")]
    [InlineData("-4")]
    [InlineData("4.0")]
    [InlineData("1,000")]
    [InlineData("99999999999999999999")]
    [InlineData("23/11/2026")]
    [InlineData("11/23/2026")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-29")]
    [InlineData("2026-1-1")]
    [InlineData("2026-11-23T25:00")]
    [InlineData("2026-11-23T14")]
    [InlineData("2026-11-23T14:30+99:00")]
    [InlineData("0001-01-01T00:00+14:00")]
    [InlineData("tomorrow")]
    [InlineData("ago")]
    [InlineData("days ago")]
    [InlineData("2 ago")]
    [InlineData("-2 days ago")]
    [InlineData("2 fortnights ago")]
    [InlineData("99999999999 days ago")]
    [InlineData("hôm qua")]
    public void Anything_else_is_none_of_the_forms(string said) => Assert.Null(Parse(said));

    [Fact]
    public void The_machine_s_culture_makes_no_difference()
    {
        // Day first, a comma before decimals, dots in times, and a minus sign of its own.
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.DateTimeFormat.ShortDatePattern = "dd/MM/yyyy";
        culture.DateTimeFormat.DateSeparator = "/";
        culture.DateTimeFormat.TimeSeparator = ".";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "−";
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            AssertInstant("2026-11-20T16:59:59.999Z", Parse("2026-11-20"));
            AssertInstant("2026-11-23T07:30:05.5Z", Parse("2026-11-23T14:30:05.5"));
            AssertInstant("2026-11-21T02:30:00Z", Parse("2 days ago"));
            Assert.Null(Parse("20/11/2026"));
            Assert.Equal("#1000", new EventId(1_000).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static AsOf? Parse(string said) => AsOf.Parse(said, Now, Zone);

    private static void AssertInstant(string expected, AsOf? actual) => Assert.Equal(
        DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), Assert.IsType<AsOf.Instant>(actual).At);
}
