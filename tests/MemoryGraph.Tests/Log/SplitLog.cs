using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>A log in one piece, parted into segments as a writer would have.</summary>
internal static class SplitLog
{
    /// <summary>The lines of each segment, header first.</summary>
    /// <param name="log">Lines, header first.</param>
    /// <param name="commits">How many commits each segment holds.</param>
    public static List<(string Name, string[] Lines)> Of(string[] log, int commits)
    {
        List<(string Name, string[] Lines)> segments = [];
        SegmentHeader first = SegmentHeader.Parse(Encoding.UTF8.GetBytes(log[0]))!;
        List<string> lines = [log[0]];
        int begun = 0;
        for (int id = 1; id < log.Length; id++)
        {
            bool begins = EventJson.CommitOf(Encoding.UTF8.GetBytes(log[id]))!.Value.Value == id;
            if (begins && ++begun > commits)
            {
                segments.Add((NameOf(segments, lines), [.. lines]));
                var header = new SegmentHeader(
                    first.Project, new EventId(id), EventJson.HashOf(Encoding.UTF8.GetBytes(lines[^1])), Bytes(lines).Length, first.Format);
                lines = [Encoding.UTF8.GetString(header.ToLine()).TrimEnd('\n')];
                begun = 1;
            }

            lines.Add(log[id]);
        }

        segments.Add((NameOf(segments, lines), [.. lines]));
        return segments;
    }

    public static byte[] Bytes(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(Tampering.Text([.. lines]));

    private static string NameOf(List<(string Name, string[] Lines)> before, List<string> lines) => SegmentHeader.FileName(
        before.Count == 0 ? new EventId(1) : SegmentHeader.Parse(Encoding.UTF8.GetBytes(lines[0]))!.FirstEventId);
}
