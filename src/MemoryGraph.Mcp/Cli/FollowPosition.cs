using System.Globalization;
using MemoryGraph.Memory;

namespace MemoryGraph.Mcp.Cli;

/// <summary>
/// Moves the cursor of a feed: when an event was handed on, or only when its reader says that it has taken it.
/// </summary>
/// <remarks>
/// What was written to a pipe is lost when the reader dies before it read it. So a reader may say which events it has
/// taken, by their numbers, one a line; a number stands for all before it.
/// </remarks>
/// <param name="said">Where the reader says so; null when an event that was handed on counts as taken.</param>
internal sealed class FollowPosition(EventFeed feed, TextReader? said)
{
    // Handed on and not taken yet, without their lines.
    private readonly Queue<StoredEvent> _handedOn = [];
    private long _taken;

    /// <summary>
    /// Completes when the reader closed its end and will say nothing more; null when it is not listened to.
    /// </summary>
    public Task? ReaderEnded { get; private set; }

    public void HandedOn(StoredEvent[] lot, StoredEvent last)
    {
        if (said is null)
        {
            feed.Keep(last);
            return;
        }

        foreach (StoredEvent stored in lot)
        {
            _handedOn.Enqueue(stored with { Line = default });
        }

        KeepTaken();
    }

    /// <summary>Begins to listen to the reader, if it is to say what it has taken.</summary>
    public void Listen() => ReaderEnded = said is null ? null : Task.Run(Hear);

    /// <summary>Notes what the reader has taken since the last time.</summary>
    public void KeepTaken()
    {
        StoredEvent? last = null;
        long taken = Interlocked.Read(ref _taken);
        while (_handedOn.TryPeek(out StoredEvent? next) && next.Id.Value <= taken)
        {
            last = _handedOn.Dequeue();
        }

        if (last is not null)
        {
            feed.Keep(last);
        }
    }

    private void Hear()
    {
        while (said!.ReadLine() is { } line)
        {
            if (long.TryParse(line.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            {
                Interlocked.Exchange(ref _taken, Math.Max(id, Interlocked.Read(ref _taken)));
            }
        }
    }
}
