using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Protocol;

/// <summary>Says what is wrong where the SDK would say "An error occurred." and no more.</summary>
/// <remarks>Tools have an edge of their own, whose answers models see.</remarks>
internal static class RequestErrorFilter
{
    // What a request cannot do without, and what it looks like.
    private static readonly (string Method, string[] Needed, string Example)[] Shapes =
    [
        (RequestMethods.Initialize, [],
            """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"my-client","version":"1.0"}}"""),
        (RequestMethods.ResourcesRead, ["uri"], """{"uri":"memory://graph"}"""),
        (RequestMethods.ResourcesSubscribe, ["uri"], """{"uri":"memory://graph"}"""),
        (RequestMethods.ResourcesUnsubscribe, ["uri"], """{"uri":"memory://graph"}"""),
        (RequestMethods.PromptsGet, ["name"], """{"name":"review_changes","arguments":{"since":"yesterday"}}"""),
        (RequestMethods.CompletionComplete, ["ref", "argument"],
            """{"ref":{"type":"ref/resource","uri":"memory://entity/{name}"},"argument":{"name":"name","value":"log"}}"""),
        (RequestMethods.SubscriptionsListen, [], """{"notifications":{"resourceSubscriptions":["memory://graph"]}}"""),
    ];

    public static void AttachTo(McpServerOptions options, TextWriter errors) =>
        options.Filters.Message.IncomingFilters.Add(next => (context, cancel) => context.JsonRpcMessage is JsonRpcRequest request
            ? WatchAsync(request, () => next(context, cancel), errors)
            : next(context, cancel));

    private static async Task WatchAsync(JsonRpcRequest request, Func<Task> answer, TextWriter errors)
    {
        ThrowIfLateHandshake(request);
        ThrowIfMisshapen(request);
        try
        {
            await answer();
        }
        catch (JsonException)
        {
            throw Misshapen(request.Method);
        }
        catch (Exception e) when (e is not (OperationCanceledException or McpException))
        {
            await errors.WriteLineAsync($"{request.Method}: {e}");
            throw new McpProtocolException(
                $"{request.Method} failed inside the server; this is a fault of the server, not of the request. "
                + "Details are in the server's error output.",
                McpErrorCode.InternalError);
        }
    }

    // From 2026-07-28 on every request says its version, and there is no handshake; the SDK would miss its parameters.
    private static void ThrowIfLateHandshake(JsonRpcRequest request)
    {
        if (request is { Method: RequestMethods.Initialize, Params: JsonObject members }
            && members["protocolVersion"] is null
            && members["_meta"] is JsonObject meta
            && meta[MetaKeys.ProtocolVersion] is not null)
        {
            throw new McpProtocolException(
                "There is no initialize for a request that names its protocol version; ask server/discover.",
                McpErrorCode.MethodNotFound);
        }
    }

    private static void ThrowIfMisshapen(JsonRpcRequest request)
    {
        if (Shapes.FirstOrDefault(shape => shape.Method == request.Method) is { Needed: { } needed }
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
