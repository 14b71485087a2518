using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.Protocol;

/// <summary>The requests of the client that are not answered yet, and their order.</summary>
/// <remarks>
/// Requests are handed over in order of arrival, each when the one before it was answered, so that a script may send a
/// write and the read that depends on it in one go. Exceptions:
/// <list type="bullet">
/// <item><c>ping</c> neither waits nor keeps others waiting: it asks whether anybody is there.</item>
/// <item><c>subscriptions/listen</c> waits for its turn and then keeps nobody waiting: it lasts to the end.</item>
/// </list>
/// Invariants: at most one request holds the turn; an id is open once; what waits is handed over only under the lock,
/// so a cancellation finds a request either here or already in the session, never between the two.
/// </remarks>
/// <param name="handOver">Passes one to the session. Called under the lock: must not block or call back.</param>
internal sealed class RequestQueue(Action<JsonRpcRequest> handOver)
{
    /// <summary>How much may wait before the input is read no further: some 50,000 small requests.</summary>
    public const long WaitingBytesMax = 32 << 20;

    // What a request takes beside its line.
    private const int BytesPerRequest = 512;

    // An object and not a Lock, because the reader waits on it for room.
    private readonly object _lock = new();

    // All under _lock. A request that was withdrawn stays in _waiting and is passed over when its turn comes.
    private readonly Dictionary<RequestId, PendingRequest> _open = [];
    private readonly Queue<PendingRequest> _waiting = [];
    private PendingRequest? _holdingTurn;
    private long _waitingBytes;
    private bool _isBounded = true;
    private int _owed;
    private TaskCompletionSource? _allAnswered;

    /// <returns>False if a request with this id is still open.</returns>
    public bool TryAdd(JsonRpcRequest request, int lineBytes)
    {
        lock (_lock)
        {
            PendingRequest added = new(request, lineBytes);
            if (!_open.TryAdd(request.Id, added))
            {
                return false;
            }

            if (added.IsOwed)
            {
                _owed++;
            }

            if (request.Method == RequestMethods.Ping)
            {
                handOver(request);
            }
            else
            {
                added.IsWaiting = true;
                _waitingBytes += added.Bytes;
                _waiting.Enqueue(added);
                TakeTurns();
            }

            return true;
        }
    }

    public bool HasRoom
    {
        get
        {
            lock (_lock)
            {
                return _waitingBytes <= WaitingBytesMax || !_isBounded;
            }
        }
    }

    /// <summary>Blocks the caller until there is room for more.</summary>
    public void WaitForRoom()
    {
        lock (_lock)
        {
            while (!HasRoom)
            {
                Monitor.Wait(_lock);
            }
        }
    }

    /// <summary>Gives room without end, for the answer to a question may stand behind many requests.</summary>
    public void LiftBound()
    {
        lock (_lock)
        {
            _isBounded = false;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Takes a request back that waits for its turn; <c>initialize</c> must not be cancelled.</summary>
    /// <returns>False if it does not wait: then the session is to be asked.</returns>
    public bool TryWithdraw(RequestId id)
    {
        lock (_lock)
        {
            if (!_open.TryGetValue(id, out PendingRequest? request)
                || !request.IsWaiting
                || request.Request.Method == RequestMethods.Initialize)
            {
                return false;
            }

            Close(request);
            return true;
        }
    }

    /// <summary>
    /// Frees the id of a request that is about to be answered; its turn lasts until <see cref="Answered"/>.
    /// </summary>
    /// <remarks>
    /// Before the answer is written, because a client may use the id again as soon as it has read it.
    /// </remarks>
    /// <returns>Null if the request is not open: then nobody waits for the answer.</returns>
    public PendingRequest? BeginAnswer(RequestId id)
    {
        lock (_lock)
        {
            return _open.Remove(id, out PendingRequest? request) ? request : null;
        }
    }

    /// <summary>Ends a request whose answer was written.</summary>
    public void Answered(PendingRequest request)
    {
        lock (_lock)
        {
            Close(request);
        }
    }

    /// <summary>Ends a request that was cancelled while it ran, and so has no answer.</summary>
    /// <remarks>Not by its id: when a late cancellation is noticed, the id may belong to another request.</remarks>
    public void Cancelled(JsonRpcRequest cancelled)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(cancelled.Id, out PendingRequest? request) && request.Request == cancelled)
            {
                Close(request);
            }
        }
    }

    /// <summary>Completes when every request but open subscriptions was answered.</summary>
    public Task WhenAllAnsweredAsync()
    {
        lock (_lock)
        {
            if (_owed == 0)
            {
                return Task.CompletedTask;
            }

            _allAnswered ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _allAnswered.Task;
        }
    }

    /// <summary>The requests that wait for their turn. They stay open but will not be handed over.</summary>
    public IReadOnlyList<RequestId> TakeWaiting()
    {
        lock (_lock)
        {
            List<RequestId> taken = [];
            while (_waiting.TryDequeue(out PendingRequest? request))
            {
                if (TryEndWait(request))
                {
                    taken.Add(request.Request.Id);
                }
            }

            return taken;
        }
    }

    /// <summary>Forgets every open request; what is answered later is nobody's answer.</summary>
    public IReadOnlyList<RequestId> TakeAll()
    {
        lock (_lock)
        {
            TakeWaiting();
            List<RequestId> taken = [.. _open.Keys];
            _open.Clear();
            _holdingTurn = null;
            _owed = 0;
            _allAnswered?.TrySetResult();
            return taken;
        }
    }

    private void Close(PendingRequest request)
    {
        TryEndWait(request);
        if (_open.TryGetValue(request.Request.Id, out PendingRequest? holder) && holder == request)
        {
            _open.Remove(request.Request.Id);
        }

        if (_holdingTurn == request)
        {
            _holdingTurn = null;
            TakeTurns();
        }

        if (request.IsOwed && _owed > 0 && --_owed == 0)
        {
            _allAnswered?.TrySetResult();
        }
    }

    private void TakeTurns()
    {
        while (_holdingTurn is null && _waiting.TryDequeue(out PendingRequest? next))
        {
            if (!TryEndWait(next))
            {
                continue;
            }

            if (next.IsOwed)
            {
                _holdingTurn = next;
            }

            handOver(next.Request);
        }
    }

    /// <returns>False if it did not wait.</returns>
    private bool TryEndWait(PendingRequest request)
    {
        if (!request.IsWaiting)
        {
            return false;
        }

        request.IsWaiting = false;
        _waitingBytes -= request.Bytes;
        Monitor.PulseAll(_lock);
        return true;
    }

    /// <summary>A request between its arrival and its answer.</summary>
    internal sealed class PendingRequest(JsonRpcRequest request, int lineBytes)
    {
        public JsonRpcRequest Request { get; } = request;

        public int Bytes { get; } = lineBytes + BytesPerRequest;

        public bool IsWaiting { get; set; }

        /// <summary>Whether the next request, and the end of input, wait for its answer.</summary>
        public bool IsOwed => Request.Method != RequestMethods.SubscriptionsListen;
    }
}
