using System.Globalization;

namespace MemoryGraph.Tests.Values;

/// <summary>What Unicode expects of a text, from an implementation that is not ours.</summary>
internal sealed record CompositionFixture(string Text, string Composed, string Decomposed)
{
    public static IReadOnlyList<CompositionFixture> All { get; } = Read();

    /// <summary>The code points of a text, for messages in which marks would be invisible.</summary>
    public static string Show(string text) => string.Join(' ', text.Select(c => $"{(int)c:X4}"));

    private static CompositionFixture[] Read() =>
    [
        .. from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", "composition.txt"))
           where !line.StartsWith('#')
           let texts = line.Split(';').Select(Parse).ToArray()
           select new CompositionFixture(texts[0], texts[1], texts[2]),
    ];

    private static string Parse(string codePoints) => string.Concat(codePoints.Split(' ').Select(
        hex => char.ConvertFromUtf32(int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
}
