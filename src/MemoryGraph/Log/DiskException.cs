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

/// <summary>The disk said no.</summary>
/// <param name="fault">Why.</param>
/// <param name="operation">What was tried, as a verb phrase: <c>write to</c>.</param>
/// <param name="path">What it was tried on.</param>
/// <param name="detail">The system's words, or its error number.</param>
internal sealed class DiskException(DiskFault fault, string operation, string path, string detail, Exception? inner = null)
    : Exception($"Could not {operation} {path}: {detail}", inner)
{
    public DiskFault Fault { get; } = fault;

    public string Path { get; } = path;

    public string Detail { get; } = detail;
}
