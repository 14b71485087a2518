using MemoryGraph.Domain;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using MemoryGraph.Search;
using MemoryGraph.Tests.Log;

namespace MemoryGraph.Tests.Projects;

/// <summary>Every way to read a project, on a disk that fails at its first request, its second …, until it passes.</summary>
public sealed class FailingReadTests
{
    private const int RequestsMax = 200;

    public static TheoryData<string> Operations => [.. Reads.Keys];

    private static Dictionary<string, Action<MemoryProject>> Reads => new()
    {
        ["search"] = project => project.Ask(new SearchQuery("statement", null, AsOf.Now), "tests"),
        ["open"] = project => project.Ask(new OpenQuery(["Bug: đăng nhập"], AsOf.Now), "tests"),
        ["verify"] = project => project.Verify(),
        ["checkpoint"] = project => project.Checkpoint(),
        ["export"] = project => project.ExportEvents(Stream.Null, AsOf.Now, entity: null, "tests"),
        ["what a redaction finds"] = project => project.PreviewRedaction(new Redaction.Containing("statement")),
        ["what a command would do"] = project => project.Preview(new DeleteEntity("Bug: đăng nhập"), TempStore.Someone),
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_read_that_fails_says_nothing_of_what_was_recorded(string operation)
    {
        using var store = new TempStore();
        await store.AppendCommitsAsync(1, 2, 3);
        int failures = 0;
        for (int request = 0; request < RequestsMax; request++)
        {
            var disk = new FaultyDisk(DiskFault.Failed, forEver: true, halfWritten: false);
            disk.FailAfter(request);
            await using MemoryProject project = store.OpenProject(disk);
            if (Record.Exception(() => Reads[operation](project)) is { } failure)
            {
                failures++;
                Assert.Equal("disk_failed", Assert.IsAssignableFrom<LogException>(failure).Code);
                Assert.DoesNotContain("recorded", failure.Message, StringComparison.OrdinalIgnoreCase);
            }
            else if (!disk.Failed)
            {
                Assert.True(failures > 0, "nothing was read");
                return;
            }
        }

        Assert.Fail("the read never passed untouched");
    }
}
