using System.Diagnostics;
using System.Text.Json;
using MemoryGraph.EndToEnd.Tests.Driving;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.EndToEnd.Tests.Clients;

/// <summary>The client of the C# SDK, in every version of the protocol: four with a handshake, one without.</summary>
[Collection(Programs.Collection)]
public sealed class DotNetClientTests(Programs programs) : IDisposable
{
    private const string WithoutHandshake = "2026-07-28";

    private readonly Sandbox _sandbox = new();

    public static TheoryData<string> Versions { get; } =
        ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", WithoutHandshake];

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_tool_is_called_and_the_server_leaves_with_0(string version)
    {
        McpClient client = await ConnectAsync(version);
        await using (client)
        {
            Assert.Equal(version, client.NegotiatedProtocolVersion);
            Assert.Equal("memory-graph", client.ServerInfo?.Name);
            EveryTool.AssertAllIn((await client.ListToolsAsync()).Select(tool => tool.Name));
            foreach ((string tool, string arguments) in EveryTool.Calls)
            {
                CallToolResult result = await client.CallToolAsync(tool, Members(arguments));
                var text = Assert.IsType<TextContentBlock>(Assert.Single(result.Content));
                Assert.True(result.IsError is not true, text.Text);
            }

            Assert.Equal(3, (await client.ListResourcesAsync()).Count);
            Assert.Equal(2, (await client.ListResourceTemplatesAsync()).Count);
            Assert.Equal(3, (await client.ListPromptsAsync()).Count);
            ReadResourceResult read = await client.ReadResourceAsync(new Uri("memory://entity/Authentication"));
            Assert.Contains("\"Authentication\" [module]", Assert.IsType<TextResourceContents>(read.Contents[0]).Text, StringComparison.Ordinal);
            CompleteResult completed = await client.CompleteAsync(
                new ResourceTemplateReference { Uri = "memory://entity/{name}" }, "name", "dang");
            Assert.Equal(["Đăng nhập"], completed.Completion.Values);
        }

        await AssertGoneAsync(client);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_mistake_is_told_in_the_answer_and_what_is_not_there_as_an_error(string version)
    {
        await using McpClient client = await ConnectAsync(version);

        CallToolResult result = await client.CallToolAsync("create_entity", Members("""{"nam":"Ada"}"""));
        var missing = await Assert.ThrowsAsync<McpProtocolException>(
            () => client.ReadResourceAsync(new Uri("memory://entity/nobody")).AsTask());

        Assert.True(result.IsError);
        Assert.Contains("`nam`", Assert.IsType<TextContentBlock>(result.Content[0]).Text, StringComparison.Ordinal);
        Assert.Equal(version == WithoutHandshake ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound, missing.ErrorCode);
    }

    [Fact]
    public async Task A_client_without_a_wish_speaks_the_newest_version()
    {
        await using McpClient client = await ConnectAsync(version: null);

        Assert.Equal(WithoutHandshake, client.NegotiatedProtocolVersion);
    }

    [LockTheory]
    [MemberData(nameof(Versions))]
    public async Task A_call_that_is_cancelled_holds_up_nothing_after_it(string version)
    {
        McpClient client = await ConnectAsync(version);
        await using (client)
        {
            await client.CallToolAsync("create_entity", Members("""{"name":"Before","entityType":"thing"}"""));

            // While a stranger holds the lock, no write can end by itself.
            using Process stranger = _sandbox.Run(
                ["/bin/sh", "-c", "exec 9<>\"$1\"; flock 9; echo held; read end", "sh", _sandbox.LockFile]).Start();
            Assert.Equal("held", await stranger.StandardOutput.ReadLineAsync());
            using var cancel = new CancellationTokenSource();
            Task<CallToolResult> held = client.CallToolAsync(
                "create_entity", Members("""{"name":"Held","entityType":"thing"}"""), cancellationToken: cancel.Token).AsTask();
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held.WaitAsync(ServerProcess.Patience));
            stranger.StandardInput.Close();

            CallToolResult after = await client.CallToolAsync("create_entity", Members("""{"name":"After","entityType":"thing"}"""));
            Assert.True(after.IsError is not true);
        }

        await AssertGoneAsync(client);
        Assert.Subset(
            new HashSet<string> { "Before", "Held", "After" }, LoggedEvent.ReadAll(_sandbox.Log).Select(one => one.Name).ToHashSet());
    }

    [Fact]
    public async Task A_subscriber_is_told_of_a_change()
    {
        await using McpClient client = await ConnectAsync("2025-11-25");
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using IAsyncDisposable subscription = await client.SubscribeToResourceAsync(new Uri("memory://graph"), (updated, _) =>
        {
            told.TrySetResult(updated.Uri);
            return ValueTask.CompletedTask;
        });

        await client.CallToolAsync("create_entity", Members("""{"name":"Ada","entityType":"person"}"""));

        // The slash is System.Uri's; the subscriber is told by the address that it gave.
        Assert.Equal("memory://graph/", await told.Task.WaitAsync(ServerProcess.Patience));
    }

    private static Dictionary<string, object?> Members(string json) => JsonElement.Parse(json)
        .EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value, StringComparer.Ordinal);

    // The transport knows the end of its process: it was not killed, and nothing is left of it.
    private static async Task AssertGoneAsync(McpClient client)
    {
        var end = Assert.IsType<StdioClientCompletionDetails>(await client.Completion.WaitAsync(ServerProcess.Patience));
        Assert.Equal(0, end.ExitCode);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(end.ProcessId!.Value));
        Assert.Empty(end.StandardErrorTail ?? []);
    }

    private Task<McpClient> ConnectAsync(string? version)
    {
        Launch server = _sandbox.Serve(programs.Any, "--tools", "all");
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = server.Command[0],
            Arguments = [.. server.Command.Skip(1)],
            WorkingDirectory = server.WorkingDirectory,
            InheritEnvironmentVariables = false,
            EnvironmentVariables = server.Environment.ToDictionary(one => one.Key, one => (string?)one.Value, StringComparer.Ordinal),
            ShutdownTimeout = ServerProcess.Patience,
        });
        return McpClient.CreateAsync(transport, new McpClientOptions
        {
            ClientInfo = new Implementation { Name = "dotnet-client", Version = "1.0" },
            ProtocolVersion = version,
            DiscoverProbeTimeout = ServerProcess.Patience,
        });
    }
}
