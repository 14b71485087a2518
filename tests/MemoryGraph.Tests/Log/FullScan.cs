using MemoryGraph.Disk;
using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>A log read with every hash recomputed.</summary>
internal sealed record FullScan(
    List<RecordedEvent> Events, TailState Tail, IReadOnlyList<LogDamage> Damage, IReadOnlyList<UnerasedLine> Unerased)
{
    public static FullScan Of(string path, EventCatalogue? catalogue = null) => Of(new SystemDisk(), path, catalogue);

    public static FullScan Of(IDisk disk, string path, EventCatalogue? catalogue = null)
    {
        using IDiskFile file = disk.Open(path, writable: false);
        new LineWindow(file, offset: 0).NextLine(out ReadOnlySpan<byte> header, out _);
        var start = new LogPosition(default, SegmentHeader.Parse(header)!.ChainStart(header), 0, header.Length + 1, default);
        var lines = new EventLineReader(catalogue ?? EventCatalogue.Current);
        Redactions? known = null;
        while (true)
        {
            var taker = new Collected();
            LogScan scan = LogScan.Run(file, Path.GetFileName(path), lines, start, taker, checkHashes: true, known: known);
            if (!scan.MustReadAgain)
            {
                return new FullScan(taker.Events, scan.Tail, scan.Damage, scan.Unerased);
            }

            known = scan.Redactions;
        }
    }
}
