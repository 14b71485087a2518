using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Protocol;

/// <summary>Runs one session; the program ends when the session does.</summary>
/// <remarks>
/// A stop signal ends the input, not the running call, which still gets its answer. So the session does not get the
/// host's stopping token.
/// </remarks>
internal sealed class McpSession(StdioTransport transport, McpServerOptions options, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenRegistration stop = lifetime.ApplicationStopping.Register(transport.Stop);
        McpServerSetup.Attach(transport, options);
        await using (McpServer server = McpServer.Create(transport, options))
        {
            await server.RunAsync(CancellationToken.None);
        }

        lifetime.StopApplication();
    }
}
