using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.Protocol;

/// <summary>The requests of the server that the client has not answered, until no answer can come any more.</summary>
internal sealed class PendingServerRequests
{
    private readonly Lock _lock = new();
    private readonly HashSet<RequestId> _open = [];
    private bool _closed;

    /// <returns>False if the client cannot answer any more.</returns>
    public bool TryAsk(RequestId id)
    {
        lock (_lock)
        {
            return !_closed && _open.Add(id);
        }
    }

    public void Answered(RequestId id)
    {
        lock (_lock)
        {
            _open.Remove(id);
        }
    }

    /// <returns>The questions that will never be answered.</returns>
    public IReadOnlyList<RequestId> Close()
    {
        lock (_lock)
        {
            _closed = true;
            List<RequestId> unanswered = [.. _open];
            _open.Clear();
            return unanswered;
        }
    }
}
