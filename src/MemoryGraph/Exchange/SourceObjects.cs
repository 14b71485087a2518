using System.Text.Json;
using static System.FormattableString;

namespace MemoryGraph.Exchange;

/// <summary>Finds the JSON objects of a line: usually one, and every whole one where the line is damaged.</summary>
/// <remarks>
/// A program that was stopped while it appended leaves half an object, and the next one appends to the same line; two
/// programs that append at once may leave out the newline between. Whole objects behind or between such halves are
/// found by their first bytes, which no JSON string can contain.
/// </remarks>
internal static class SourceObjects
{
    /// <param name="opening">How an object of this source begins: <c>{"type":</c>.</param>
    /// <param name="texts">Gets reports of what is no object.</param>
    /// <returns>Each is valid until the next.</returns>
    public static IEnumerable<JsonElement> In(ReadOnlyMemory<byte> line, byte[] opening, SourceTexts texts)
    {
        for (int at = Start(line, 0); at < line.Length; at = Start(line, at))
        {
            using JsonDocument? found = Parse(line.Span, ref at, opening, texts);
            if (found?.RootElement is { ValueKind: JsonValueKind.Object } item)
            {
                yield return item;
            }
            else if (found is not null)
            {
                texts.Report("is no JSON object");
            }
        }
    }

    /// <summary>Says where a line stops being JSON.</summary>
    /// <param name="at">The byte, from 0.</param>
    public static string Fault(long at, long lineBytes) =>
        at >= lineBytes ? "is no JSON: it ends in the middle" : Invariant($"is no JSON from byte {at + 1} on");

    private static JsonDocument? Parse(ReadOnlySpan<byte> line, ref int at, byte[] opening, SourceTexts texts)
    {
        try
        {
            var reader = new Utf8JsonReader(line[at..]);
            JsonDocument found = JsonDocument.ParseValue(ref reader);
            at += (int)reader.BytesConsumed;
            return found;
        }
        catch (JsonException broken)
        {
            texts.Report(Fault(at + (broken.BytePositionInLine ?? 0), line.Length));
            int next = line[(at + 1)..].IndexOf(opening);
            at = next < 0 ? line.Length : at + 1 + next;
            return null;
        }
    }

    // Skips white space.
    private static int Start(ReadOnlyMemory<byte> line, int at)
    {
        int skipped = line.Span[at..].IndexOfAnyExcept(" \t\r\n"u8);
        return skipped < 0 ? line.Length : at + skipped;
    }
}
