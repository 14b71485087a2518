using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Protocol;

/// <summary>Runs one session as the host's work: the program ends when the session does.</summary>
/// <remarks>
/// A stop signal stops the reading, not the call that runs: its answer is still given. That is why the session does not
/// get the host's stopping token.
/// </remarks>
internal sealed class McpSession(StdioTransport transport, McpServerOptions options, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenRegistration stop = lifetime.ApplicationStopping.Register(transport.Stop);
        transport.AttachTo(options);
        await using (McpServer server = McpServer.Create(transport, options))
        {
            await server.RunAsync(CancellationToken.None);
        }

        lifetime.StopApplication();
    }
}
