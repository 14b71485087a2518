using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Protocol;

/// <summary>Names what is wrong with a request, where the SDK would answer "An error occurred.".</summary>
/// <remarks>Failures of tools are answered elsewhere, as results, which models see.</remarks>
internal static class RequestErrorFilter
{
    // The members a request must have, and an example of its params.
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

    public static McpMessageFilter Of(TextWriter errors) => next => (context, cancel) =>
        context.JsonRpcMessage is JsonRpcRequest request
            ? AnswerAsync(request, () => next(context, cancel), errors)
            : next(context, cancel);

    private static async Task AnswerAsync(JsonRpcRequest request, Func<Task> answer, TextWriter errors)
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

    // From 2026-07-28 on every request names its version and there is no handshake; the SDK would fail on its missing
    // params.
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
