using System.Diagnostics.CodeAnalysis;
using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Resources;

/// <summary>Tells clients that a resource they subscribed to has changed, whoever wrote.</summary>
/// <remarks>
/// <para>
/// While a subscription is open, the log is asked for news (<see cref="MemoryProject.Follow"/>) after each call of a
/// tool and every <see cref="LookEvery"/>, for other processes write too. With none open there is no timer and nothing
/// is asked.
/// </para>
/// <para>
/// The graph of a past point does not change, and is accepted but not watched; "2 days ago" is not watched either.
/// </para>
/// <para>
/// Clients of the initialize era subscribe to one address at a time; later ones keep a request open
/// (<c>subscriptions/listen</c>), which is acknowledged once and whose notifications carry its id.
/// </para>
/// </remarks>
/// <param name="errors">Gets what only the people who run the server can mend.</param>
[SuppressMessage("Usage", "CA2213", Justification = "A semaphore without wait handle holds nothing to give back.")]
internal sealed class Subscriptions(CurrentProject projects, TextWriter errors) : IDisposable
{
    /// <summary>How long a change by another process may go unnoticed.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(300);

    // One looks, adds or removes at a time: an acknowledgement comes before what it is about.
    private readonly SemaphoreSlim _turn = new(1, 1);

    // Only under _turn.
    private readonly List<Subscription> _open = [];
    private ITimer? _timer;
    private EventId _told;

    private volatile bool _isWatching;
    private volatile bool _isDisposed;

    /// <param name="resources">What can be subscribed to.</param>
    public void AttachTo(McpServerOptions options, ResourceList resources)
    {
        options.Handlers.SubscribeToResourcesHandler = (request, cancel) => SubscribeAsync(request, resources, cancel);
        options.Handlers.UnsubscribeFromResourcesHandler = UnsubscribeAsync;
        options.Handlers.SubscriptionsListenHandler = (request, cancel) => ListenAsync(request, resources, cancel);
    }

    /// <summary>A filter that notifies the client of what a tool changed before the tool's answer is sent.</summary>
    public McpRequestHandler<CallToolRequestParams, CallToolResult> LookAfterCall(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next) => async (context, cancel) =>
    {
        CallToolResult result = await next(context, cancel);
        if (_isWatching)
        {
            await LookAsync(Timeout.InfiniteTimeSpan);
        }

        return result;
    };

    /// <summary>Stops watching. Does not wait for a notification that nobody reads.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _timer?.Dispose();
    }

    private async ValueTask<EmptyResult> SubscribeAsync(
        RequestContext<SubscribeRequestParams> request, ResourceList resources, CancellationToken cancel)
    {
        string uri = request.Params!.Uri;
        MemoryUri resource = resources.Find(uri, request.Server);
        if (resource.MayChange)
        {
            var added = new Subscription(request.Server, uri, resource, listening: null);
            await OpenAsync([added], acknowledge: null, cancel);
        }

        return new EmptyResult();
    }

    private async ValueTask<EmptyResult> UnsubscribeAsync(
        RequestContext<UnsubscribeRequestParams> request, CancellationToken cancel)
    {
        string uri = request.Params!.Uri;
        await CloseAsync(one => one.Is(uri, request: null), cancel);
        return new EmptyResult();
    }

    private async ValueTask<EmptyResult> ListenAsync(
        RequestContext<SubscriptionsListenRequestParams> request, ResourceList resources, CancellationToken cancel)
    {
        RequestId id = request.JsonRpcRequest.Id;
        Subscription[] granted =
        [
            .. from uri in (request.Params?.Notifications?.ResourceSubscriptions ?? []).Distinct(StringComparer.Ordinal)
               let resource = resources.Parse(uri)
               where resource is { MayChange: true }
               select new Subscription(request.Server, uri, resource, id),
        ];
        await OpenAsync(granted, () => Subscription.AcknowledgeAsync(request.Server, id, granted), cancel);
        try
        {
            await new TaskCompletionSource().Task.WaitAsync(cancel);
        }
        finally
        {
            await CloseAsync(granted.Contains, CancellationToken.None);
        }

        return new EmptyResult();
    }

    private Task<EventId> OpenAsync(
        IReadOnlyList<Subscription> added, Func<Task>? acknowledge, CancellationToken cancel) =>
        ProtocolErrors.RunAsync(projects, async project =>
        {
            await _turn.WaitAsync(cancel);
            try
            {
                EventId durable = project.Follow();
                foreach (Subscription one in added)
                {
                    one.HasChanged(project, durable);
                }

                if (acknowledge is not null)
                {
                    await acknowledge();
                }

                _told = _open.Count == 0 ? durable : _told;
                _open.AddRange(added.Where(one => !_open.Exists(one.IsSameAs)));
                if (_open.Count > 0 && _timer is null && !_isDisposed)
                {
                    _isWatching = true;
                    _timer = projects.Clock.CreateTimer(_ => _ = LookAsync(TimeSpan.Zero), null, LookEvery, LookEvery);
                }

                return durable;
            }
            finally
            {
                _turn.Release();
            }
        });

    private async Task CloseAsync(Predicate<Subscription> which, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            _open.RemoveAll(which);
            if (_open.Count == 0 && _timer is not null)
            {
                _isWatching = false;
                await _timer.DisposeAsync();
                _timer = null;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Looks for changes and tells of them.</summary>
    /// <param name="patience">How long to wait while somebody else does.</param>
    private async Task LookAsync(TimeSpan patience)
    {
        if (!await _turn.WaitAsync(patience))
        {
            return;
        }

        try
        {
            await TellOfChangesAsync();
        }
        catch (LogException)
        {
            // A log that cannot be read now is looked at again soon; whoever asks a question is told.
        }
#pragma warning disable CA1031 // The outermost edge of a look: neither the called tool nor the next look is at fault.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (!_isDisposed)
            {
                await errors.WriteLineAsync($"watching resources: {e}");
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task TellOfChangesAsync()
    {
        if (_isDisposed || _open.Count == 0 || projects.Current is not { } project
            || (project.Follow() is var durable && durable == _told))
        {
            return;
        }

        foreach (Subscription one in _open)
        {
            if (one.HasChanged(project, durable))
            {
                await one.TellAsync();
            }
        }

        _told = durable;
    }
}
