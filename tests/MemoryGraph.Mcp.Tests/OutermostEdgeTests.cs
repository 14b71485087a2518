using MemoryGraph.Mcp.Protocol;
using MemoryGraph.Mcp.Tests.Stdio;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Tests;

/// <summary>What becomes of a fault of our own outside of tools.</summary>
public sealed class OutermostEdgeTests
{
    [Fact]
    public async Task A_fault_of_the_server_is_told_as_one_and_its_details_stay_with_the_server()
    {
        using var errors = new StringWriter();
        var options = new McpServerOptions { ServerInfo = new() { Name = "test", Version = "1" }, ScopeRequests = false };
        options.Handlers.ListPromptsHandler = (_, _) => throw new InvalidOperationException("secret path");
        options.Filters.Message.IncomingFilters.Add(RequestErrorFilter.Of(errors));
        await using Session session = new(options: options);

        await session.SendAsync(Wire.Ask(1, "prompts/list"));
        string? answer = await session.AnswerAsync();

        Assert.Equal(-32603, Wire.ErrorCode(answer));
        Wording.Match(Wire.ErrorText(answer));
        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
        Assert.Contains("secret path", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_names_its_version_cannot_shake_hands()
    {
        await using var memory = new Memory();
        await using Session session = new(options: memory.Options());

        await session.SendAsync(Wire.Ask2026(1, "initialize"));
        string? answer = await session.AnswerAsync();

        Assert.Equal(-32601, Wire.ErrorCode(answer));
        Assert.Contains("server/discover", Wire.ErrorText(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handshake_without_a_version_is_told_what_one_looks_like()
    {
        await using var memory = new Memory();
        await using Session session = new(options: memory.Options());

        await session.SendAsync(Wire.Ask(1, "initialize"));
        string? answer = await session.AnswerAsync();

        Assert.Equal(-32602, Wire.ErrorCode(answer));
        Assert.Contains("\"protocolVersion\":\"2025-11-25\"", Wire.ErrorText(answer), StringComparison.Ordinal);
    }
}
