using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Log;
using MemoryGraph.Tests.Log;

namespace MemoryGraph.Tests.Projects;

/// <summary>The projects of a store, told without reading their logs.</summary>
public sealed class ProjectListTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memory-graph-");
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Each_project_is_told_by_name_with_its_size_and_last_change()
    {
        await using CurrentProject beta = await RecordedAsync("beta", 1);
        await using CurrentProject alpha = await RecordedAsync("Alpha", 3);

        IReadOnlyList<KnownProject> known = beta.List();
        Assert.Equal(["Alpha", "beta"], known.Select(one => one.Name));
        Assert.Equal([(false, 4, null), (true, 2, (string?)null)], known.Select(one => (one.IsOpen, one.Events, one.Trouble)));
        Assert.Equal([alpha.Current!.Folder, beta.Current!.Folder], known.Select(one => one.Folder));
        Assert.Equal([alpha.Current.Id, beta.Current.Id], known.Select(one => one.Id));
        Assert.All(known, one => Assert.Equal(new FileInfo(LogOf(one.Folder)).Length, one.Bytes));
        Assert.All(known, one => Assert.Equal(ManualClock.Start, one.LastChange));
    }

    [Fact]
    public void A_store_that_is_not_there_yet_holds_no_project_and_is_not_made()
    {
        CurrentProject fresh = Registry("fresh");
        Assert.Empty(fresh.List());
        Assert.False(Directory.Exists(fresh.Store));
    }

    [Fact]
    public async Task What_is_no_project_is_passed_over()
    {
        await using CurrentProject project = await RecordedAsync("project", 1);
        Directory.CreateDirectory(Path.Combine(project.Store, "empty"));
        await File.WriteAllTextAsync(Path.Combine(project.Store, "notes.txt"), "x");
        Directory.CreateSymbolicLink(Path.Combine(project.Store, "link"), project.Current!.Folder);

        Assert.Equal("project", Assert.Single(project.List()).Name);
    }

    [Fact]
    public async Task A_torn_end_counts_only_what_is_whole()
    {
        await using CurrentProject project = await RecordedAsync("project", 3);
        byte[] log = await File.ReadAllBytesAsync(LogOf(project.Current!.Folder));
        int lastLine = Array.LastIndexOf(log, (byte)'\n', log.Length - 2) + 1;
        for (int end = log.Length; end > lastLine; end -= 37)
        {
            await File.WriteAllBytesAsync(LogOf(project.Current.Folder), log[..end]);
            Assert.Equal(end >= log.Length - 1 ? 4 : 3, Assert.Single(project.List()).Events);
        }
    }

    [Fact]
    public async Task A_last_event_that_is_longer_than_any_window_is_found()
    {
        await using CurrentProject project = await RecordedAsync("project", 1);
        await project.Current!.SubmitAsync(
            new AddObservations("Ada", [new string('x', 300_000)]), new Author("duyan", "tests/1"));

        Assert.Equal(3, Assert.Single(project.List()).Events);
    }

    [Fact]
    public async Task A_project_that_cannot_be_used_says_why_and_hides_no_other()
    {
        await using CurrentProject good = await RecordedAsync("good", 1);
        await using CurrentProject spoilt = await RecordedAsync("spoilt", 1);
        await using CurrentProject gone = await RecordedAsync("gone", 1);
        await using CurrentProject linked = await RecordedAsync("linked", 1);
        await using CurrentProject unnamed = await RecordedAsync("unnamed", 1);
        await File.WriteAllTextAsync(LogOf(spoilt.Current!.Folder), "not a log\n");
        File.Delete(LogOf(gone.Current!.Folder));
        File.Delete(LogOf(linked.Current!.Folder));
        File.CreateSymbolicLink(LogOf(linked.Current.Folder), LogOf(good.Current!.Folder));
        await File.WriteAllTextAsync(Path.Combine(unnamed.Current!.Folder, "project.json"), "{}");

        Dictionary<string, KnownProject> known = good.List().ToDictionary(one => one.Name);
        Assert.Equal(5, known.Count);
        Assert.Equal((2, null), (known["good"].Events, known["good"].Trouble));
        Assert.Contains("is not a log's header", known["spoilt"].Trouble, StringComparison.Ordinal);
        Assert.Contains("no events file", known["gone"].Trouble, StringComparison.Ordinal);
        Assert.Contains("link", known["linked"].Trouble, StringComparison.Ordinal);
        Assert.Equal((2, null), known[Path.GetFileName(unnamed.Current.Folder)] is var one ? (one.Events, one.Trouble) : default);
    }

    private static string LogOf(string folder) => Path.Combine(folder, SegmentHeader.FileName(new EventId(1)));

    private CurrentProject Registry(string project) => new(
        new ProjectOptions(
            Path.Combine(_folder.FullName, "store"), project, "duyan", _folder.FullName, _folder.FullName, _folder.FullName, _ => null),
        "tests",
        _clock);

    private async Task<CurrentProject> RecordedAsync(string project, int observations)
    {
        CurrentProject registry = Registry(project);
        string[] texts = [.. Enumerable.Range(0, observations).Select(i => FormattableString.Invariant($"Điều {i}"))];
        await registry.Current!.SubmitAsync(new CreateEntity("Ada", "person", texts), new Author("duyan", "tests/1"));
        return registry;
    }
}
