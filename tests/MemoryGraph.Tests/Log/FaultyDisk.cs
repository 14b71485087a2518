using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>A disk that fails a chosen call, once or until it is healed.</summary>
internal sealed class FaultyDisk(DiskFault fault, bool forEver, bool halfWritten) : WatchedDisk
{
    private int _callsLeft = int.MaxValue;

    /// <summary>Whether a call has failed.</summary>
    public bool Failed { get; private set; }

    /// <summary>Which calls count; all but locking unless told.</summary>
    public Func<DiskCall, string, bool> Concerns { get; set; } = (call, _) => call is not (DiskCall.Lock or DiskCall.Unlock);

    /// <summary>Lets the call fail that comes after as many others.</summary>
    public void FailAfter(int calls) => _callsLeft = calls;

    public void Heal() => _callsLeft = int.MaxValue;

    protected override void Judge(DiskCall call, string path)
    {
        if (!Concerns(call, path) || _callsLeft == int.MaxValue || _callsLeft-- > 0)
        {
            return;
        }

        _callsLeft = forEver ? 0 : int.MaxValue;
        Failed = true;
        throw new DiskException(fault, "use", path, $"{call} fails here");
    }

    protected override void RelayWrite(IDiskFile file, byte[] bytes, long offset)
    {
        try
        {
            base.RelayWrite(file, bytes, offset);
        }
        catch (DiskException)
        {
            if (halfWritten)
            {
                file.Write(bytes.AsSpan(0, bytes.Length / 2), offset);
            }

            throw;
        }
    }
}
