using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Memory;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Cli;

/// <summary>What happened, in words, newest last.</summary>
internal sealed class LogText(CommandContext call, LogQuestion asked)
{
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync()
    {
        using var looks = new Polling(call.Frame.Terminal, call.Frame.Clock, call.Cancel);
        (int code, EventId last) = call.Project.Ask(asked.History, ProductVersion.Name, TellPast);
        if (code != ExitCode.Done || !asked.Follow)
        {
            return code;
        }

        call.Screen.Flush();
        using EventFeed feed = call.Projects.OpenFeed(last.Next);
        while (await looks.NextAsync())
        {
            if (feed.ReadOn().ToArray() is [var first, ..] news)
            {
                TellNews(first.Id, news[^1].Id);
            }
        }

        return ExitCode.Done;
    }

    private (int Code, EventId Last) TellPast(HistoryAnswer answer, ProjectStatus standing)
    {
        if (answer.Refused is { } refusal)
        {
            return (call.Refuse(refusal), standing.Last);
        }

        IEnumerable<HistoryLine> passing = answer.Lines.TakeWhile(line => line.Recorded.Id >= asked.From);
        List<HistoryLine> told = asked.LimitFromStart
            ? [.. passing.TakeLast(asked.Limit)] : [.. passing.Take(asked.Limit)];
        told.Reverse();
        if (told.Count == 0 && !asked.Follow)
        {
            call.Screen.Headline(
                standing.Last == EventId.None ? "Nothing was recorded yet." : "No events pass all of these filters.");
        }

        if (told.Count == asked.Limit && !asked.LimitFromStart && answer.Lines.Skip(told.Count).Any())
        {
            call.Screen.Footer("… there is more before this; a higher --limit shows it.");
        }

        call.Screen.Rows(told.SelectMany(FactText.Rows));
        if (!asked.Follow)
        {
            call.Screen.Footer(ToolAnswer.Footer(standing));
        }

        return (standing.Health is null ? ExitCode.Done : ExitCode.Unavailable, standing.Last);
    }

    private void TellNews(EventId first, EventId last) => call.Project.Ask(
        asked.History with { Until = AsOf.Of(last) },
        ProductVersion.Name,
        (answer, _) =>
        {
            call.Screen.Rows(
                answer.Lines.TakeWhile(line => line.Recorded.Id >= first).Reverse().SelectMany(FactText.Rows));
            call.Screen.Flush();
            return 0;
        });
}
