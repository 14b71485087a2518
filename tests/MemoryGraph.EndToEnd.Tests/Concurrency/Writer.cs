using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Concurrency;

/// <summary>A client with writes to make, some of them in flight at any time, that survives its server.</summary>
/// <param name="name">Begins the names of the entities it makes.</param>
/// <param name="writes">How many entities it makes, each with one statement.</param>
internal sealed class Writer(string name, int writes)
{
    private const int InFlight = 8;

    private readonly Queue<int> _toDo = new(Enumerable.Range(1, writes));

    /// <summary>Entities whose creation was acknowledged, with the number of the last event of each receipt.</summary>
    public Dictionary<string, long?> Acknowledged { get; } = new(StringComparer.Ordinal);

    public bool Finished => Acknowledged.Count == writes;

    /// <summary>Writes until all is done, or until so many are acknowledged; then the server is killed with some in flight.</summary>
    public async Task WriteAsync(ServerProcess server, int killAfter = int.MaxValue)
    {
        var open = new Queue<(long Id, int Write)>();
        while (!Finished && Acknowledged.Count < killAfter)
        {
            while (open.Count < InFlight && _toDo.TryDequeue(out int next))
            {
                open.Enqueue((await server.SendAsync(ToolCall.Create(NameOf(next), $"Statement of {NameOf(next)}")), next));
            }

            (long id, int write) = open.Dequeue();
            Acknowledge(await server.AnswerAsync(id), write);
        }

        if (Finished)
        {
            return;
        }

        server.Kill();

        // What was answered before the end is acknowledged; the rest may or may not be there, and is written again.
        while (open.TryDequeue(out (long Id, int Write) late))
        {
            if (await server.NextAnswerAsync() is { } answer)
            {
                Acknowledge(answer, late.Write);
            }
            else
            {
                _toDo.Enqueue(late.Write);
            }
        }
    }

    private string NameOf(int write) => FormattableString.Invariant($"{name} {write}");

    private void Acknowledge(Answer answer, int write)
    {
        Assert.False(answer.IsError, answer.Text);
        Acknowledged.Add(NameOf(write), answer.LastRecorded);
    }
}
