using System.Buffers.Text;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Answers;

/// <summary>Where the next page of an answer begins.</summary>
/// <remarks>
/// It pins the point that the first page was read at, so that pages fit together while others write: nothing is shown
/// twice and nothing is passed over. It belongs to the memory and the arguments it was given for, which it knows by a
/// checksum.
/// </remarks>
/// <param name="Point">The event that the pages are read at.</param>
/// <param name="Row">Rows that earlier pages showed.</param>
/// <param name="Question">Checksum of the memory, the tool and its other arguments.</param>
internal sealed record PageToken(EventId Point, int Row, uint Question)
{
    /// <summary>The opaque text that a model hands back.</summary>
    public override string ToString() => Base64Url.EncodeToString(
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Point.Value}.{Row}.{Question:x8}")));

    /// <summary>Reads a cursor; null when it is none of ours.</summary>
    public static PageToken? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[64];
        if (!Base64Url.IsValid(text) || Base64Url.GetMaxDecodedLength(text.Length) > bytes.Length
            || !Base64Url.TryDecodeFromChars(text, bytes, out int written))
        {
            return null;
        }

        string[] parts = Encoding.ASCII.GetString(bytes[..written]).Split('.');
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long point)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int row)
            && uint.TryParse(parts[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint question)
                ? new PageToken(new EventId(point), row, question) : null;
    }

    /// <summary>
    /// Checksum of a question to a memory: the tool's name and arguments, but for those that say which page.
    /// </summary>
    /// <param name="folder">Of the memory.</param>
    public static uint QuestionOf(string folder, string tool, IEnumerable<KeyValuePair<string, JsonElement>> given)
    {
        var crc = new Crc32();
        crc.Append(Encoding.UTF8.GetBytes($"{folder}\n{tool}"));
        foreach ((string name, JsonElement value) in given.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (value.ValueKind != JsonValueKind.Null && !SharedParameters.IsOfPaging(name))
            {
                crc.Append(Encoding.UTF8.GetBytes($"\n{name}={value.GetRawText()}"));
            }
        }

        return crc.GetCurrentHashAsUInt32();
    }
}
