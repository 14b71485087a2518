using System.Text;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Sessions;

/// <summary>What processes answer that start from a snapshot, from half of one, and from none.</summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed class SnapshotTests(Programs programs) : IDisposable
{
    private const int Entities = 30_000;

    private readonly Sandbox _sandbox = new();

    private string Folder => Path.Combine(_sandbox.ProjectFolder, "snapshots");

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Every_process_exports_the_same_with_a_snapshot_with_a_spoilt_one_and_without()
    {
        await ImportAsync();
        await RunAsync("snapshot");
        await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
        Answer created = await server.DoAsync(ToolCall.Create("Behind the snapshot", "said after it was saved"));
        Assert.False(created.IsError, created.Text);

        string fromSnapshot = await RunAsync("export", "json");
        string[] snapshots = Directory.GetFiles(Folder);
        Assert.NotEmpty(snapshots);
        foreach (string snapshot in snapshots)
        {
            byte[] bytes = await File.ReadAllBytesAsync(snapshot);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(snapshot, bytes);
        }

        string fromSpoilt = await RunAsync("export", "json");
        Directory.Delete(Folder, recursive: true);
        string fromLog = await RunAsync("export", "json");

        Assert.Contains("Behind the snapshot", fromLog, StringComparison.Ordinal);
        Assert.Equal(fromLog, fromSnapshot);
        Assert.Equal(fromLog, fromSpoilt);
        await server.EndAsync();
    }

    [Fact]
    public async Task A_server_that_read_a_long_log_leaves_a_snapshot_behind_of_itself()
    {
        await ImportAsync();
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
        Answer opened = await server.DoAsync(ToolCall.Open("Entity 17"));
        Assert.Contains("Entity 17", opened.Text, StringComparison.Ordinal);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!Directory.Exists(Folder) || Directory.GetFiles(Folder, "*.snapshot").Length == 0)
        {
            // The server goes on answering while it saves.
            patience.Token.ThrowIfCancellationRequested();
            Answer again = await server.DoAsync(ToolCall.Open("Entity 18"));
            Assert.Contains("Entity 18", again.Text, StringComparison.Ordinal);
        }

        await server.EndAsync();
    }

    private async Task ImportAsync()
    {
        var lines = new StringBuilder();
        for (int at = 0; at < Entities; at++)
        {
            lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"type\":\"entity\",\"name\":\"Entity {at}\",\"entityType\":\"thing\",\"observations\":[\"số {at}\"]}}\n");
        }

        string file = _sandbox.Join("memory.jsonl");
        await File.WriteAllTextAsync(file, lines.ToString());
        await RunAsync("import", "server-memory", file);
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        Finished done = await _sandbox.Run([.. programs.Any, .. arguments, "--store", _sandbox.Store, "--project", Sandbox.Project]).PipeAsync();
        Assert.True(done.ExitCode == 0, done.Errors);
        return done.Output;
    }
}
