namespace MemoryGraph.Domain;

/// <summary>Which calls an undo or redo is about.</summary>
public abstract record UndoTarget
{
    private UndoTarget()
    {
    }

    /// <summary>None yet: the answer lists the last calls of the user and asks for one.</summary>
    public static UndoTarget Unsaid { get; } = new AskWhichCall();

    /// <summary>The last calls of the running session; while it has none, as <see cref="Unsaid"/>.</summary>
    /// <param name="count">One or more.</param>
    public static UndoTarget Last(int count) => new LastOfSession(count);

    /// <summary>The last calls of the user, in whichever session.</summary>
    /// <param name="count">One or more.</param>
    public static UndoTarget LastOfUser(int count) => new LastOfCaller(count);

    /// <summary>The calls that hold any of these events.</summary>
    public static UndoTarget Of(IReadOnlyList<EventRange> events) => new Cited(events);

    /// <summary>All calls of the session that a point lies in.</summary>
    public static UndoTarget Session(AsOf session) => new WholeSession(session);

    /// <summary>All calls of an agent in a period.</summary>
    /// <param name="agent">Its name, with or without version, in any case: <c>cursor</c> or <c>cursor/1.7</c>.</param>
    /// <param name="since">Where the period begins.</param>
    public static UndoTarget Agent(string agent, AsOf since) => new AgentSince(agent, since);

    internal sealed record AskWhichCall : UndoTarget;

    internal sealed record LastOfSession(int Count) : UndoTarget;

    internal sealed record LastOfCaller(int Count) : UndoTarget;

    internal sealed record Cited(IReadOnlyList<EventRange> Events) : UndoTarget
    {
        public override string ToString() => string.Join(",", Events);
    }

    internal sealed record WholeSession(AsOf At) : UndoTarget;

    internal sealed record AgentSince(string Name, AsOf Since) : UndoTarget;
}
