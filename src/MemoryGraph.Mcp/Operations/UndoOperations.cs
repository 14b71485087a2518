using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Takes calls back, and takes that back: <c>undo</c> and <c>redo</c>.</summary>
internal static class UndoOperations
{
    private const int CountMax = 100;

    private static readonly NumberParameter Count =
        Optional.Number("count", "So many of this session, newest first. Default 1.", 1, CountMax, whenAbsent: 1);
    private static readonly EventsParameter Events = Optional.Events("By their events: 41-45,#50.");
    private static readonly PointParameter Session = Optional.Point("session", "All of this event's session.");
    private static readonly TextParameter Agent =
        Optional.Name("agent", "All this assistant did; with since.", Limits.AuthorCharacters);
    private static readonly PointParameter Since = Optional.Point("since", "With agent: since when.", startOfDay: true);
    private static readonly FlagParameter Preview = Optional.Flag("preview", "Only show what would happen.");
    private static readonly FlagParameter Force = Optional.Flag("force", "On conflicts do what can be done.");

    // A terminal has no session of its own.
    private static readonly NumberParameter CountOfUser =
        Optional.Number("count", "The last so many calls of this user.", 1, int.MaxValue, whenAbsent: 1);

    // In a terminal a preview is what happens unless this is given.
    private static readonly FlagParameter Yes = Optional.Flag("yes", "Do it.");

    public static Operation Undo { get; } = Of(
        "undo",
        "Undo",
        "Take back recorded calls, such as a mistake; history keeps both. What changed since is reported as a "
        + "conflict.",
        "Take recorded calls back with new events; history keeps all. Shows what would happen, and does it with --yes.",
        (target, force) => new Undo(target, force),
        takeBack: "redo");

    public static Operation Redo { get; } = Of(
        "redo",
        "Redo",
        "Take back an undo. Targets as for undo.",
        "Take an undo back. Shows what would happen, and does it with --yes.",
        (target, force) => new Redo(target, force),
        takeBack: null);

    private static Operation Of(
        string name,
        string title,
        string description,
        string help,
        Func<UndoTarget, bool, Command> command,
        string? takeBack) => new(
            new ToolDeclaration(
                name, title, description, Hints.TakesBack,
                Count, Events, Session, Agent, Since, Preview, Force, SharedParameters.Reason),
            (arguments, call) => RunAsync(name, arguments, call, command, takeBack))
        {
            Command = new CommandForm(
                name,
                help,
                new("call", Events, "Calls by their events: 41-45 50. Without any target, the last three are listed."),
                new("--count", CountOfUser),
                new("--session", Session, "All calls of the session that this event belongs to."),
                new("--agent", Agent, "All that this assistant did; with --since.", "name"),
                new("--since", Since, "With --agent: from when on."),
                new("--yes", Yes),
                new("--force", Force, "Where facts changed since, do what can be done."),
                new("--reason", SharedParameters.Reason)),
        };

    private static async Task<Answer> RunAsync(
        string name, Arguments arguments, CallContext call, Func<UndoTarget, bool, Command> command, string? takeBack)
    {
        bool inTerminal = call.Terminal is not null;
        if (Target(arguments, inTerminal) is not { } target)
        {
            return Answer.Faulty(inTerminal
                ? "Give calls, --count, --session, or --agent with --since; one of them."
                : $"{name} was not run. Give one of `count`, `events`, `session`, or `agent` with `since`; "
                    + "none for the last call of this session.");
        }

        Command undo = command(target, arguments.Of(Force)) with { Reason = arguments.Of(SharedParameters.Reason) };
        return target == UndoTarget.Unsaid
            ? await call.PreviewAsync(undo) with
            {
                Next = $"Give its number: memory-graph {name} NUMBER shows what would happen.",
            }
            : (inTerminal ? arguments.Of(Yes) : !arguments.Of(Preview)) ? await call.SubmitAsync(undo, takeBack)
            : await call.PreviewAsync(undo);
    }

    // Null when the arguments name several targets, or half of one.
    private static UndoTarget? Target(Arguments arguments, bool inTerminal)
    {
        Parameter[] given = [.. new Parameter[] { Count, CountOfUser, Events, Session, Agent }.Where(arguments.Has)];
        return given.Length > 1 || arguments.Has(Agent) != arguments.Has(Since) ? null
            : arguments.Has(Events) ? UndoTarget.Of(arguments.Of(Events))
            : arguments.Of(Session) is { } session ? UndoTarget.Session(session)
            : arguments.Of(Agent) is { } agent ? UndoTarget.Agent(agent, arguments.Of(Since)!)
            : !inTerminal ? UndoTarget.Last(arguments.Of(Count))
            : arguments.Has(CountOfUser) ? UndoTarget.LastOfUser(arguments.Of(CountOfUser))
            : UndoTarget.Unsaid;
    }
}
