using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using MemoryGraph.Tests.Log;

namespace MemoryGraph.Tests.Snapshots;

/// <summary>A snapshot never changes an answer: whatever became of its file, the graph is that of the log.</summary>
public sealed class SnapshotTests
{
    private static readonly ProjectPlace Place = new("/store", "/store/project", "test", null, null, InWorkTree: false);
    private static readonly string LogPath = Path.Combine(Place.Directory, SegmentHeader.FileName(new(1)));
    private static readonly string Folder = ProjectFolder.SnapshotsIn(Place.Directory);
    private static readonly Author Linh = new("linh", "claude-code/2.1");

    [Fact]
    public async Task A_start_from_any_snapshot_comes_to_the_same_as_reading_the_log() => await Gen.Select(
        AnyCommand.SequenceWithUndo, Gen.Int[0, 40].Array[1, 3]).SampleAsync(
        async (commands, saveBefore) =>
        {
            var disk = new MemoryDisk();
            string live = await PlayAsync(disk, commands, saveBefore);

            Assert.Equal(await WithoutSnapshotsAsync(disk), live);
            foreach (string name in disk.List(Folder))
            {
                Assert.Equal(live, await WithOnlyAsync(disk, name));
            }
        },
        iter: 200, print: one => AnyCommand.Print(one.Item1));

    [Fact]
    public async Task Another_process_goes_on_from_a_snapshot_as_if_it_had_read_all() => await Gen.Select(
        AnyCommand.SequenceWithUndo, AnyCommand.SequenceWithUndo).SampleAsync(
        async (before, behind) =>
        {
            var disk = new MemoryDisk();
            await using MemoryProject first = Open(disk);
            await SubmitAsync(first, before);
            await first.SaveSnapshotAsync();
            await using MemoryProject second = Open(disk);
            await SubmitAsync(second, behind);

            string live = GraphDigest.Of(second);
            Assert.Equal(live, GraphDigest.Of(first));
            Assert.Equal(live, await WithoutSnapshotsAsync(disk));
        },
        iter: 200, print: one => AnyCommand.Print(one.Item1) + "\n--\n" + AnyCommand.Print(one.Item2));

    [Fact]
    public async Task A_snapshot_with_any_byte_flipped_is_as_good_as_none()
    {
        (MemoryDisk disk, string snapshot, string expected) = await SmallAsync();
        byte[] whole = disk[snapshot];
        for (int place = 0; place < whole.Length; place++)
        {
            byte[] flipped = [.. whole];
            flipped[place] ^= (byte)(1 << (place % 8));
            disk[snapshot] = flipped;

            Assert.True(expected == await DigestAsync(disk), $"byte {place} of {whole.Length}");
        }
    }

    [Fact]
    public async Task A_snapshot_cut_anywhere_is_as_good_as_none()
    {
        (MemoryDisk disk, string snapshot, string expected) = await SmallAsync();
        byte[] whole = disk[snapshot];
        for (int length = 0; length < whole.Length; length += 7)
        {
            disk[snapshot] = whole[..length];
            Assert.True(expected == await DigestAsync(disk), $"cut to {length} of {whole.Length}");
        }
    }

    [Fact]
    public async Task A_snapshot_is_used_and_not_only_passed_over()
    {
        (MemoryDisk disk, _, string expected) = await SmallAsync();
        byte[] log = disk[LogPath];
        int afterHeader = Array.IndexOf(log, (byte)'\n') + 1;

        // Only the start from a snapshot does not see this at once; the check of what it covers comes later.
        log[afterHeader + 5] ^= 1;

        Assert.Equal(expected, await DigestAsync(disk));
    }

    [Fact]
    public async Task Damage_in_what_a_snapshot_covers_is_found_after_the_first_answer()
    {
        (MemoryDisk disk, string snapshot, _) = await SmallAsync();
        disk[LogPath][Array.IndexOf(disk[LogPath], (byte)'\n') + 6] ^= 1;
        await using (MemoryProject covered = Open(disk))
        {
            Assert.Null(HealthOf(covered));
            await covered.BackgroundWork;
            Assert.Equal("damaged", HealthOf(covered)?.Code);
        }

        Assert.DoesNotContain(snapshot, disk.Paths);
    }

    [Fact]
    public async Task A_snapshot_of_another_project_is_passed_over()
    {
        (MemoryDisk foreign, string snapshot, _) = await SmallAsync();
        (MemoryDisk disk, _, string expected) = await SmallAsync();
        disk[snapshot] = foreign[snapshot];

        Assert.Equal(expected, await DigestAsync(disk));
    }

    [Fact]
    public async Task A_snapshot_ahead_of_the_log_is_passed_over()
    {
        (MemoryDisk disk, _, _) = await SmallAsync();
        byte[] log = disk[LogPath];
        int last = log.AsSpan(0, log.Length - 1).LastIndexOf((byte)'\n');
        disk[LogPath] = log[..(last + 1)];
        string ahead = await DigestAsync(disk);

        Assert.Equal(await WithoutSnapshotsAsync(disk), ahead);
    }

    [Fact]
    public async Task The_one_before_is_kept_and_used_when_the_newest_cannot_be()
    {
        var disk = new MemoryDisk();
        await using (MemoryProject project = Open(disk))
        {
            for (int i = 0; i < 4; i++)
            {
                await project.SubmitAsync(new CreateEntity($"Entity {i}", "thing", ["was made"]), Linh);
                await project.SaveSnapshotAsync();
            }
        }

        Assert.Equal(["000000000006.snapshot", "000000000008.snapshot"], disk.List(Folder).Order());
        disk[Path.Combine(Folder, "000000000008.snapshot")] = [];
        disk[LogPath][Array.IndexOf(disk[LogPath], (byte)'\n') + 6] ^= 1;
        await using MemoryProject next = Open(disk);
        Assert.Null(HealthOf(next));
    }

    [Fact]
    public async Task A_redaction_deletes_what_was_saved_and_what_is_saved_later_does_not_have_the_text()
    {
        var disk = new MemoryDisk();
        await using MemoryProject project = Open(disk);
        await project.SubmitAsync(new CreateEntity("Ada", "person", ["her code is tungsten", "likes tea"]), Linh);
        await project.SaveSnapshotAsync();
        string before = Assert.Single(disk.List(Folder));
        Assert.True(Holds(disk[Path.Combine(Folder, before)], "tungsten"));

        await project.RedactAsync(Redaction.OfText("tungsten"), Linh, null);
        Assert.Empty(disk.List(Folder));

        await project.SaveSnapshotAsync();
        string after = Assert.Single(disk.List(Folder));
        Assert.False(Holds(disk[Path.Combine(Folder, after)], "tungsten"));
    }

    [Fact]
    public async Task A_snapshot_older_than_a_redaction_is_deleted_by_whoever_finds_it()
    {
        var disk = new MemoryDisk();
        string path;
        byte[] old;
        await using (MemoryProject project = Open(disk))
        {
            await project.SubmitAsync(new CreateEntity("Ada", "person", ["her code is tungsten", "likes tea"]), Linh);
            await project.SaveSnapshotAsync();
            path = Path.Combine(Folder, Assert.Single(disk.List(Folder)));
            old = disk[path];
            await project.RedactAsync(Redaction.OfText("tungsten"), Linh, null);
        }

        disk[path] = old;
        string answer = await DigestAsync(disk);

        Assert.DoesNotContain(path, disk.Paths);
        Assert.Equal(await WithoutSnapshotsAsync(disk), answer);
    }

    [Fact]
    public async Task A_redaction_by_another_process_while_one_saves_leaves_no_snapshot_with_the_text()
    {
        var disk = new MemoryDisk();
        await using MemoryProject saving = Open(disk);
        await saving.SubmitAsync(new CreateEntity("Ada", "person", ["her code is tungsten", "likes tea"]), Linh);
        await using MemoryProject redacting = Open(disk);
        Assert.Null(HealthOf(redacting));
        saving.BeforePublishing = () => redacting.RedactAsync(Redaction.OfText("tungsten"), Linh, null);

        SavedSnapshot? saved = await saving.SaveSnapshotAsync();

        Assert.Null(saved);
        Assert.Empty(disk.List(Folder));
    }

    [Fact]
    public async Task What_is_recorded_while_one_saves_is_in_the_snapshot_too()
    {
        var disk = new MemoryDisk();
        await using MemoryProject saving = Open(disk);
        await saving.SubmitAsync(new CreateEntity("Ada", "person", ["likes tea"]), Linh);
        await using MemoryProject other = Open(disk);
        saving.BeforePublishing = async () =>
        {
            await other.SubmitAsync(new AddObservations("Ada", ["likes coffee"], null), Linh);
            await other.SubmitAsync(new DeleteObservations("Ada", ["likes tea"]), Linh);
        };

        Assert.Equal(new EventId(4), (await saving.SaveSnapshotAsync())?.Covers);
        Assert.Equal(await WithoutSnapshotsAsync(disk), await DigestAsync(disk));
    }

    [Fact]
    public async Task Nothing_is_saved_of_an_empty_or_a_damaged_memory()
    {
        var disk = new MemoryDisk();
        await using (MemoryProject empty = Open(disk))
        {
            Assert.Null(await empty.SaveSnapshotAsync());
            await empty.SubmitAsync(new CreateEntity("Ada", "person", ["likes tea"]), Linh);
            await empty.SubmitAsync(new CreateEntity("Eve", "person", ["likes tea"]), Linh);
        }

        disk[LogPath][Array.IndexOf(disk[LogPath], (byte)'\n') + 6] ^= 1;
        await using MemoryProject damaged = Open(disk);
        LogException refused = await Assert.ThrowsAnyAsync<LogException>(() => damaged.SaveSnapshotAsync());
        Assert.Equal("read_only", refused.Code);
    }

    [Fact]
    public async Task Enough_events_behind_the_last_one_have_the_next_one_saved_in_the_background()
    {
        var disk = new MemoryDisk();
        await using MemoryProject project = Open(disk, eventsBehindAtLeast: 10);
        for (int i = 0; i < 12; i++)
        {
            await project.SubmitAsync(new CreateEntity($"Entity {i}", "thing", []), Linh);
            await project.BackgroundWork;
        }

        Assert.Equal(["000000000010.snapshot"], disk.List(Folder));
    }

    private static MemoryProject Open(MemoryDisk disk, int eventsBehindAtLeast = int.MaxValue) =>
        new(disk, Place, "a test", new ManualClock()) { EventsBehindAtLeast = eventsBehindAtLeast };

    private static async Task SubmitAsync(MemoryProject project, IEnumerable<Command> commands)
    {
        foreach ((int place, Command command) in commands.Index())
        {
            await project.SubmitAsync(command, place % 3 == 0 ? Linh : TempStore.Someone);
        }
    }

    private static async Task<string> PlayAsync(MemoryDisk disk, Command[] commands, int[] saveBefore)
    {
        await using MemoryProject project = Open(disk);
        foreach ((int place, Command command) in commands.Index())
        {
            if (saveBefore.Contains(place))
            {
                await project.SaveSnapshotAsync();
            }

            await project.SubmitAsync(command, place % 3 == 0 ? Linh : TempStore.Someone);
        }

        return GraphDigest.Of(project);
    }

    private static async Task<(MemoryDisk Disk, string Snapshot, string Digest)> SmallAsync()
    {
        var disk = new MemoryDisk();
        await using MemoryProject project = Open(disk);
        await project.SubmitAsync(new CreateEntity("Ada", "person", ["likes tea"]), Linh);
        await project.SaveSnapshotAsync();
        string snapshot = Path.Combine(Folder, Assert.Single(disk.List(Folder)));
        await project.SubmitAsync(new CreateEntity("Eve", "person", []), Linh);
        return (disk, snapshot, GraphDigest.Of(project));
    }

    private static async Task<string> DigestAsync(MemoryDisk disk)
    {
        await using MemoryProject project = Open(disk);
        return GraphDigest.Of(project);
    }

    private static async Task<string> WithOnlyAsync(MemoryDisk disk, string snapshot)
    {
        var copy = new MemoryDisk();
        foreach (string path in disk.Paths.Where(path => Path.GetDirectoryName(path) != Folder || Path.GetFileName(path) == snapshot))
        {
            copy[path] = disk[path];
        }

        return await DigestAsync(copy);
    }

    private static Task<string> WithoutSnapshotsAsync(MemoryDisk disk) => WithOnlyAsync(disk, "");

    private static LogHealth? HealthOf(MemoryProject project) =>
        project.Ask(new StatusQuery(), "", (_, standing) => standing.Health);

    private static bool Holds(byte[] bytes, string text) => bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
}
