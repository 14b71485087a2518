using System.Text.Json;

namespace MemoryGraph.Events;

/// <summary>
/// Every text of a line that somebody may have typed, decoded, whether this program knows the event or not.
/// </summary>
/// <remarks>
/// Reused from line to line. For events that the program does not know, the names of members count as text too. A line
/// that was erased has none.
/// </remarks>
internal sealed class StoredTexts
{
    private const string Data = "data";

    private readonly List<StoredTextOfLine> _all = [];

    /// <summary>In the order of the line.</summary>
    public IReadOnlyList<StoredTextOfLine> All => _all;

    /// <summary>What the event itself says, without who and why.</summary>
    public IEnumerable<string> Said => _all.Where(one => one.Member == Data).Select(one => one.Text);

    /// <summary>Takes the texts of a line that was read before, so it is well-formed.</summary>
    public void Read(ReadOnlySpan<byte> line)
    {
        _all.Clear();
        int start = EventJson.TextStart(line);
        bool known = true;
        string member = "";
        var reader = new Utf8JsonReader(line);
        while (reader.Read())
        {
            bool inText = reader.TokenStartIndex >= start;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when reader.CurrentDepth == 1:
                    member = reader.GetString()!;
                    break;
                case JsonTokenType.PropertyName when inText && !known && member == Data:
                case JsonTokenType.String when inText && member is not ("salt" or "crc"):
                    _all.Add(new StoredTextOfLine(member, reader.GetString()!));
                    break;
                case JsonTokenType.String when member == "event_type":
                    known = EventCatalogue.Current.Find(reader.ValueSpan) is not null;
                    break;
            }
        }
    }
}

/// <summary>A text of an event.</summary>
/// <param name="Member">
/// Where it stands: <c>user</c>, <c>agent</c>, <c>reason</c>, <c>origin</c> or <c>data</c>.
/// </param>
internal readonly record struct StoredTextOfLine(string Member, string Text);
