using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;
using MemoryGraph.Text;

namespace MemoryGraph.Memory;

/// <content>Erasing text for good.</content>
public sealed partial class MemoryProject
{
    /// <summary>Shows what a redaction would erase. Changes nothing. Cost: the whole log is read.</summary>
    /// <exception cref="LogException">The log cannot be read.</exception>
    public RedactionPreview PreviewRedaction(Redaction redaction)
    {
        lock (_gate)
        {
            CatchUp();
            return RedactionSearch.Run(_graph, _log, redaction, Standing).Preview;
        }
    }

    /// <summary>Erases the text of events from every file of the project. It cannot be undone.</summary>
    /// <remarks>
    /// First an <see cref="EventRedacted"/> that names the events is made durable, then their lines are blanked in
    /// place and caches and quarantine emptied. From the first step on no process shows the text any more; what a crash
    /// breaks off is finished by the next one to open the log. The events keep their ids, times and links.
    /// </remarks>
    /// <param name="redaction">What to erase.</param>
    /// <param name="author">Who asks; a name that is itself to be erased is left out of the record.</param>
    /// <param name="reason">Why; it must not repeat what is erased. Null when not said.</param>
    /// <param name="cancel">Counts until the redaction begins.</param>
    /// <exception cref="LogException">
    /// The log could not be written: nothing was erased; or, with the code <c>not_erased</c>, the redaction holds and
    /// the files are not all overwritten yet.
    /// </exception>
    public Task<RedactionReceipt> RedactAsync(
        Redaction redaction, Author author, string? reason, CancellationToken cancel = default) =>
        _queue.BetweenCommitsAsync(() => RedactAloneAsync(redaction, author, reason), cancel);

    private async Task<RedactionReceipt> RedactAloneAsync(Redaction redaction, Author author, string? reason)
    {
        using LogWriter writer = await _log.LockAsync(CancellationToken.None);
        lock (_gate)
        {
            try
            {
                return Redact(writer, redaction, author, reason);
            }
            catch
            {
                DropWhatWasFoldedAhead();
                throw;
            }
        }
    }

    private RedactionReceipt Redact(LogWriter writer, Redaction redaction, Author author, string? reason)
    {
        // Read anew, and not from a snapshot on: of a log that was damaged behind our back, not every line could be
        // erased.
        _started = true;
        _log.Forget();
        TakeInNews(writer);
        IReadOnlyList<LogRepaired> repairs = writer.Prepare();
        (RedactionPreview found, Func<string, string?> mentions) = RedactionSearch.Run(_graph, _log, redaction, Standing);
        if (found.Refused is null && reason is not null && mentions(reason) is { } said)
        {
            found = found with { Refused = ReasonRepeats(said) };
        }

        if (found.Refused is not null || found.Events.Count == 0)
        {
            return new RedactionReceipt(found, null, [], Standing);
        }

        Commit commit = Begin(repairs);
        var eraser = new Author(mentions(author.User) is null ? author.User : "", mentions(author.Agent) is null ? author.Agent : "");
        RecordedEvent recorded = Record(
            commit, Decision.Of(new EventRedacted([.. found.Events.Select(line => line.Id)])), eraser, reason)[0];
        writer.Append(commit.Events);

        Erase(writer, recorded.Id);
        return new RedactionReceipt(found, recorded, commit.Notices, Standing);
    }

    private void Erase(LogWriter writer, EventId redacted)
    {
        try
        {
            // Read anew, as all others do who meet the event, and without the text.
            _log.Forget();
            TakeInNews(writer);
            writer.Erase();
        }
        catch (LogException e)
        {
            throw new LogException(
                "not_erased",
                $"{e.Failure}. {redacted} is recorded, so nobody is shown the text any more, "
                + "but it still stands in the file. It is erased as soon as the disk allows, when this memory is next used.",
                e);
        }
    }

    private static Refusal ReasonRepeats(string said) => new(
        "reason_repeats",
        $"The reason repeats what is to be erased ({Quoted.Text(said, 60)}), and it would stay. Nothing was erased; give other words.");
}
