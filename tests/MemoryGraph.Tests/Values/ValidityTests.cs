using MemoryGraph.Domain;

namespace MemoryGraph.Tests.Values;

public sealed class ValidityTests
{
    [Theory]
    [InlineData(null, null, "2026-05-01", true)]
    [InlineData("2026-05-01", null, "2026-04-30", false)]
    [InlineData("2026-05-01", null, "2026-05-01", true)]
    [InlineData(null, "2026-05-01", "2026-04-30", true)]
    [InlineData(null, "2026-05-01", "2026-05-01", false)]
    [InlineData("2026-05-01", "2026-06-01", "2026-05-31", true)]
    public void A_range_holds_from_its_first_day_to_before_its_last(string? from, string? to, string day, bool holds) =>
        Assert.Equal(holds, new Validity(from, to).Holds(day));

    [Theory]
    [InlineData("2026-11-23", true)]
    [InlineData("2024-02-29", true)]
    [InlineData("2026-02-29", false)]
    [InlineData("2026-1-1", false)]
    [InlineData(" 2026-11-23", false)]
    [InlineData("23/11/2026", false)]
    [InlineData("", false)]
    public void A_day_is_an_iso_date(string text, bool isDay) => Assert.Equal(isDay, Validity.IsDay(text));

    [Theory]
    [InlineData(null, null, "")]
    [InlineData("2026-05-01", null, "since 2026-05-01")]
    [InlineData(null, "2026-06-01", "until 2026-06-01")]
    [InlineData("2026-05-01", "2026-06-01", "2026-05-01 to 2026-06-01")]
    public void A_range_is_shown_as_people_say_it(string? from, string? to, string shown) =>
        Assert.Equal(shown, new Validity(from, to).ToString());
}
