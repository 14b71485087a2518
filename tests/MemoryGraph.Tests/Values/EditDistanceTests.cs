using CsCheck;
using MemoryGraph.Text;

namespace MemoryGraph.Tests.Values;

public sealed class EditDistanceTests
{
    private static readonly Gen<string> Typing = Gen.String[Gen.Char['a', 'c'], 0, 12];

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("tea", "tea", 0)]
    [InlineData("tea", "teas", 1)]
    [InlineData("tea", "tee", 1)]
    [InlineData("tea", "ta", 1)]
    [InlineData("search_nodes", "serach_nodes", 1)]
    [InlineData("ca", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    public void The_distance_counts_slips(string a, string b, int distance) =>
        Assert.Equal(distance, EditDistance.Within(a, b, int.MaxValue));

    [Fact]
    public void A_distance_beyond_the_bound_is_null()
    {
        Assert.Equal(3, EditDistance.Within("kitten", "sitting", 3));
        Assert.Null(EditDistance.Within("kitten", "sitting", 2));
        Assert.Null(EditDistance.Within("a", "abcdefgh", 6));
        Assert.Null(EditDistance.Within("a", "b", 0));
    }

    [Fact]
    public void A_negative_bound_is_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EditDistance.Within("a", "a", -1));

    [Fact]
    public void Every_bound_agrees_with_the_definition() => Gen.Select(Typing, Typing, Gen.Int[0, 13]).Sample(
        (a, b, max) =>
        {
            int distance = Naive(a, b);
            Assert.Equal(distance <= max ? distance : null, EditDistance.Within(a, b, max));
        },
        iter: 20_000);

    [Fact]
    public void Long_texts_agree_with_the_definition() => Gen.Select(
            Gen.String[Gen.Char['a', 'b'], 130, 200],
            Gen.String[Gen.Char['a', 'b'], 130, 200],
            Gen.Int[0, 120])
        .Sample(
            (a, b, max) =>
            {
                int distance = Naive(a, b);
                Assert.Equal(distance <= max ? distance : null, EditDistance.Within(a, b, max));
            },
            iter: 50);

    // The textbook's table, every cell of it.
    private static int Naive(string a, string b)
    {
        var cells = new Dictionary<(int, int), int>();
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                int cell = i == 0 || j == 0 ? i + j : Math.Min(
                    cells[(i - 1, j - 1)] + (a[i - 1] == b[j - 1] ? 0 : 1),
                    Math.Min(cells[(i - 1, j)], cells[(i, j - 1)]) + 1);
                bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                cells[(i, j)] = swapped ? Math.Min(cell, cells[(i - 2, j - 2)] + 1) : cell;
            }
        }

        return cells[(a.Length, b.Length)];
    }
}
