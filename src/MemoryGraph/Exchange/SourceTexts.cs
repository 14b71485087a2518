using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Text;
using static System.FormattableString;

namespace MemoryGraph.Exchange;

/// <summary>Reads values of a source's JSON as the log may hold them, and reports what cannot be taken.</summary>
/// <remarks>JSON can hold strings that are no text: lone surrogates as escapes, and bytes that are not UTF-8.</remarks>
internal sealed class SourceTexts(Action<SourceProblem> problems)
{
    private readonly HashSet<string> _reported = [];

    /// <summary>The line that problems are reported of.</summary>
    public long Line { get; set; }

    /// <summary>Goes on to the line that was just read.</summary>
    public void BeginLine(LineReader lines)
    {
        Line = lines.Number;
        if (lines.IsCut)
        {
            Report("is longer than 256 MiB: what is behind that is not read");
        }
    }

    public void Report(string what) => problems(new SourceProblem(Line, what));

    /// <summary>Reports what is true of many lines alike, once.</summary>
    public void ReportOnce(string what)
    {
        if (_reported.Add(what))
        {
            Report($"{what}, here and further on");
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
                // Another member's name has a lone surrogate. Names of sources are ASCII, so it is none of them.
            }
        }

        return default;
    }

    /// <summary>A name or type as it is stored; null, and reported, when there is none.</summary>
    /// <param name="called">What the problem calls it.</param>
    /// <param name="consequence">What becomes of what it belongs to: <c>not taken</c>.</param>
    public string? Name(JsonElement value, string called, string consequence)
    {
        string? fault = FaultIn(value, out string text);
        string name = fault is null ? StoredText.NameOf(text) : "";
        return IsFault(fault ?? FaultOf(name, oneLine: true), called, consequence) ? null : name;
    }

    /// <summary>An observation as it is stored; null, and reported, when there is none.</summary>
    /// <inheritdoc cref="Name"/>
    public string? Text(JsonElement value, string called, string consequence)
    {
        string? fault = FaultIn(value, out string text);
        if (text.Contains('\r', StringComparison.Ordinal))
        {
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
            ReportOnce("holds line ends of Windows or old Macs, which are kept as plain ones");
        }

        return IsFault(fault ?? FaultOf(text, oneLine: false), called, consequence) ? null : text;
    }

    /// <summary>The observations of a list that can be taken; others are reported.</summary>
    public IReadOnlyList<string> Texts(JsonElement list)
    {
        if (list.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            Report("\"observations\" is no list: left out");
            return [];
        }

        var texts = new List<string>(list.GetArrayLength());
        foreach ((int place, JsonElement one) in list.EnumerateArray().Index())
        {
            if (Text(one, Invariant($"observation {place + 1}"), "left out") is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>A whole number within bounds; null, and reported, when there is none.</summary>
    /// <inheritdoc cref="Name"/>
    public long? Whole(JsonElement value, long least, long most, string called, string consequence)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long whole)
            && whole >= least && whole <= most)
        {
            return whole;
        }

        Report(value.ValueKind == JsonValueKind.Undefined ? $"{called} is missing: {consequence}"
            : Invariant($"{called} is no whole number from {least} to {most}: {consequence}"));
        return null;
    }

    private bool IsFault(string? fault, string called, string consequence)
    {
        if (fault is not null)
        {
            Report($"{called} {fault}: {consequence}");
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
