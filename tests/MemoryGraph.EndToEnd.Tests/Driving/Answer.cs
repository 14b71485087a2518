using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MemoryGraph.EndToEnd.Tests.Driving;

/// <summary>A line that a server sent.</summary>
/// <param name="Line">As it came.</param>
/// <param name="Id">Of the request it answers.</param>
/// <param name="IsError">Whether it says that the request was not carried out.</param>
/// <param name="Text">A tool's text or an error's message; empty for other results.</param>
/// <param name="Result">The result; an undefined element for a protocol error.</param>
internal sealed partial record Answer(string Line, long Id, bool IsError, string Text, JsonElement Result)
{
    /// <summary>The last of the events that this receipt tells of; null when it tells of none.</summary>
    public long? LastRecorded => Recorded().Match(Text) is { Success: true } match
        ? long.Parse(match.Groups["last"].Value, CultureInfo.InvariantCulture) : null;

    public static Answer Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement message = document.RootElement.Clone();
        Assert.Equal("2.0", message.GetProperty("jsonrpc").GetString());
        long id = message.GetProperty("id").GetInt64();
        if (message.TryGetProperty("error", out JsonElement error))
        {
            return new Answer(line, id, true, error.GetProperty("message").GetString()!, default);
        }

        JsonElement result = message.GetProperty("result");
        bool isError = result.TryGetProperty("isError", out JsonElement said) && said.GetBoolean();
        string text = result.TryGetProperty("content", out JsonElement content) ? content[0].GetProperty("text").GetString()! : "";
        return new Answer(line, id, isError, text, result);
    }

    [GeneratedRegex(@"^Recorded (\d+ events, #\d+ to )?#(?<last>\d+)\.", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Recorded();
}
