using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>A log read with every hash recomputed.</summary>
internal sealed record FullScan(
    List<RecordedEvent> Events, TailState Tail, IReadOnlyList<LogDamage> Damage, IReadOnlyList<UnerasedLine> Unerased)
{
    public static FullScan Of(string path, EventCatalogue? catalogue = null) => Of(new SystemDisk(), path, catalogue);

    /// <param name="path">The first segment; those beside it are read too.</param>
    public static FullScan Of(IDisk disk, string path, EventCatalogue? catalogue = null)
    {
        string folder = Path.GetDirectoryName(path)!;
        IEnumerable<string> further = disk.List(folder).Where(name => SegmentHeader.IsFileName(name) && name != Path.GetFileName(path));
        IEnumerable<string> names = SegmentHeader.IsFileName(Path.GetFileName(path)) ? further.Order(StringComparer.Ordinal) : [];
        using var files = LogFiles.Of(names.Prepend(Path.GetFileName(path)).Select(name => (name, disk.Open(Path.Combine(folder, name), writable: false))));
        new LogLineReader(files, offset: 0).NextLine(out ReadOnlySpan<byte> header, out _);
        SegmentHeader first = SegmentHeader.Parse(header)!;
        var start = new LogPosition(default, first.ChainStart(header), 0, header.Length + 1, default);
        var lines = new EventLineReader(catalogue ?? EventCatalogue.Current);
        Redactions? known = null;
        while (true)
        {
            var taker = new Collected();
            LogScan scan = LogScan.Run(files, first.Project, lines, start, taker, checkHashes: true, known: known);
            if (!scan.MustReadAgain)
            {
                return new FullScan(taker.Events, scan.Tail, scan.Damage, scan.Unerased);
            }

            known = scan.Redactions;
        }
    }
}
