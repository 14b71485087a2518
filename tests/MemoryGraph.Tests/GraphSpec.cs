using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Tests;

/// <summary>Given what happened, when a command is decided, then these events are recorded, or it is refused.</summary>
/// <remarks>Ids follow from the order: the first event of the past is #1, written <c>Id(1)</c> in events.</remarks>
internal sealed class GraphSpec
{
    private readonly InMemoryGraph _memory = new();

    public static GraphSpec Given() => new();

    public static GraphSpec Given(params MemoryEvent[] past)
    {
        var spec = new GraphSpec();
        foreach (MemoryEvent happened in past)
        {
            spec._memory.Record(happened);
        }

        Assert.Equal(0, spec._memory.Graph.Skipped);
        return spec;
    }

    public static GraphSpec Given(params Command[] past)
    {
        var spec = new GraphSpec();
        foreach (Command command in past)
        {
            spec.AndGiven(command);
        }

        return spec;
    }

    public static EventId Id(long value) => new(value);

    public static CreateEntity Create(string name, string type = "person", params string[] observations) =>
        new(name, type, observations);

    public static AddObservations Add(string entity, params string[] observations) => new(entity, observations);

    /// <summary>One more command of the past; it must be accepted.</summary>
    public GraphSpec AndGiven(Command command)
    {
        Decision decision = _memory.Do(command);
        Assert.Null(decision.Refused);
        return this;
    }

    public GraphOutcome When(Command command) => new(_memory, GraphDecider.Decide(_memory.Graph.Now, command));
}

/// <summary>What a command came to, and the checks on it.</summary>
internal sealed class GraphOutcome(InMemoryGraph memory, Decision decision)
{
    /// <summary>The command is accepted with exactly these events, and folding them skips none.</summary>
    public GraphOutcome ThenRecords(params MemoryEvent[] events)
    {
        Assert.Null(decision.Refused);
        Assert.Equal(events, decision.Events);
        memory.Record([.. decision.Events]);
        Assert.Equal(0, memory.Graph.Skipped);
        return this;
    }

    /// <summary>The command is refused and records nothing.</summary>
    public GraphOutcome ThenRefuses(string code)
    {
        Assert.Equal(code, decision.Refused?.Code);
        Assert.Empty(decision.Events);
        return this;
    }

    /// <summary>The refusal says all of this.</summary>
    public GraphOutcome Saying(params string[] parts)
    {
        Assert.All(parts, part => Assert.Contains(part, decision.Refused!.Message, StringComparison.Ordinal));
        return this;
    }

    /// <summary>What already held, in these words and no others.</summary>
    public GraphOutcome Unchanged(params string[] what)
    {
        Assert.Equal(what, decision.Unchanged);
        return this;
    }

    /// <summary>One notice per argument, each containing it.</summary>
    public GraphOutcome Notices(params string[] parts)
    {
        Assert.Equal(parts.Length, decision.Notices.Count);
        foreach ((string part, string notice) in parts.Zip(decision.Notices))
        {
            Assert.Contains(part, notice, StringComparison.Ordinal);
        }

        return this;
    }

    /// <summary>What a look at the graph afterwards shows.</summary>
    public void ThenHolds(string graph) =>
        Assert.Equal(graph.ReplaceLineEndings("\n").Trim(), GraphDump.Brief(memory.Graph.Now));
}
