using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Tests.Stdio;

internal delegate Task<string> Answer(RequestContext<CallToolRequestParams> call, CancellationToken cancellationToken);

/// <summary>A tool by hand, as the product's are: no reflection, one text as its answer.</summary>
internal sealed class TestTool(string name, Answer answer) : McpServerTool
{
    private static readonly JsonElement AnyObject = JsonElement.Parse("""{"type":"object"}""");

    public override Tool ProtocolTool { get; } = new() { Name = name, InputSchema = AnyObject };

    public override IReadOnlyList<object> Metadata => [];

    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default) =>
        new() { Content = [new TextContentBlock { Text = await answer(request, cancellationToken) }] };

    /// <summary>Answers with its argument <c>text</c> and writes it down.</summary>
    public static TestTool Echo(ICollection<string> heard) => new("echo", (call, _) =>
    {
        string text = call.Params!.Arguments!["text"].GetString()!;
        heard.Add(text);
        return Task.FromResult(text);
    });
}
