using System.Globalization;
using System.Text;
using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Log;
using MemoryGraph.Text;

namespace MemoryGraph.Integrity;

/// <summary>
/// How far somebody got who follows the log: <c>cursors/NAME.json</c>, and beside it a lock of its own.
/// </summary>
/// <remarks>
/// <code>
/// {"event_id":42,"hash":"[43]"}
/// </code>
/// Written aside, synced and renamed, so it is always whole. The hash tells whether the log is still the same one.
/// </remarks>
internal sealed class CursorFile : IDisposable
{
    private const int LongestFile = 4096;

    private readonly IDisk _disk;
    private readonly ProjectFolder _folder;
    private readonly LogLock _lock;

    private CursorFile(IDisk disk, ProjectFolder folder, string name, string holder, TimeProvider clock)
    {
        string stem = System.IO.Path.Combine(folder.CursorsPath, name);
        _disk = disk;
        _folder = folder;
        _lock = new LogLock(disk, stem + ".lock", holder, clock);
        Name = name;
        Path = stem + ".json";
    }

    public string Name { get; }

    public string Path { get; }

    /// <summary>Takes a cursor for oneself.</summary>
    /// <param name="name">Of letters that mean nothing in a path.</param>
    /// <param name="holder">What this program calls itself.</param>
    /// <exception cref="LogException"><c>cursor_in_use</c>, or the disk refuses.</exception>
    public static CursorFile Open(IDisk disk, ProjectFolder folder, string name, string holder, TimeProvider clock)
    {
        var cursor = new CursorFile(disk, folder, name, holder, clock);
        try
        {
            folder.EnsureCursors();
            if (cursor._lock.TryAcquire())
            {
                cursor._lock.Note(null, always: true);
                return cursor;
            }
        }
        catch (DiskException)
        {
            cursor.Dispose();
            throw;
        }

        using (cursor)
        {
            throw new LogException(
                "cursor_in_use",
                $"Another process follows the log with the cursor {Quoted.Name(name)} ({cursor._lock.Holder}). "
                + "Two would pass events over; end that process or choose another name.");
        }
    }

    /// <summary>The last event that was taken; null for none yet.</summary>
    /// <exception cref="LogException"><c>cursor_lost</c>: the file is no cursor. Or the disk refuses.</exception>
    public (EventId Id, EventHash Hash)? Read()
    {
        try
        {
            using IDiskFile file = _disk.Open(Path, writable: false);
            byte[] bytes = new byte[LongestFile];
            JsonElement kept = JsonElement.Parse(bytes.AsSpan(0, file.Read(bytes, 0)));
            if (EventHash.TryParse(Encoding.UTF8.GetBytes(kept.GetProperty("hash").GetString() ?? ""), out EventHash hash))
            {
                return (new EventId(kept.GetProperty("event_id").GetInt64()), hash);
            }
        }
        catch (DiskException e) when (e.Fault == DiskFault.NotFound)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Told below.
        }

        throw new LogException("cursor_lost", $"{Path} is not the cursor it was. Delete it to hand out all events anew.");
    }

    /// <summary>Keeps the last event that was taken: durable when it returns.</summary>
    /// <exception cref="LogException">The disk refuses; what was kept before still is.</exception>
    public void Save(EventId id, EventHash hash)
    {
        try
        {
            _folder.WriteCursor(Path, Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $$"""{"event_id":{{id.Value}},"hash":"{{hash}}"}{{'\n'}}""")));
        }
        catch (DiskException e)
        {
            throw new LogException("cursor_not_kept", $"{e.Failure}. How far this got is not kept; the last events will come again.", e);
        }
    }

    public void Dispose() => _lock.Dispose();
}
