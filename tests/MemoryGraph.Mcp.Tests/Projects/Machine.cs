using MemoryGraph.Domain;
using MemoryGraph.Locate;

namespace MemoryGraph.Mcp.Tests.Projects;

/// <summary>A machine with a home, a program folder and a folder for work, on which programs are started.</summary>
internal sealed class Machine : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Machine()
    {
        Home = _folder.Make("home");
        Program = _folder.Make("program");
        Work = _folder.Make("work");
    }

    public string Home { get; }

    public string Program { get; }

    public string Work { get; }

    public string Join(params string[] names) => Path.Combine([Work, .. names]);

    public string Make(params string[] names) => Directory.CreateDirectory(Join(names)).FullName;

    /// <summary>What a program finds that is started in a folder.</summary>
    /// <param name="variables">Of its environment.</param>
    public CurrentProject Start(
        string folder, string? project = null, string? store = null, string? user = null, params (string Name, string Value)[] variables) => new(
        new ProjectOptions(
            store, project, user, folder, Home, Program,
            name => variables.FirstOrDefault(variable => variable.Name == name).Value),
        "tests 1",
        new SetClock());

    /// <summary>The folder of the memory that is found.</summary>
    public string FolderOf(
        string folder, string? project = null, string? store = null, params (string Name, string Value)[] variables) =>
        Start(folder, project, store, user: null, variables).Current!.Folder;

    /// <summary>Why none is found.</summary>
    public string Refusal(
        string folder, string? project = null, string? store = null, string? user = null, params (string Name, string Value)[] variables)
    {
        CurrentProject found = Start(folder, project, store, user, variables);
        Assert.Null(found.Current);
        return found.Refused!.Message;
    }

    public static async Task RecordAsync(CurrentProject projects) => await projects.Current!.SubmitAsync(
        new CreateEntity("Ada", "person", ["likes tea"]), Author.Of("ada", "tests/1"));

    public void Dispose() => _folder.Dispose();
}
