using System.Runtime.Versioning;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Surroundings;

/// <summary>Who may read the memory's files, and links where files belong.</summary>
[Collection(Programs.Collection)]
[UnsupportedOSPlatform("windows")]
public sealed class FileSafetyTests(Programs programs) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [UnixTheory]
    [InlineData("000")]
    [InlineData("077")]
    public async Task Files_and_folders_are_their_owner_s_alone_whatever_the_umask(string umask)
    {
        string store = Path.Combine(_sandbox.Root, "deep", "store");
        Launch launch = _sandbox.Run([.. programs.Any, "serve", "--store", store, "--project", Sandbox.Project, "--user", "tester"]);
        await using (ServerProcess server = await ServerProcess.StartAsync(launch.After($"umask {umask}")))
        {
            await server.DoAsync(ToolCall.Create("Ada"));
            await server.EndAsync();
        }

        const UnixFileMode ownerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        const UnixFileMode ownerFolder = ownerFile | UnixFileMode.UserExecute;
        string[] entries = [Path.Combine(_sandbox.Root, "deep"), store, .. Directory.GetFileSystemEntries(store, "*", SearchOption.AllDirectories)];
        Assert.Contains(entries, entry => entry.EndsWith(".jsonl", StringComparison.Ordinal));
        Assert.All(entries, entry => Assert.True(
            File.GetUnixFileMode(entry) == (Directory.Exists(entry) ? ownerFolder : ownerFile), $"{entry}: {File.GetUnixFileMode(entry)}"));
    }

    [UnixTheory]
    [InlineData("log")]
    [InlineData("lock")]
    [InlineData("project")]
    public async Task A_link_where_a_file_of_ours_belongs_is_refused(string what)
    {
        await using (ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any)))
        {
            await server.DoAsync(ToolCall.Create("Ada", "likes tea"));
            await server.EndAsync();
        }

        string path = what switch
        {
            "log" => _sandbox.Log,
            "lock" => _sandbox.LockFile,
            _ => _sandbox.ProjectFolder,
        };
        string elsewhere = _sandbox.Join("elsewhere");
        Directory.Move(path, elsewhere);
        File.CreateSymbolicLink(path, elsewhere);
        string content = what == "project" ? Path.Combine(elsewhere, Path.GetFileName(_sandbox.Log)) : elsewhere;
        byte[] before = await File.ReadAllBytesAsync(content);

        await using (ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any)))
        {
            Answer refused = await server.CallAsync(ToolCall.Create("Bob"));
            Assert.True(refused.IsError, refused.Text);
            Assert.Contains("symbolic link", refused.Text, StringComparison.Ordinal);
            Answer read = await server.CallAsync(ToolCall.Open("Ada"));

            // Only the lock is not needed to read.
            Assert.Equal(what != "lock", read.IsError);
            await server.EndAsync();
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(content));
    }
}
