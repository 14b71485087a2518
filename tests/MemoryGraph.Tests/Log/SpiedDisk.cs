namespace MemoryGraph.Tests.Log;

/// <summary>The real disk, with somebody who looks whenever a file is being synced.</summary>
internal sealed class SpiedDisk(string file, Action look) : RelayDisk
{
    protected override void Relay(DiskCall call, string path, Action pass)
    {
        if (call == DiskCall.Sync && path == file)
        {
            look();
        }

        pass();
    }
}
