using System.Text.Json;

namespace MemoryGraph.EndToEnd.Tests.Driving;

/// <summary>An event as it lies in the log.</summary>
internal sealed record LoggedEvent(long Id, string Type, string Name)
{
    /// <summary>All events of a log, whose numbers must be 1, 2, 3 … without a gap.</summary>
    /// <param name="torn">Whether the log may end amid a line: its writer was killed, and nobody wrote since.</param>
    public static IReadOnlyList<LoggedEvent> ReadAll(string log, bool torn = false)
    {
        string text = File.ReadAllText(log);
        int end = text.LastIndexOf('\n') + 1;
        Assert.True(torn || end == text.Length, "The log does not end with a whole line.");
        text = text[..end];
        List<LoggedEvent> events = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Parse)];
        Assert.Equal(Enumerable.Range(1, events.Count).Select(id => (long)id), events.Select(one => one.Id));
        return events;
    }

    // The name of the entity that an event makes or speaks of; empty for others.
    private static LoggedEvent Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement;
        JsonElement data = root.GetProperty("data");
        string name = data.TryGetProperty("name", out JsonElement said) || data.TryGetProperty("entity", out said) ? said.GetString()! : "";
        return new LoggedEvent(root.GetProperty("event_id").GetInt64(), root.GetProperty("event_type").GetString()!, name);
    }
}
