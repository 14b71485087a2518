using MemoryGraph.Mcp.Protocol;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.Tests.Stdio;

public sealed class RequestQueueTests
{
    private readonly List<long> _handedOver = [];
    private readonly RequestQueue _queue;

    public RequestQueueTests() => _queue = new(request => _handedOver.Add((long)request.Id.Id!));

    [Fact]
    public void Each_answer_gives_the_next_request_its_turn()
    {
        Add(1, 2, 3);
        Assert.Equal([1], _handedOver);

        Answer(1);
        Assert.Equal([1, 2], _handedOver);
    }

    [Fact]
    public void A_subscription_waits_for_its_turn_and_then_holds_nobody_back()
    {
        Add(1);
        Add(2, RequestMethods.SubscriptionsListen);
        Add(3);
        Assert.Equal([1], _handedOver);

        Answer(1);
        Assert.Equal([1, 2, 3], _handedOver);

        Answer(3);
        Assert.True(_queue.WhenAllAnsweredAsync().IsCompleted);
    }

    [Fact]
    public void A_late_cancellation_does_not_end_a_new_request_with_the_same_id()
    {
        JsonRpcRequest first = Add(1);
        Answer(1);
        Add(1);
        _queue.Cancelled(first);

        Assert.NotNull(_queue.BeginAnswer(new(1)));
    }

    [Fact]
    public void An_id_can_be_used_again_as_soon_as_its_answer_is_being_written()
    {
        Add(1);
        RequestQueue.PendingRequest answered = _queue.BeginAnswer(new(1))!;
        Add(1);
        Assert.Equal([1], _handedOver);

        _queue.Answered(answered);
        Assert.Equal([1, 1], _handedOver);
        Assert.NotNull(_queue.BeginAnswer(new(1)));
    }

    [Fact]
    public void What_runs_cannot_be_withdrawn_and_what_was_withdrawn_can_be_sent_again()
    {
        Add(1, 2, 3);
        Assert.False(_queue.TryWithdraw(new(1)));
        Assert.True(_queue.TryWithdraw(new(2)));
        Assert.False(_queue.TryWithdraw(new(2)));
        Add(2);

        Answer(1);
        Answer(3);
        Assert.Equal([1, 3, 2], _handedOver);
    }

    [Fact]
    public void The_end_waits_for_what_was_taken_out_of_the_queue_until_it_is_answered()
    {
        Add(1, 2);
        Task answered = _queue.WhenAllAnsweredAsync();
        Assert.Equal([new RequestId(2)], _queue.TakeWaiting());
        Answer(1);
        Assert.False(answered.IsCompleted);

        Answer(2);
        Assert.True(answered.IsCompleted);
        Assert.Equal([1], _handedOver);
    }

    [Fact]
    public async Task Too_much_waiting_leaves_no_room_until_some_of_it_had_its_turn()
    {
        Add(1);
        Add(2, lineBytes: (int)RequestQueue.WaitingBytesMax);
        Assert.False(_queue.HasRoom);
        Task reader = Task.Run(_queue.WaitForRoom);

        Answer(1);
        Assert.True(_queue.HasRoom);
        await reader;
    }

    [Fact]
    public async Task There_is_room_without_end_once_the_client_was_asked_something()
    {
        Add(1);
        Add(2, lineBytes: (int)RequestQueue.WaitingBytesMax);
        Task reader = Task.Run(_queue.WaitForRoom);

        _queue.LiftBound();
        await reader;
    }

    private void Add(params long[] ids)
    {
        foreach (long id in ids)
        {
            Add(id);
        }
    }

    private void Answer(long id) => _queue.Answered(_queue.BeginAnswer(new(id))!);

    private JsonRpcRequest Add(long id, string method = RequestMethods.ToolsCall, int lineBytes = 100)
    {
        JsonRpcRequest request = new() { Id = new(id), Method = method };
        Assert.True(_queue.TryAdd(request, lineBytes));
        return request;
    }
}
