using System.Text;
using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Integrity;
using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>What somebody does to one of a log's files: it is told with the file's name, and mended in that file.</summary>
public sealed class SegmentDamageTests
{
    private static readonly ProjectPlace Place = new("/store", "/store/project", "test", Root: null, Remote: null, InWorkTree: false);

    private static readonly string[] FileKinds =
    [
        "gone", "empty", "header spoilt", "header of another place", "cut at a line", "cut in a line", "newline missing",
        "foreign", "foreign behind", "far behind",
    ];

    public static TheoryData<string, int> EachFile
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string kind in FileKinds)
            {
                foreach (int segment in new[] { 0, 1, 2 })
                {
                    data.Add(kind, segment);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EachFile))]
    public async Task What_is_done_to_a_file_is_told_with_its_name_and_mended(string kind, int segment)
    {
        var golden = SplitLog.Of(AnyLog.Write(NineEvents(), callsPerCommit: 1), commits: 3);
        MemoryDisk disk = Written(golden);
        byte[][] before = [.. golden.Select(one => disk[PathOf(one.Name)])];
        string concerned = Damage(disk, golden, kind, segment);
        using EventLog log = Open(disk);

        log.CatchUp();
        AuditReport audit = log.Audit();

        Assert.Equal("damaged", log.Health?.Code);
        Assert.Contains(concerned, log.Health!.Explanation, StringComparison.Ordinal);
        Assert.False(audit.IsIntact, "the audit found nothing");
        await Assert.ThrowsAnyAsync<LogException>(() => log.AppendCommitAsync(1));
        RepairReport report = await RepairAsync(log);
        await AssertHealthyAsync(disk, golden, report, $"{kind} {segment}");
        Assert.All(golden.Index().SkipLast(1), one => Assert.True(
            one.Index == segment || report.Lost.Count > 0 || before[one.Index].AsSpan().SequenceEqual(disk[PathOf(one.Item.Name)]),
            $"{one.Item.Name} was changed"));
    }

    [Fact]
    public Task Whatever_was_done_to_lines_of_any_segments_is_mended_in_them() =>
        Gen.Select(AnyLog.Lines, Gen.OneOfConst([.. Tampering.Kinds]).Array[1, 3], Gen.Int[1, 4], Gen.Int[0, int.MaxValue]).SampleAsync(
            async (lines, kinds, commits, pick) =>
            {
                var golden = SplitLog.Of(lines, commits);
                MemoryDisk disk = Written(golden);
                HashSet<string> touched = [];
                var chance = new Random(pick);
                foreach (string kind in kinds)
                {
                    (string name, string[] of) = golden[chance.Next(golden.Count)];
                    var tampering = new Tampering(kind, 1 + chance.Next(of.Length - 1));
                    string[] log = Encoding.UTF8.GetString(disk[PathOf(name)]).Split('\n')[..^1];
                    if (tampering.Event < log.Length && tampering.Concerns(log))
                    {
                        disk[PathOf(name)] = SplitLog.Bytes(tampering.Of(log));
                        touched.Add(name);
                    }
                }

                string what = $"{string.Join(", ", kinds)} in {string.Join(", ", touched)}";
                using EventLog opened = Open(disk);
                opened.CatchUp();
                RepairReport report = await RepairAsync(opened);
                Assert.True(opened.Health is null || report.Needed, $"{what}: {opened.Health}");
                if (report.Needed)
                {
                    await AssertHealthyAsync(disk, golden, report, what);
                    Assert.All(golden.SkipLast(1), one => Assert.True(
                        touched.Contains(one.Name) || Loses(report, one.Lines) || disk[PathOf(one.Name)].AsSpan().SequenceEqual(SplitLog.Bytes(one.Lines)),
                        $"{what}: {one.Name} was changed"));
                }
            },
            iter: 300);

    [Fact]
    public void A_log_parted_into_segments_is_as_good_as_in_one_piece() => Gen.Select(AnyLog.Lines, Gen.Int[1, 4]).Sample(
        (lines, commits) =>
        {
            var golden = SplitLog.Of(lines, commits);
            using EventLog log = Open(Written(golden));
            Assert.Equal(lines.Length - 1, log.CatchUp().Events.Count);
            Assert.Null(log.Health);
            Assert.Empty(log.Audit().Findings);
            var position = log.Position;
            Assert.Null(log.FaultUpTo(position));
        },
        iter: 100);

    [Fact]
    public async Task A_repair_of_several_files_may_lose_power_anywhere_and_another_goes_on_from_there()
    {
        var golden = SplitLog.Of(AnyLog.Write(NineEvents(), callsPerCommit: 1), commits: 3);
        string[] damaged = [.. golden.Take(2).Select(one => PathOf(one.Name))];
        for (int cutAt = 1; ; cutAt++)
        {
            var disk = new CutDisk { CutAt = cutAt };
            MemoryDisk whole = Written(golden);
            foreach (string path in whole.Paths)
            {
                byte[] bytes = [.. whole[path]];
                bytes[damaged.Contains(path) ? bytes.Length - 100 : 0] ^= (byte)(damaged.Contains(path) ? 1 : 0);
                disk[path] = bytes;
            }

            using (EventLog log = Open(disk))
            {
                try
                {
                    await RepairAsync(log);
                }
                catch (LogException)
                {
                }
            }

            for (int chance = 0; chance < 4; chance++)
            {
                MemoryDisk found = disk.AfterCut(new Random((4 * cutAt) + chance));
                using EventLog again = Open(found);
                RepairReport report = await RepairAsync(again);
                string what = $"cut {chance} at operation {cutAt}";
                Assert.All(report.Lost, one => Assert.True(one.Id.Value is 3 or 6, $"{what}: {one} was lost"));
                AssertSound(again, golden, new HashSet<long> { 3, 6 }, found, what);
            }

            if (!disk.IsCut)
            {
                return;
            }
        }
    }

    // Done to one of three files; gives the name that must be told.
    private static string Damage(MemoryDisk disk, List<(string Name, string[] Lines)> golden, string kind, int segment)
    {
        (string name, string[] lines) = golden[segment];
        string path = PathOf(name);
        byte[] bytes = disk[path];
        string next = segment + 1 < golden.Count ? golden[segment + 1].Name : name;
        switch (kind)
        {
            case "gone" when segment == golden.Count - 1:
            case "cut at a line" or "cut in a line" or "newline missing" when segment == golden.Count - 1:
                // Of the last file, that is the work of a crash, or cannot be seen: the same is done to the one before.
                return Damage(disk, golden, kind, segment - 1);
            case "gone":
                disk.Delete(path);
                return segment == 0 ? name : next;
            case "empty":
                disk[path] = [];
                return name;
            case "header spoilt":
                bytes[20] ^= 1;
                return name;
            case "header of another place":
                disk[path] = SplitLog.Bytes([golden[(segment + 1) % golden.Count].Lines[0], .. lines[1..]]);
                return name;
            case "cut at a line":
                disk[path] = SplitLog.Bytes(lines[..^1]);
                return next;
            case "cut in a line":
                disk[path] = bytes[..^30];
                return name;
            case "newline missing":
                disk[path] = bytes[..^1];
                return next;
            case "foreign":
                disk[path] = SplitLog.Bytes([lines[0].Replace(AnyLog.Project, new string('f', 32), StringComparison.Ordinal), .. lines[1..]]);
                return name;
            case "foreign behind":
                return Add(disk, golden[^1].Lines.Length - 1 + FirstIn(golden[^1].Name), new string('f', 32));
            case "far behind":
                return Add(disk, 900, AnyLog.Project);
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such damage");
        }
    }

    private static string Add(MemoryDisk disk, long first, string project)
    {
        string name = SegmentHeader.FileName(new EventId(first));
        disk[PathOf(name)] = new SegmentHeader(project, new EventId(first), default(EventHash), 1000, LogFormat.Current).ToLine();
        return name;
    }

    private static async Task AssertHealthyAsync(
        MemoryDisk disk, List<(string Name, string[] Lines)> golden, RepairReport report, string what)
    {
        using EventLog opened = Open(disk);
        AssertSound(opened, golden, [.. report.Lost.Select(one => one.Id.Value)], disk, what);
        await opened.AppendCommitAsync(2, 1);
        AssertNothingFound(opened, what);
    }

    private static void AssertSound(
        EventLog opened, List<(string Name, string[] Lines)> golden, HashSet<long> lost, MemoryDisk disk, string what)
    {
        string[] log = ["", .. golden.SelectMany(one => one.Lines[1..])];
        IReadOnlyList<RecordedEvent> events = opened.CatchUp().Events;
        Assert.True(opened.Health is null, $"{what}: {opened.Health}");
        string[] mended = ["", .. EventLines(disk)];
        for (int id = 1; id < Math.Min(log.Length, mended.Length - 1); id++)
        {
            Assert.True(
                lost.Contains(id) || mended[id] == log[id] || lost.Contains(id - 1), $"{what}: #{id} was neither kept nor named as lost");
        }

        Assert.Contains("\"log_repaired\"", mended[^1], StringComparison.Ordinal);
        Assert.Equal(mended.Length - 1, events.Count);
        AssertNothingFound(opened, what);
    }

    private static void AssertNothingFound(EventLog opened, string what)
    {
        AuditReport audit = opened.Audit();
        Assert.True(audit.FindingsTotal == 0, $"{what}:\n{string.Join('\n', audit.Findings)}");
    }

    private static bool Loses(RepairReport report, string[] lines) =>
        report.Lost.Any(one => lines.Any(line => line.StartsWith($"{{\"event_id\":{one.Id.Value},", StringComparison.Ordinal)));

    private static IEnumerable<string> EventLines(MemoryDisk disk) =>
        disk.Paths.Where(path => SegmentHeader.IsFileName(Path.GetFileName(path))).Order(StringComparer.Ordinal)
            .SelectMany(path => Encoding.UTF8.GetString(disk[path]).Split('\n')[1..^1]);

    private static IReadOnlyList<RecordedEvent> NineEvents()
    {
        using var store = new TempStore();
        store.AppendCommitsAsync([.. Enumerable.Repeat(1, 9)]).Wait();
        return store.ReadHealthy();
    }

    private static long FirstIn(string name) => SegmentHeader.FirstIn(name)!.Value.Value;

    private static MemoryDisk Written(List<(string Name, string[] Lines)> segments)
    {
        var disk = new MemoryDisk
        {
            [PathOf("project.json")] = Encoding.UTF8.GetBytes(
                $$"""{"id":"{{AnyLog.Project}}","name":"test","format":{"minReader":1,"minWriter":1},"created":0,"roots":[]}"""),
        };
        segments.ForEach(one => disk[PathOf(one.Name)] = SplitLog.Bytes(one.Lines));
        return disk;
    }

    private static string PathOf(string name) => Path.Combine(Place.Directory, name);

    private static async Task<RepairReport> RepairAsync(EventLog log)
    {
        using (LogWriter writer = await log.LockAsync(CancellationToken.None))
        {
            return LogMending.Apply(log, writer, new RepairConsent(TempStore.Someone, "seen to", 1_800_000_000_000, EventId.None));
        }
    }

    private static EventLog Open(IDisk disk) => new(disk, Place, "tests", new ManualClock(), EventCatalogue.Current);
}
