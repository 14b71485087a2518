using System.Globalization;
using System.Text;

namespace MemoryGraph.Log;

/// <summary>
/// One writer at a time, across all processes of a machine: an flock on the project's <c>lock</c> file.
/// </summary>
/// <remarks>
/// <para>
/// The lock belongs to the open file, so it goes when its holder dies, however it dies, and nobody has to clean up. The
/// file is never deleted or replaced; if someone did, the path leads to another file than the one locked, which is
/// checked every time.
/// </para>
/// <para>
/// The file's text is for messages and for one note: <c>unsafe_from</c>, where bytes begin whose sync failed. It is
/// read and written only under the lock.
/// </para>
/// </remarks>
internal sealed class LogLock(IDisk disk, string path, string holder, TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int NoteBytes = 256;

    // As many as surely fit, at three bytes for one in UTF-8.
    private const int NoteCharacters = NoteBytes / 3;
    private const int TriesAtOnce = 3;
    private const int LongestWaitMs = 5;

    private IDiskFile? _file;
    private string? _written;

    /// <summary>Takes the lock, waiting for others at most <see cref="Patience"/>.</summary>
    /// <exception cref="LogException"><c>busy</c>, naming the process that holds it; or the disk's refusal.</exception>
    public async ValueTask AcquireAsync(CancellationToken cancel)
    {
        long started = clock.GetTimestamp();
        for (int attempt = 0; ; attempt++)
        {
            if (TryAcquire())
            {
                return;
            }

            if (clock.GetElapsedTime(started) > Patience)
            {
                throw new LogException(
                    "busy",
                    $"Another process has been writing to this memory for {Patience.TotalSeconds:0} seconds ({ReadNote().Holder}). "
                    + "Nothing was recorded; repeat the call, and end that process if it hangs.");
            }

            if (attempt < TriesAtOnce)
            {
                await Task.Yield();
            }
            else
            {
                // Waiting for another process, which cannot signal us. The process id keeps neighbours out of step.
                int waitMs = 1 + ((attempt * 7) + Environment.ProcessId) % LongestWaitMs;
                await Task.Delay(TimeSpan.FromMilliseconds(waitMs), clock, cancel);
            }
        }
    }

    /// <summary>Takes the lock without waiting.</summary>
    /// <returns>False when another process has it.</returns>
    /// <exception cref="DiskException">The disk refuses.</exception>
    public bool TryAcquire()
    {
        _file ??= OpenOrCreate();
        if (!_file.TryLock())
        {
            return false;
        }

        bool ours = false;
        try
        {
            ours = disk.Find(path)?.Identity == _file.Identity;
        }
        finally
        {
            if (!ours)
            {
                GiveBack(_file);
                _file = null;
                _written = null;
            }
        }

        return ours;
    }

    /// <summary>
    /// Takes the lock for a look at what writers left, if no writer has it. Needs only the right to read.
    /// </summary>
    /// <returns>
    /// False when a writer has it. True too when there is no lock file, which every writer makes first.
    /// </returns>
    /// <exception cref="DiskException">The disk refuses.</exception>
    public bool TryAcquireToLook()
    {
        try
        {
            _file ??= OpenToLook();
            return TryAcquire();
        }
        catch (DiskException e) when (e.Fault == DiskFault.NotFound)
        {
            return true;
        }
    }

    public void Release() => _file?.Unlock();

    /// <summary>Who has the lock, or had it last, as they said; for messages.</summary>
    public string Holder => ReadNote().Holder;

    /// <summary>Where bytes begin that a failed sync left in doubt; null when there are none. Under the lock.</summary>
    public long? UnsafeFrom() => ReadNote().UnsafeFrom;

    /// <summary>Says who holds the lock, and from where bytes are in doubt. Under the lock.</summary>
    /// <param name="always">Write even when this process was the last to do so.</param>
    public void Note(long? unsafeFrom, bool always)
    {
        string note = string.Create(
            CultureInfo.InvariantCulture, $"unsafe_from={unsafeFrom}\npid={Environment.ProcessId}\nholder={holder}\n");
        if (always || note != _written)
        {
            byte[] bytes = new byte[NoteBytes];
            bytes.AsSpan().Fill((byte)' ');
            Encoding.UTF8.GetBytes(note.AsSpan(0, Math.Min(note.Length, NoteCharacters)), bytes);
            bytes[^1] = (byte)'\n';
            _file!.Write(bytes, 0);
            _written = note;
        }
    }

    public void Dispose() => _file?.Dispose();

    // Closing alone is not enough: a child process that is just being started shares the open file, and with it the
    // lock, until it has become another program.
    private static void GiveBack(IDiskFile file)
    {
        try
        {
            file.Unlock();
        }
        catch (DiskException)
        {
            // Then closing is all that is left.
        }

        file.Dispose();
    }

    private IDiskFile OpenToLook()
    {
        try
        {
            return disk.Open(path, writable: true);
        }
        catch (DiskException e) when (e.Fault is DiskFault.Denied or DiskFault.ReadOnly)
        {
            return disk.Open(path, writable: false);
        }
    }

    private IDiskFile OpenOrCreate()
    {
        try
        {
            return disk.Open(path, writable: true);
        }
        catch (DiskException e) when (e.Fault == DiskFault.NotFound)
        {
        }

        try
        {
            return disk.Create(path);
        }
        catch (DiskException e) when (e.Fault == DiskFault.Exists)
        {
            return disk.Open(path, writable: true);
        }
    }

    private (string Holder, long? UnsafeFrom) ReadNote()
    {
        byte[] bytes = new byte[NoteBytes];
        int read = _file is null ? 0 : _file.Read(bytes, 0);
        string[] lines = Encoding.UTF8.GetString(bytes, 0, read).Split('\n');
        long? unsafeFrom = long.TryParse(Value("unsafe_from="), NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
            ? offset : null;
        string who = Value("holder=");
        string process = Value("pid=");
        bool own = who == holder && process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return (who.Length > 0 && !own ? $"{who}, process {process}" : "it has not said which", unsafeFrom);

        string Value(string key) =>
            lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..].Trim() ?? "";
    }
}
