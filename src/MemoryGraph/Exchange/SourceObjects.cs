using System.Text.Json;
using static System.FormattableString;

namespace MemoryGraph.Exchange;

/// <summary>The JSON objects of a line: one as a rule, and all that can be found where the line is damaged.</summary>
/// <remarks>
/// A program that was stopped while it appended leaves half an object, and the next one goes on behind it on the same
/// line; two programs that append at once may do so without a newline between. Whole objects behind or between such
/// halves are found by their first bytes, which no JSON text can hold inside quotes.
/// </remarks>
internal static class SourceObjects
{
    /// <param name="opening">How an object of this source begins: <c>{"type":</c>.</param>
    /// <param name="texts">Told of what is no object.</param>
    /// <returns>Each is good until the next is asked for.</returns>
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
                texts.Tell("is no JSON object");
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
            texts.Tell(Fault(at + (broken.BytePositionInLine ?? 0), line.Length));
            int next = line[(at + 1)..].IndexOf(opening);
            at = next < 0 ? line.Length : at + 1 + next;
            return null;
        }
    }

    // Behind white space, where something begins.
    private static int Start(ReadOnlyMemory<byte> line, int at)
    {
        int skipped = line.Span[at..].IndexOfAnyExcept(" \t\r\n"u8);
        return skipped < 0 ? line.Length : at + skipped;
    }
}
