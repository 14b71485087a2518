using MemoryGraph.Locate;

namespace MemoryGraph.Mcp.Tests.Projects;

/// <summary>A project whose folder was moved has a memory under its old place.</summary>
public sealed class MovedProjectTests : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_moved_folder_is_told_where_its_memory_is_until_something_is_recorded()
    {
        string old = await RecordInAsync(_machine.Make("before", "app"));
        Directory.Move(_machine.Join("before"), _machine.Join("after"));

        await using CurrentProject found = _machine.Start(_machine.Join("after", "app"));
        string expected = found.Moved!;

        Assert.Contains(_machine.Join("before", "app"), expected, StringComparison.Ordinal);
        Wording.Match(expected
            .Replace(_machine.Join("before", "app"), "(before)", StringComparison.Ordinal)
            .Replace(old, "(old)", StringComparison.Ordinal)
            .Replace(found.Current!.Folder, "(new)", StringComparison.Ordinal));
        Assert.Contains(expected, (await Memory.CallAsync(found, "memory_status", "{}")).Text, StringComparison.Ordinal);
        Assert.Contains(
            $"Note: {expected}", (await Memory.CallAsync(found, "create_entity", """{"name":"A","entityType":"t"}""")).Text, StringComparison.Ordinal);
        Assert.Null(found.Moved);
    }

    [Fact]
    public async Task Following_the_advice_brings_the_memory_back()
    {
        string old = await RecordInAsync(_machine.Make("before", "app"));
        Directory.Move(_machine.Join("before"), _machine.Join("after"));
        Directory.Move(old, _machine.FolderOf(_machine.Join("after", "app")));

        await using CurrentProject found = _machine.Start(_machine.Join("after", "app"));

        Assert.Null(found.Moved);
        Assert.StartsWith("1 entity", (await Memory.CallAsync(found, "open_nodes", """{"names":["Ada"]}""")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_is_known_by_its_remote_under_another_name()
    {
        string root = Git.Init(_machine.Join("app"));
        Git.Run(root, "remote", "add", "origin", "https://ada:s3cret@example.org/app.git");
        await RecordInAsync(root);
        Directory.Move(root, _machine.Join("renamed"));

        Assert.Contains("one called \"app\"", _machine.Start(_machine.Join("renamed")).Moved, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_the_same_name_that_is_still_there_is_another_project()
    {
        await RecordInAsync(_machine.Make("one", "app"));

        Assert.Null(_machine.Start(_machine.Make("two", "app")).Moved);
    }

    [Fact]
    public async Task A_memory_that_was_named_has_not_moved()
    {
        await RecordInAsync(_machine.Make("before", "app"));
        Directory.Delete(_machine.Join("before"), recursive: true);

        Assert.Null(_machine.Start(_machine.Work, project: "app").Moved);
    }

    private async Task<string> RecordInAsync(string folder)
    {
        await using CurrentProject projects = _machine.Start(folder);
        await Machine.RecordAsync(projects);
        return projects.Current!.Folder;
    }
}
