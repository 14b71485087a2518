using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Resources;

/// <summary>A resource that a client wants to hear of, and what it was like when the client was last told.</summary>
/// <remarks>
/// An entity has changed when it would be shown in other words, ages aside: so a change counts whatever made it, be it
/// a relation's other end that got another name, or text that was erased. What shows events changes with every event.
/// </remarks>
/// <param name="server">Through which the client hears.</param>
/// <param name="uri">As the client wrote it.</param>
/// <param name="listening">The request that is kept open for it; null in the initialize era.</param>
internal sealed class Subscription(McpServer server, string uri, MemoryUri resource, RequestId? listening)
{
    // Far from any event, so that every age is a date and no text changes by itself.
    private static readonly FactText Undated = new(DateTimeOffset.MaxValue);

    private ulong _state;

    /// <summary>Tells the client which of the resources it asked for are watched.</summary>
    public static Task AcknowledgeAsync(McpServer server, RequestId listening, IReadOnlyList<Subscription> granted)
    {
        var notifications = new JsonObject();
        if (granted.Count > 0)
        {
            notifications["resourceSubscriptions"] = new JsonArray([.. granted.Select(one => one.Address)]);
        }

        return NotifyAsync(
            server,
            NotificationMethods.SubscriptionsAcknowledgedNotification,
            new() { ["notifications"] = notifications },
            listening);
    }

    /// <summary>Whether the client subscribed to this address in this way.</summary>
    public bool Is(string address, RequestId? request) => uri == address && listening.Equals(request);

    /// <summary>Whether the two are one.</summary>
    public bool IsSameAs(Subscription other) => other.Is(uri, listening);

    /// <summary>Looks what the resource is like at a point, and remembers it.</summary>
    /// <returns>Whether that differs from the last time.</returns>
    public bool HasChanged(MemoryProject project, EventId point)
    {
        ulong before = _state;
        _state = resource is MemoryUri.EntityUri { Name: var name }
            ? project.Ask(
                new OpenQuery([name], AsOf.Of(point)),
                "",
                (answer, _) => Checksum(answer.Entities.SelectMany(Undated.Rows)))
            : (ulong)point.Value;
        return _state != before;
    }

    /// <summary>Tells the client that the resource has changed.</summary>
    public Task TellAsync() =>
        NotifyAsync(server, NotificationMethods.ResourceUpdatedNotification, new() { ["uri"] = Address }, listening);

    private JsonNode Address => JsonValue.Create(uri);

    private static ulong Checksum(IEnumerable<Row> rows)
    {
        var hash = new XxHash3();
        foreach (Row row in rows)
        {
            hash.Append(MemoryMarshal.AsBytes($"{row.Text()}\n".AsSpan()));
        }

        return hash.GetCurrentHashAsUInt64();
    }

    private static Task NotifyAsync(McpServer server, string method, JsonObject parameters, RequestId? listening)
    {
        if (listening is { Id: var id })
        {
            parameters["_meta"] = new JsonObject
            {
                [MetaKeys.SubscriptionId] = id is long number
                    ? JsonValue.Create(number) : JsonValue.Create((string)id!),
            };
        }

        return server.SendMessageAsync(new JsonRpcNotification { Method = method, Params = parameters });
    }
}
