using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Tests;

/// <summary>Random histories that several processes wrote in turn, each for its own author, with what the log says of itself.</summary>
internal static class AnyHistory
{
    private const int Processes = 3;

    private static readonly Author[] Authors =
    [
        new("linh", "claude-code/2.1"), new("duyan", "cursor/1.7"), new("duyan", "claude-code/2.0"), new("Duyan", "cursor/1.7"),
    ];

    /// <summary>Commands, and for each which process carries it out.</summary>
    public static Gen<(Command[] Commands, int[] Turns)> Any { get; } =
        Gen.Select(AnyCommand.SequenceWithUndo, Gen.Int[0, 99].Array[1, 40]);

    /// <summary>The memory after it.</summary>
    public static InMemoryGraph Played((Command[] Commands, int[] Turns) history)
    {
        var memory = new InMemoryGraph();
        var sessions = new EventId[Processes];
        foreach ((int place, Command command) in history.Commands.Index())
        {
            int turn = history.Turns[place % history.Turns.Length];
            int process = turn % Processes;
            memory.Session = turn > 95 ? EventId.None : sessions[process];
            memory.Author = turn == 50 ? Authors[^1] : Authors[process];
            memory.Now += turn % 7 * 1_000;
            if (turn > 90 && memory.Graph.Events.Last is { Value: > 1 } last)
            {
                memory.Record(new EventRedacted([new EventId(1 + (turn % last.Value))]));
            }

            memory.Do(command);
            sessions[process] = memory.Session;
        }

        return memory;
    }

    /// <summary>A history as a failed property shows it.</summary>
    public static string Print((Command[] Commands, int[] Turns) history) =>
        $"turns {string.Join(", ", history.Turns)}\n{AnyCommand.Print(history.Commands)}";
}
