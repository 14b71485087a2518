using MemoryGraph.Domain;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using MemoryGraph.Tests.Log;
using OwnProjection;

namespace MemoryGraph.Tests.Projects;

public sealed class FailedCommitTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_commit_that_fails_is_taken_back_and_the_log_is_not_read_anew()
    {
        var disk = new FaultyDisk(DiskFault.Full, forEver: false, halfWritten: true)
        {
            Concerns = (call, path) => call == DiskCall.Write && path.EndsWith(".jsonl", StringComparison.Ordinal),
        };
        await using MemoryProject project = _store.OpenProject(disk);
        EventId first = (await SubmitAsync(project, "Ada")).Standing.Last;
        var projection = new Decisions();
        Assert.Equal(first, project.Feed(projection));

        disk.FailAfter(0);
        await Assert.ThrowsAsync<LogException>(() => SubmitAsync(project, "Bob"));

        // A projection refuses to go on when the graph it was fed from was dropped.
        Assert.True(disk.Failed);
        Assert.Equal(first, project.Feed(projection));
        (NamesAnswer names, ProjectStatus status) = project.Ask(new NamesQuery("", 10), "tests");
        Assert.Equal(["Ada"], names.Names);
        Assert.Equal(first, status.Last);

        EventId last = (await SubmitAsync(project, "Bob")).Standing.Last;
        Assert.Equal(last, project.Feed(projection));
        Assert.Equal(["Ada", "Bob"], project.Ask(new NamesQuery("", 10), "tests").Answer.Names.Order());
    }

    private static Task<Receipt> SubmitAsync(MemoryProject project, string name) =>
        project.SubmitAsync(new CreateEntity(name, "person", []), TempStore.Someone);
}
