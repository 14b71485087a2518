namespace MemoryGraph.Log;

/// <summary>What kept the disk from doing what was asked.</summary>
internal enum DiskFault
{
    /// <summary>No space, quota or file size left.</summary>
    Full,

    /// <summary>A medium that cannot be written.</summary>
    ReadOnly,

    /// <summary>No permission.</summary>
    Denied,

    NotFound,

    Exists,

    /// <summary>A symbolic link where a file or folder of ours belongs.</summary>
    Link,

    /// <summary>The file system cannot lock.</summary>
    CannotLock,

    /// <summary>Anything else: a failing device, too many open files …</summary>
    Failed,
}

/// <summary>The disk refused an operation. By itself it speaks of a read.</summary>
/// <remarks>
/// A writer that knows that nothing of its change was kept throws <see cref="NothingRecorded"/> instead; nobody else
/// may promise that.
/// </remarks>
/// <param name="fault">Why.</param>
/// <param name="operation">What was tried, as a verb phrase: <c>write to</c>.</param>
/// <param name="path">What it was tried on.</param>
/// <param name="detail">The system's words, or its error number.</param>
internal sealed class DiskException(DiskFault fault, string operation, string path, string detail, Exception? inner = null)
    : LogException(CodeOf(fault), $"Could not {operation} {path}: {detail}.{AdviceOn(fault)}", inner)
{
    public DiskFault Fault { get; } = fault;

    public string Path { get; } = path;

    public string Detail { get; } = detail;

    internal override string Failure => $"Could not {operation} {Path}: {Detail}";

    /// <summary>The same failure, of a write that left nothing behind.</summary>
    public LogException NothingRecorded() => new(
        Code,
        Fault switch
        {
            DiskFault.Full => $"{Failure}. Nothing was recorded; free some space and repeat the call.",
            DiskFault.Failed or DiskFault.NotFound or DiskFault.Exists => $"{Failure}. Nothing was recorded.",
            _ => Message,
        },
        this);

    private static string CodeOf(DiskFault fault) => fault switch
    {
        DiskFault.Full => "disk_full",
        DiskFault.ReadOnly or DiskFault.Denied => "read_only",
        DiskFault.Link => "unsafe_path",
        DiskFault.CannotLock => "cannot_lock",
        _ => "disk_failed",
    };

    private static string AdviceOn(DiskFault fault) => fault switch
    {
        DiskFault.Full => " Free some space and repeat the call.",
        DiskFault.ReadOnly => " Reading goes on.",
        DiskFault.Denied => " Reading goes on where it is allowed.",
        DiskFault.Link => " Put a real file or folder in its place, or choose another store.",
        DiskFault.CannotLock =>
            " Without a lock two assistants could overwrite each other; choose a store on a local disk (--store).",
        _ => "",
    };
}
