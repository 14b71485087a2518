using System.Text;
using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>Random logs as our own writer makes them, of a random history, with commits of one call or several.</summary>
internal static class AnyLog
{
    public const string Project = "0123456789abcdef0123456789abcdef";

    /// <summary>Lines, header first, then one event at least.</summary>
    public static Gen<string[]> Lines { get; } = Gen.Select(AnyCommand.Sequence, Gen.Int[1, 4])
        .Select((commands, callsPerCommit) => Write(AnyCommand.Played(commands).Recorded, callsPerCommit))
        .Where(lines => lines.Length > 1);

    /// <summary>The log of a history, header first.</summary>
    public static string[] Write(IReadOnlyList<RecordedEvent> history, int callsPerCommit)
    {
        SegmentHeader header = SegmentHeader.First(Project);
        var buffer = new Utf8Buffer();
        buffer.Raw(header.ToLine());
        EventHash hash = header.ChainStart(buffer.Written[..^1]);
        var commit = new EventId(1);
        int calls = 0;
        foreach (RecordedEvent recorded in history)
        {
            if (recorded.Id == recorded.Call && calls++ % callsPerCommit == 0)
            {
                commit = recorded.Id;
            }

            byte[] salt = new byte[EventJson.SaltBytes];
            BitConverter.TryWriteBytes(salt, recorded.Id.Value);
            hash = EventJson.Write(buffer, recorded with { Commit = commit }, EventCatalogue.Current, hash, salt);
        }

        return Encoding.UTF8.GetString(buffer.Written[..^1]).Split('\n');
    }
}
