namespace MemoryGraph.Log;

/// <summary>
/// Storage cannot do what was asked: the disk is full, another process holds the log, its bytes are damaged …
/// </summary>
/// <remarks>Nothing is half done: what was answered before is kept, and what can be read is still served.</remarks>
public class LogException : Exception
{
    /// <param name="code">
    /// Stable and machine readable: <c>busy</c>, <c>disk_full</c>, <c>not_saved</c>, <c>read_only</c> …
    /// </param>
    /// <param name="message">One or two sentences for people and models: what happened, where, and what helps.</param>
    /// <param name="inner">What the disk said, when it was the disk.</param>
    public LogException(string code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>Stable and machine readable.</summary>
    public string Code { get; }

    /// <summary>What went wrong, as a clause without full stop and without advice.</summary>
    internal virtual string Failure => Message.TrimEnd('.');
}
