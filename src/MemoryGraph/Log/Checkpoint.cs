using System.Globalization;
using System.Text;
using MemoryGraph.Domain;

namespace MemoryGraph.Log;

/// <summary>
/// How far a log was at some moment, in a form to be kept elsewhere: what proves later that nothing before was changed.
/// </summary>
/// <remarks>
/// An event's hash covers every event before it, so a log that still holds this event with this hash in its chain is
/// the same log up to there. Three lines, as in the body of a C2SP signed note, each ending in a newline:
/// <code>
/// memory-graph/0123456789abcdef0123456789abcdef
/// 42
/// AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8
/// </code>
/// origin with the project's id, last event, its hash. Lines behind them (a signature, say) are passed over when read.
/// </remarks>
/// <param name="Project">The project's id.</param>
/// <param name="Event">The last event.</param>
/// <param name="Hash">Its hash.</param>
public sealed record Checkpoint(string Project, EventId Event, EventHash Hash)
{
    private const string OriginStart = "memory-graph/";
    private const int LinesNeeded = 3;

    /// <summary>Reads the three lines; null when they are not a checkpoint.</summary>
    /// <param name="text">As <see cref="ToString"/> writes it; a carriage return before a newline does no harm.</param>
    public static Checkpoint? Parse(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n', LinesNeeded + 1);
        return lines.Length >= LinesNeeded
            && lines[0].StartsWith(OriginStart, StringComparison.Ordinal) && lines[0].Length > OriginStart.Length
            && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out long id) && id > 0
            && EventHash.TryParse(Encoding.UTF8.GetBytes(lines[2]), out EventHash hash)
            ? new Checkpoint(lines[0][OriginStart.Length..], new EventId(id), hash) : null;
    }

    /// <summary>The three lines, with a newline behind each.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{OriginStart}{Project}\n{Event.Value}\n{Hash}\n");
}
