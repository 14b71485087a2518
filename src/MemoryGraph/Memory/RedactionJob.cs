using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;
using MemoryGraph.Text;

namespace MemoryGraph.Memory;

/// <summary>Erases the text of events from every file of a project.</summary>
internal sealed class RedactionJob(EventLog log, LiveGraph live, TimeProvider clock)
{
    /// <summary>Finds and erases; alone, see <see cref="Writer.RunAloneAsync"/>.</summary>
    public async Task<RedactionReceipt> RunAsync(Redaction redaction, Author author, string? reason)
    {
        using WriterLease lease = await log.LockAsync(CancellationToken.None);
        lock (live.Gate)
        {
            try
            {
                return Run(redaction, author, reason);
            }
            catch
            {
                // What was folded may hold text that is to be gone.
                live.Drop();
                throw;
            }
        }
    }

    private RedactionReceipt Run(Redaction redaction, Author author, string? reason)
    {
        // Of a log that was damaged behind our back, not every line could be erased.
        live.ReadAllUnderLock();
        IReadOnlyList<LogRepaired> repairs = log.PrepareUnderLock();
        (RedactionPreview found, Func<string, string?> mentions) =
            RedactionSearch.Run(live.Graph, log, redaction, live.Status);
        if (found.Refused is null && reason is not null && mentions(reason) is { } said)
        {
            found = found with { Refused = ReasonRepeats(said) };
        }

        if (found.Refused is not null || found.Events.Count == 0)
        {
            return new RedactionReceipt(found, null, [], live.Status);
        }

        using var commit = new Commit(log, live, clock);
        commit.RecordRepairs(repairs);
        var eraser = new Author(
            mentions(author.User) is null ? author.User : "", mentions(author.Agent) is null ? author.Agent : "");
        RecordedEvent recorded = commit.Record(
            Decision.Of(new EventRedacted([.. found.Events.Select(line => line.Id)])), eraser, reason)[0];
        commit.Save();

        Erase(recorded.Id);
        return new RedactionReceipt(found, recorded, commit.Notices, live.Status);
    }

    private void Erase(EventId redacted)
    {
        try
        {
            // Read anew, as all others do who meet the event, and without the text.
            live.ReadAllUnderLock();
            log.EraseUnderLock();
        }
        catch (LogException e)
        {
            throw new LogException(
                "not_erased",
                $"{e.InnerException?.Message ?? e.Message}. {redacted} is recorded, so nobody is shown the text "
                + "any more, but it still stands in the file. It is erased as soon as the disk allows, "
                + "when this memory is next used.",
                e);
        }
    }

    private static Refusal ReasonRepeats(string said) => new(
        "reason_repeats",
        $"The reason repeats what is to be erased ({Quoted.Text(said, 60)}), and it would stay. Nothing was erased; "
        + "give other words.");
}
