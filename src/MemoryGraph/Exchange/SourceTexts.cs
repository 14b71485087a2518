using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Text;
using static System.FormattableString;

namespace MemoryGraph.Exchange;

/// <summary>Takes texts out of a source's JSON as the log may hold them, and tells what cannot be taken.</summary>
/// <remarks>JSON can hold what no text is: halves of letters as escapes, and bytes that are no UTF-8.</remarks>
internal sealed class SourceTexts(Action<SourceProblem> problems)
{
    private readonly HashSet<string> _told = [];

    /// <summary>The line that is being read: where problems are.</summary>
    public long Line { get; set; }

    /// <summary>Is told of the line that was just read.</summary>
    public void Begin(LineReader lines)
    {
        Line = lines.Number;
        if (lines.IsCut)
        {
            Tell("is longer than 256 MiB: what is behind that is not read");
        }
    }

    public void Tell(string what) => problems(new SourceProblem(Line, what));

    /// <summary>Tells what is true of many lines alike, at the first of them.</summary>
    public void TellOnce(string what)
    {
        if (_told.Add(what))
        {
            Tell($"{what}, here and further on");
        }
    }

    /// <summary>A member of an object by any of its names; undefined when it has none of them.</summary>
    public static JsonElement Member(JsonElement item, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            try
            {
                if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement value))
                {
                    return value;
                }
            }
            catch (InvalidOperationException)
            {
                // Another member's name is half a letter. The line's own names are plain, so it is none of ours.
            }
        }

        return default;
    }

    /// <summary>A name or type as it is stored; null, and told, when there is none.</summary>
    /// <param name="called">What the problem calls it.</param>
    /// <param name="consequence">What becomes of what it belongs to: <c>not taken</c>.</param>
    public string? Name(JsonElement value, string called, string consequence)
    {
        string? fault = FaultIn(value, out string text);
        string name = fault is null ? StoredText.NameOf(text) : "";
        return Told(fault ?? FaultOf(name, oneLine: true), called, consequence) ? null : name;
    }

    /// <summary>A statement as it is stored; null, and told, when there is none.</summary>
    /// <inheritdoc cref="Name"/>
    public string? Statement(JsonElement value, string called, string consequence)
    {
        string? fault = FaultIn(value, out string text);
        if (text.Contains('\r', StringComparison.Ordinal))
        {
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
            TellOnce("holds line ends of Windows or old Macs, which are kept as plain ones");
        }

        return Told(fault ?? FaultOf(text, oneLine: false), called, consequence) ? null : text;
    }

    /// <summary>The statements of a list that can be taken; what else is in it is told.</summary>
    public IReadOnlyList<string> Statements(JsonElement list)
    {
        if (list.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            Tell("\"observations\" is no list: left out");
            return [];
        }

        var statements = new List<string>(list.GetArrayLength());
        foreach ((int place, JsonElement one) in list.EnumerateArray().Index())
        {
            if (Statement(one, Invariant($"observation {place + 1}"), "left out") is { } statement)
            {
                statements.Add(statement);
            }
        }

        return statements;
    }

    private bool Told(string? fault, string called, string consequence)
    {
        if (fault is not null)
        {
            Tell($"{called} {fault}: {consequence}");
        }

        return fault is not null;
    }

    private static string? FaultIn(JsonElement value, out string text)
    {
        text = "";
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return "is missing";
            case JsonValueKind.String:
                try
                {
                    text = value.GetString()!;
                    return null;
                }
                catch (InvalidOperationException)
                {
                    return "holds half a letter, or bytes that are no UTF-8";
                }

            default:
                return "is no text";
        }
    }

    private static string? FaultOf(string text, bool oneLine) =>
        StoredText.FaultIn(text, oneLine) is { } fault ? $"contains {fault}" : null;
}
