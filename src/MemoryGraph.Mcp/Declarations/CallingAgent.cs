using System.Text.Json.Nodes;
using MemoryGraph.Domain;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Declarations;

/// <summary>The client that asks, as it named itself: <c>cursor/1.7</c>.</summary>
/// <remarks>
/// Clients of the initialize era say so once, in the handshake; later ones with every request, in its <c>_meta</c>,
/// which counts more. Scripts may say nothing: then it is empty.
/// </remarks>
internal static class CallingAgent
{
    private const string ClientInfoKey = "io.modelcontextprotocol/clientInfo";

    public static string Of<T>(RequestContext<T> request)
        where T : RequestParams
    {
        if (request.Params?.Meta?[ClientInfoKey] is JsonObject said && Text(said, "name") is { Length: > 0 } name)
        {
            return Named(name, Text(said, "version"));
        }

        return request.Server.ClientInfo is { } client ? Named(client.Name, client.Version) : "";
    }

    // As events keep it, so that a client finds its own sessions again.
    private static string Named(string name, string? version) =>
        StoredText.CleanAuthor(string.IsNullOrWhiteSpace(version) ? name : $"{name}/{version}");

    private static string? Text(JsonObject members, string name) =>
        members[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
