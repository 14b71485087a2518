using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp;

/// <summary>Says what is wrong where the SDK would say "An error occurred." and no more.</summary>
/// <remarks>Tools have an edge of their own, whose answers models see.</remarks>
internal static class OutermostEdge
{
    // What a request cannot do without, and what it looks like.
    private static readonly (string Method, string[] Needed, string Example)[] Shapes =
    [
        (RequestMethods.ResourcesRead, ["uri"], """{"uri":"memory://graph"}"""),
        (RequestMethods.ResourcesSubscribe, ["uri"], """{"uri":"memory://graph"}"""),
        (RequestMethods.ResourcesUnsubscribe, ["uri"], """{"uri":"memory://graph"}"""),
        (RequestMethods.PromptsGet, ["name"], """{"name":"review_changes","arguments":{"since":"yesterday"}}"""),
        (RequestMethods.CompletionComplete, ["ref", "argument"],
            """{"ref":{"type":"ref/resource","uri":"memory://entity/{name}"},"argument":{"name":"name","value":"log"}}"""),
        (RequestMethods.SubscriptionsListen, ["notifications"], """{"notifications":{"resourceSubscriptions":["memory://graph"]}}"""),
    ];

    public static void AttachTo(McpServerOptions options, TextWriter errors) =>
        options.Filters.Message.IncomingFilters.Add(next => async (context, cancel) =>
        {
            var request = context.JsonRpcMessage as JsonRpcRequest;
            ThrowIfMisshapen(request);
            try
            {
                await next(context, cancel);
            }
            catch (JsonException)
            {
                throw Misshapen(request?.Method ?? "");
            }
#pragma warning disable CA1031 // The outermost edge: what is not meant for the client goes to the people who run the server.
            catch (Exception e) when (e is not (OperationCanceledException or McpException))
#pragma warning restore CA1031
            {
                await errors.WriteLineAsync($"{request?.Method}: {e}");
                throw new McpProtocolException(
                    $"{request?.Method} failed inside the server; this is a fault of the server, not of the request. "
                    + "Details are in the server's error output.",
                    McpErrorCode.InternalError);
            }
        });

    private static void ThrowIfMisshapen(JsonRpcRequest? request)
    {
        if (request is not null
            && Shapes.FirstOrDefault(shape => shape.Method == request.Method) is { Needed: { } needed }
            && !needed.All(name => request.Params is JsonObject members && members[name] is not null))
        {
            throw Misshapen(request.Method);
        }
    }

    private static McpProtocolException Misshapen(string method) => new(
        Shapes.FirstOrDefault(shape => shape.Method == method) is { Example: { } example }
            ? $"{method} needs params like {example}."
            : $"The params of {method} cannot be read: a member is missing or has another type.",
        McpErrorCode.InvalidParams);
}
