using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Packages;

/// <summary>What is unpacked rather than installed serves from where it lies.</summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed class UnpackedTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [PackageFact(".tar.gz")]
    public async Task The_archive_s_program_answers_the_archive_s_session()
    {
        await using (var archive = new GZipStream(File.OpenRead(Packed.Archive), CompressionMode.Decompress))
        {
            await TarFile.ExtractToDirectoryAsync(archive, _sandbox.Work, overwriteFiles: false);
        }

        string folder = Path.Combine(_sandbox.Work, $"memory-graph-{BuildPlaces.Version}-linux-x64");
        string session = await File.ReadAllTextAsync(Path.Combine(folder, "samples", "first-session.jsonl"));
        Finished finished = (await _sandbox.Serve([Path.Combine(folder, "memory-graph")]).PipeAsync(session)).WithoutComplaint();

        Assert.Equal(11, finished.Answers.Count);
        Assert.All(finished.Answers, answer => Assert.False(answer.IsError, answer.Text));
        Assert.Superset(
            new HashSet<string?> { "README.md", "LICENSE", "memory-graph" },
            new HashSet<string?>(Directory.GetFiles(folder).Select(Path.GetFileName)));
    }

    [PackageFact(".mcpb")]
    public async Task The_bundle_s_server_starts_as_its_manifest_says()
    {
        Launch server = await UnpackBundleAsync(new JsonObject { ["store"] = _sandbox.Store, ["project"] = "from-settings", ["user"] = "Linh" });

        await using ServerProcess running = await ServerProcess.StartAsync(server);
        await running.DoAsync(ToolCall.Create("Ada", "likes tea"));
        string status = (await running.DoAsync(ToolCall.Status)).Text;
        string found = (await running.DoAsync(ToolCall.Open("Ada"))).Text;
        await running.EndAsync();

        Assert.Contains("\"from-settings\"", status, StringComparison.Ordinal);
        Assert.Contains("by Linh", found, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetDirectories(_sandbox.Store, "from-settings-*"));
    }

    [PackageFact(".mcpb")]
    public async Task The_bundle_s_server_starts_where_nothing_was_set()
    {
        // Claude Desktop starts servers at the root of the file system.
        Launch server = (await UnpackBundleAsync([])).In("/");

        await using ServerProcess running = await ServerProcess.StartAsync(server);
        string status = (await running.DoAsync(ToolCall.Status)).Text;
        await running.EndAsync();

        Assert.Contains("\"default\"", status, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_sandbox.Home, ".memory-graph"), status, StringComparison.Ordinal);
    }

    // Unpacked and filled in by the tool's own library, as the client does it.
    private async Task<Launch> UnpackBundleAsync(JsonObject settings)
    {
        string folder = _sandbox.Join("bundle");
        string unpacker = Path.Combine(BuildPlaces.Packers, "node_modules", ".bin", "mcpb");
        Finished unpacked = await _sandbox.Run([unpacker, "unpack", Packed.Bundle, folder]).PipeAsync();
        Assert.True(unpacked.ExitCode == 0, unpacked.Output + unpacked.Errors);

        string script = Path.Combine(BuildPlaces.Clients, "bundle-config.mjs");
        Finished read = (await _sandbox.Run(["node", script, folder, settings.ToJsonString()])
            .With("PACKERS", BuildPlaces.Packers).PipeAsync()).WithoutComplaint();
        using JsonDocument json = JsonDocument.Parse(read.Output);
        JsonElement config = json.RootElement;
        Launch server = _sandbox.Run(
            [config.GetProperty("command").GetString()!, .. config.GetProperty("args").EnumerateArray().Select(part => part.GetString()!)]);
        return config.GetProperty("env").EnumerateObject().Aggregate(
            server, (launch, variable) => launch.With(variable.Name, variable.Value.GetString()!));
    }
}
