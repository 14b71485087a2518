namespace MemoryGraph.Log;

/// <summary>
/// The log cannot do what was asked: the disk is full, another process holds it, its bytes are damaged …
/// </summary>
/// <remarks>Nothing is half done: what was answered before still stands, and reading goes on where it can.</remarks>
/// <param name="code">
/// Stable and machine readable: <c>busy</c>, <c>disk_full</c>, <c>not_saved</c>, <c>read_only</c> …
/// </param>
/// <param name="message">One or two sentences for people and models: what happened, where, and what helps.</param>
/// <param name="inner">What the disk said, when it was the disk.</param>
public sealed class LogException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable and machine readable.</summary>
    public string Code { get; } = code;

    internal static LogException From(DiskException e) => e.Fault switch
    {
        DiskFault.Full => new("disk_full", $"{e.Message}. Nothing was recorded; free some space and repeat the call.", e),
        DiskFault.ReadOnly => new("read_only", $"{e.Message}. Reading goes on.", e),
        DiskFault.Denied => new("read_only", $"{e.Message}. Reading goes on where it is allowed.", e),
        DiskFault.Link => new("unsafe_path", $"{e.Message}. Put a real file or folder in its place, or choose another store.", e),
        DiskFault.CannotLock => new(
            "cannot_lock",
            $"{e.Message}. Without a lock two assistants could overwrite each other; choose a store on a local disk (--store).", e),
        _ => new("disk_failed", $"{e.Message}. Nothing was recorded.", e),
    };
}
