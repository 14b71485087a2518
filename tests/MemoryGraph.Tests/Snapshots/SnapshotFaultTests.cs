using MemoryGraph.Domain;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using MemoryGraph.Tests.Log;

namespace MemoryGraph.Tests.Snapshots;

/// <summary>Snapshots on a disk that fails, or that a process died on while it wrote one.</summary>
[Trait("size", "torture")]
public sealed class SnapshotFaultTests
{
    private const int RequestsMax = 1000;
    private static readonly Author Linh = new("linh", "claude-code/2.1");

    [Theory]
    [InlineData(DiskFault.Failed, false)]
    [InlineData(DiskFault.Failed, true)]
    [InlineData(DiskFault.Full, true)]
    [InlineData(DiskFault.Denied, false)]
    [InlineData(DiskFault.NotFound, false)]
    internal async Task No_fault_while_one_is_loaded_or_saved_changes_an_answer_or_keeps_a_file_open(DiskFault fault, bool forEver)
    {
        for (int request = 0; request < RequestsMax; request++)
        {
            using var store = new TempStore { SegmentBytes = 2000 };
            string expected = await PrepareAsync(store);
            var disk = new FaultyDisk(fault, forEver, halfWritten: true);
            await using (MemoryProject project = store.OpenProject(disk))
            {
                disk.FailAfter(request);
                try
                {
                    Assert.Equal(expected, GraphDigest.Of(project));
                    await project.SaveSnapshotAsync();
                }
                catch (LogException)
                {
                }

                disk.Heal();
                await project.BackgroundWork;
                Assert.Equal(expected, GraphDigest.Of(project));
                await project.SubmitAsync(new CreateEntity("Zoe", "person", ["later"]), Linh);
            }

            Assert.Empty(OpenFiles(store));
            await using MemoryProject again = store.OpenProject();
            string saved = GraphDigest.Of(again);
            Directory.Delete(ProjectFolder.SnapshotsIn(store.Place.Directory), recursive: true);
            await using MemoryProject anew = store.OpenProject();
            Assert.True(GraphDigest.Of(anew) == saved, $"request {request}");
            if (!disk.Failed)
            {
                return;
            }
        }

        Assert.Fail("it never passed untouched");
    }

    [Fact]
    public async Task A_process_that_is_killed_while_it_writes_leaves_nothing_that_was_erased_before_it_began()
    {
        using var store = new TempStore();
        await using MemoryProject other = store.OpenProject();
        await other.SubmitAsync(new CreateEntity("Ada", "person", ["her code is tungsten", "likes tea"]), Linh);
        var disk = new BeforeItBegins(() => other.RedactAsync(Redaction.OfText("tungsten"), Linh, null).Wait());
        await using MemoryProject saving = store.OpenProject(disk);
        int killed = 0;
        saving.BeforePublishing = () =>
        {
            killed++;
            Assert.All(FilesOf(store), path => Assert.DoesNotContain("tungsten", File.ReadAllText(path), StringComparison.Ordinal));
            return Task.CompletedTask;
        };

        Assert.Null(await saving.SaveSnapshotAsync());
        Assert.Equal(1, killed);
    }

    [Fact]
    public async Task One_that_somebody_else_deleted_while_it_was_written_is_given_up()
    {
        using var store = new TempStore();
        await PrepareAsync(store);
        await using MemoryProject project = store.OpenProject();
        await using MemoryProject other = store.OpenProject();
        project.BeforePublishing = () => other.SaveSnapshotAsync();

        Assert.Null(await project.SaveSnapshotAsync());
    }

    [Theory]
    [InlineData("file")]
    [InlineData("link")]
    public async Task Something_else_in_the_place_of_the_folder_stops_no_answer(string what)
    {
        using var store = new TempStore();
        string expected = await PrepareAsync(store);
        string folder = ProjectFolder.SnapshotsIn(store.Place.Directory);
        string elsewhere = Path.Combine(store.Root, "elsewhere");
        Directory.Move(folder, elsewhere);
        if (what == "file")
        {
            await File.WriteAllTextAsync(folder, "");
        }
        else
        {
            Directory.CreateSymbolicLink(folder, elsewhere);
        }

        await using MemoryProject project = store.OpenProject();
        Assert.Equal(expected, GraphDigest.Of(project));
        await project.SubmitAsync(new CreateEntity("Zoe", "person", []), Linh);
        await Assert.ThrowsAsync<LogException>(() => project.SaveSnapshotAsync());
        Assert.Single(Directory.GetFiles(elsewhere));
    }

    [Fact]
    public async Task Nothing_that_is_recorded_while_chunks_are_copied_is_missed()
    {
        using var store = new TempStore { SegmentBytes = 1 << 20 };
        await using MemoryProject project = store.OpenProject(new HastyDisk());
        string[] texts = [.. Enumerable.Range(0, 120).Select(i => $"{i} \ud83d\ude00 " + new string((char)('a' + (i % 26)), 7 * i * i % 60_000))];
        for (int i = 0; i < 40; i++)
        {
            await project.SubmitAsync(new CreateEntity($"Entity {i}", "thing", [.. texts.Skip(i).Take(20)]), Linh);
        }

        Task<SavedSnapshot?> saving = Task.Run(() => project.SaveSnapshotAsync());
        for (int i = 0; !saving.IsCompleted || i < 50; i++)
        {
            await project.SubmitAsync(new CreateEntity($"New {i}", $"kind {i}", [texts[i % 120]]), Linh);
            await project.SubmitAsync(new DeleteObservations($"Entity {i % 40}", [texts[(i % 40) + (i % 20)]]), Linh);
            await project.SubmitAsync(new AddObservations($"Entity {i * 7 % 40}", [texts[i * 3 % 120]], null), Linh);
        }

        SavedSnapshot? saved = await saving;
        Assert.NotNull(saved);
        string live = GraphDigest.Of(project);
        await using (MemoryProject loaded = store.OpenProject())
        {
            Assert.Equal(live, GraphDigest.Of(loaded));
            await loaded.BackgroundWork;
            Assert.Null(loaded.Ask(new StatusQuery(), "", (_, standing) => standing.Health));
        }

        File.Delete(saved.Path);
        await using MemoryProject anew = store.OpenProject();
        Assert.Equal(live, GraphDigest.Of(anew));
    }

    private static async Task<string> PrepareAsync(TempStore store)
    {
        await using MemoryProject project = store.OpenProject();
        for (int i = 0; i < 4; i++)
        {
            await project.SubmitAsync(new CreateEntity($"Entity {i}", "thing", ["one", "hai"]), Linh);
            if (i == 2)
            {
                await project.SaveSnapshotAsync();
            }
        }

        return GraphDigest.Of(project);
    }

    private static string[] FilesOf(TempStore store) => Directory.GetFiles(store.Place.Store, "*", SearchOption.AllDirectories);

    private static string[] OpenFiles(TempStore store) => !OperatingSystem.IsLinux() ? []
        : [.. new DirectoryInfo("/proc/self/fd").GetFiles().Select(one => one.LinkTarget ?? "").Where(path => path.StartsWith(store.Root, StringComparison.Ordinal))];

    /// <summary>Does something before a snapshot's file is made.</summary>
    private sealed class BeforeItBegins(Action act) : RelayDisk
    {
        protected override void Relay(DiskCall call, string path, Action pass)
        {
            if (call == DiskCall.Create && Path.GetFileName(Path.GetDirectoryName(path)) == "snapshots")
            {
                act();
            }

            pass();
        }
    }
}
