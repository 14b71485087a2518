using System.Buffers;
using MemoryGraph.Domain;
using MemoryGraph.Log;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Memory;

namespace MemoryGraph.Mcp.Cli;

/// <summary>
/// The stored lines of the log, byte for byte, for other systems: durable events only, each lot flushed at once.
/// </summary>
internal sealed class LogJson(CommandContext call, LogQuestion asked)
{
    // After so many lines at most they are handed on and the cursor is kept.
    private const int LinesPerLot = 1_000;

    // A reader that was just started again waits for the follower of its predecessor to notice that it is gone.
    private const int LooksForCursor = 10;

    private readonly ArrayBufferWriter<byte> _lines = new();
    private Refusal? _refused;
    private EventId? _until;

    /// <param name="name">Of the cursor, where to keep how far this got; null for nowhere.</param>
    /// <param name="acknowledged">Whether the reader says on standard input how far it got.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(string? name, bool acknowledged)
    {
        using var looks = new Polling(call.Frame.Terminal, call.Frame.Clock, call.Cancel);
        using EventFeed feed = await OpenAsync(name, looks);
        var cursor = new FollowPosition(feed, acknowledged ? call.Frame.Terminal.Input() : null);
        cursor.Listen();
        PrintPast(feed, cursor);
        while (asked.Follow && _refused is null && await looks.NextAsync(end: cursor.ReaderEnded))
        {
            foreach (StoredEvent[] lot in Lots(feed))
            {
                StoredEvent[] passing = Passing(lot);
                Print(passing);
                cursor.HandedOn(passing, lot[^1]);
            }

            cursor.KeepTaken();
        }

        cursor.KeepTaken();
        return _refused is null ? ExitCode.Done : call.Refuse(_refused);
    }

    private async Task<EventFeed> OpenAsync(string? cursor, Polling looks)
    {
        for (int look = 0; ; look++)
        {
            try
            {
                return call.Projects.OpenFeed(asked.From, cursor);
            }
            catch (LogException inUse) when (inUse.Code == "cursor_in_use" && look < LooksForCursor)
            {
                await looks.NextAsync();
            }
        }
    }

    private void PrintPast(EventFeed feed, FollowPosition cursor)
    {
        if (!asked.LimitFromStart && asked.Limit < CliOptions.Unlimited)
        {
            Print([.. Lots(feed).SelectMany(Passing).TakeLast(asked.Limit)]);
            return;
        }

        int room = asked.Limit;
        foreach (StoredEvent[] lot in Lots(feed))
        {
            StoredEvent[] passing = Passing(lot);
            bool full = passing.Length >= room;
            passing = full ? passing[..room] : passing;
            Print(passing);
            cursor.HandedOn(passing, full ? passing[^1] : lot[^1]);
            room -= passing.Length;
            if (full)
            {
                return;
            }
        }
    }

    private IEnumerable<StoredEvent[]> Lots(EventFeed feed) =>
        feed.ReadOn().Chunk(LinesPerLot).TakeWhile(_ => _refused is null && !call.Cancel.IsCancellationRequested);

    // Asked when the lot is there, so that nothing that came between passes unseen.
    private StoredEvent[] Passing(StoredEvent[] lot)
    {
        if (asked.HasNoFilter)
        {
            return lot;
        }

        EventId last = lot[^1].Id < Until() ? lot[^1].Id : Until();
        HashSet<EventId> passing = call.Project.Ask(
            asked.History with { Until = AsOf.Of(last) }, ProductVersion.Name, (answer, _) =>
        {
            _refused = answer.Refused;
            return answer.Lines.Select(line => line.Recorded.Id).TakeWhile(id => id >= lot[0].Id).ToHashSet();
        });
        return Array.FindAll(lot, stored => passing.Contains(stored.Id));
    }

    // The last event that may pass.
    private EventId Until() => _until ??= asked.History.Until == AsOf.Now ? EventId.Never
        : call.Project.Ask(asked.History, ProductVersion.Name, (answer, _) => answer.Until.Event);

    private void Print(StoredEvent[] lot)
    {
        _lines.Clear();
        foreach (StoredEvent stored in lot)
        {
            _lines.Write(stored.Line.Span);
            _lines.Write("\n"u8);
        }

        Stream output = call.Frame.Terminal.Output;
        output.Write(_lines.WrittenSpan);
        output.Flush();
    }
}
