using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Faults;

/// <summary>Full disks, limits and media that cannot be written.</summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed class NoRoomTests(Programs programs) : IDisposable
{
    private const int WritesMax = 2_000;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [LimitFact]
    public async Task A_limit_on_file_sizes_is_an_error_to_tell_not_an_end()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any).After("ulimit -S -f 32"));
        (List<string> kept, ToolCall refused) = await FillAsync(server);
        await AssertAllAreKnownAsync(server, kept);
        string id = server.Id.ToString(CultureInfo.InvariantCulture);
        Assert.True(Machine.Succeeds("prlimit", "--pid", id, "--fsize=unlimited"));
        await server.DoAsync(refused);
        await server.EndAsync();
        await AssertLogIsWholeAsync(kept);
    }

    [MountFact]
    public async Task A_full_disk_stops_writing_only_and_only_until_there_is_room()
    {
        Directory.CreateDirectory(_sandbox.Store);
        Mount("-t", "tmpfs", "-o", "size=256k", "none", _sandbox.Store);
        try
        {
            string ballast = Path.Combine(_sandbox.Store, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[100 * 1024]);
            await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
            (List<string> kept, ToolCall refused) = await FillAsync(server);
            await AssertAllAreKnownAsync(server, kept);
            File.Delete(ballast);
            await server.DoAsync(refused);
            await server.EndAsync();
            await AssertLogIsWholeAsync(kept);
        }
        finally
        {
            Unmount();
        }
    }

    [MountFact]
    public async Task A_read_only_medium_is_read_and_says_why_it_is_not_written()
    {
        await WriteOneAsync();
        Mount("--bind", _sandbox.Store, _sandbox.Store);
        try
        {
            Mount("-o", "remount,bind,ro", _sandbox.Store);
            await AssertReadOnlyAsync("the medium is read-only", "Read-only file system");
        }
        finally
        {
            Unmount();
        }
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_folder_without_permission_to_write_is_read_and_says_why_it_is_not_written()
    {
        await WriteOneAsync();
        const UnixFileMode readable = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        string log = _sandbox.Log;
        string lockFile = _sandbox.LockFile;
        string folder = _sandbox.ProjectFolder;
        File.SetUnixFileMode(log, UnixFileMode.UserRead);
        File.SetUnixFileMode(lockFile, UnixFileMode.UserRead);
        File.SetUnixFileMode(folder, readable);
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                // To root, permissions are no obstacle; there is nothing to say then, and all must work.
                await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
                await server.DoAsync(ToolCall.Create("Bob"));
                await server.EndAsync();
            }
            else
            {
                await AssertReadOnlyAsync("ermission denied");
            }
        }
        finally
        {
            File.SetUnixFileMode(folder, readable | UnixFileMode.UserWrite);
        }
    }

    private static void Mount(params string[] arguments) => Assert.True(Machine.Succeeds("mount", arguments), "mount");

    private void Unmount() => Assert.True(Machine.Succeeds("umount", "-l", _sandbox.Store), "umount");

    private async Task WriteOneAsync()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
        await server.DoAsync(ToolCall.Create("Ada", "likes tea"));
        await server.EndAsync();
    }

    private async Task AssertReadOnlyAsync(params string[] whyOneOf)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
        Assert.Contains("likes tea", (await server.DoAsync(ToolCall.Open("Ada"))).Text, StringComparison.Ordinal);
        Answer refused = await server.CallAsync(ToolCall.Create("Bob"));
        Assert.True(refused.IsError, refused.Text);
        Assert.Contains(whyOneOf, why => refused.Text.Contains(why, StringComparison.Ordinal));
        Assert.Contains("Writing: no.", (await server.DoAsync(ToolCall.Status)).Text, StringComparison.Ordinal);
        Assert.Contains("likes tea", (await server.DoAsync(ToolCall.Search("tea"))).Text, StringComparison.Ordinal);
        await server.EndAsync();
    }

    // Writes until it is refused for want of room; gives what was acknowledged and the call that was not.
    private static async Task<(List<string> Kept, ToolCall Refused)> FillAsync(ServerProcess server)
    {
        var kept = new List<string>();
        for (int write = 0; write < WritesMax; write++)
        {
            string name = FormattableString.Invariant($"Entity {write}");
            ToolCall call = ToolCall.Create(name, new string('x', 200));
            Answer answer = await server.CallAsync(call);
            if (answer.IsError)
            {
                Assert.Contains("free some space and repeat the call", answer.Text, StringComparison.Ordinal);
                Assert.NotEmpty(kept);
                Assert.True((await server.CallAsync(call)).IsError);
                return (kept, call);
            }

            kept.Add(name);
        }

        Assert.Fail("There was always room.");
        return default;
    }

    private static async Task AssertAllAreKnownAsync(ServerProcess server, List<string> kept)
    {
        string text = (await server.DoAsync(ToolCall.Status)).Text;
        Assert.StartsWith(FormattableString.Invariant($"{kept.Count} entit"), text, StringComparison.Ordinal);
        Assert.Contains(kept[^1], (await server.DoAsync(ToolCall.Open(kept[^1]))).Text, StringComparison.Ordinal);
    }

    private async Task AssertLogIsWholeAsync(List<string> kept)
    {
        HashSet<string> names = [.. LoggedEvent.ReadAll(_sandbox.Log).Select(one => one.Name)];
        Assert.All(kept, name => Assert.Contains(name, names));
        Finished status = (await _sandbox.Run(
            [.. programs.Any, "status", "--json", "--store", _sandbox.Store, "--project", Sandbox.Project]).PipeAsync()).WithoutComplaint();
        using JsonDocument json = JsonDocument.Parse(status.Output);
        Assert.Equal("ok", json.RootElement.GetProperty("health").GetString());
        Assert.Equal(kept.Count + 1, json.RootElement.GetProperty("entities").GetInt32());
    }
}
