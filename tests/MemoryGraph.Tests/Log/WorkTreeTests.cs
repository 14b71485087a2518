namespace MemoryGraph.Tests.Log;

/// <summary>A store inside a git work tree tells git what to keep, and to keep its hands off.</summary>
public sealed class WorkTreeTests
{
    [Fact]
    public async Task In_a_work_tree_git_keeps_the_log_as_it_is_and_nothing_of_one_machine()
    {
        using var store = new TempStore(inWorkTree: true);
        await store.AppendCommitsAsync(1);
        Assert.Equal(
            "events-*.jsonl -text -merge\n", await File.ReadAllTextAsync(Path.Combine(store.Place.Store, ".gitattributes")));
        Assert.Equal(
            "*\n!*/\n!.gitignore\n!.gitattributes\n!project.json\n!events-*.jsonl\n",
            await File.ReadAllTextAsync(Path.Combine(store.Place.Store, ".gitignore")));
    }

    [Fact]
    public async Task What_git_is_told_can_be_changed_by_hand()
    {
        using var store = new TempStore(inWorkTree: true);
        Directory.CreateDirectory(store.Place.Store);
        string path = Path.Combine(store.Place.Store, ".gitignore");
        await File.WriteAllTextAsync(path, "*\n");
        await store.AppendCommitsAsync(1, 1);
        Assert.Equal("*\n", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Outside_a_work_tree_there_are_no_files_for_git()
    {
        using var store = new TempStore();
        await store.AppendCommitsAsync(1);
        Assert.Empty(Directory.GetFiles(store.Place.Store));
    }
}
