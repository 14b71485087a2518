using MemoryGraph.Commands;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Projects;
using MemoryGraph.Values;

namespace MemoryGraph.Mcp.Tools;

/// <summary>Takes calls back: <c>undo</c>, and <c>redo</c> for those that were taken back.</summary>
internal sealed class UndoTool : MemoryTool
{
    private const int CountMax = 100;
    private const int EventsCharacters = 500;

    private static readonly NumberParameter Count =
        Optional.Number("count", "So many of this session, newest first. Default 1.", 1, CountMax, whenAbsent: 0);
    private static readonly TextParameter Events = Optional.Name("events", "By their events: 41-45,#50.", EventsCharacters);
    private static readonly PointParameter Session = Optional.Point("session", "All of this event's session.");
    private static readonly TextParameter Agent = Optional.Name("agent", "All this assistant did; with since.", Limits.AuthorCharacters);
    private static readonly PointParameter Since = Optional.Point("since", "With agent: since when.", startOfDay: true);
    private static readonly FlagParameter Preview = Optional.Flag("preview", "Only show what would happen.");
    private static readonly FlagParameter Force = Optional.Flag("force", "On conflicts do what can be done.");

    private static readonly ToolDeclaration DeclaredUndo = new(
        "undo",
        "Undo",
        "Take back recorded calls, such as a mistake; history keeps both. What changed since is reported as a conflict.",
        Hints.TakesBack,
        Count, Events, Session, Agent, Since, Preview, Force, Shared.Reason);

    private static readonly ToolDeclaration DeclaredRedo = new(
        "redo",
        "Redo",
        "Take back an undo. Targets as for undo.",
        Hints.TakesBack,
        Count, Events, Session, Agent, Since, Preview, Force, Shared.Reason);

    private readonly Func<UndoTarget, bool, Command> _command;
    private readonly string? _takeBack;

    private UndoTool(
        ProjectRegistry projects, ToolDeclaration declaration, Func<UndoTarget, bool, Command> command, string? takeBack)
        : base(projects, declaration) => (_command, _takeBack) = (command, takeBack);

    public static UndoTool Undo(ProjectRegistry projects) =>
        new(projects, DeclaredUndo, (target, force) => new Undo(target, force), DeclaredRedo.Name);

    public static UndoTool Redo(ProjectRegistry projects) =>
        new(projects, DeclaredRedo, (target, force) => new Redo(target, force), takeBack: null);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call)
    {
        if (Target(arguments, out string fault) is not { } target)
        {
            return Task.FromResult(ToolAnswer.Error(fault));
        }

        Command command = _command(target, arguments.Of(Force)) with { Reason = arguments.Of(Shared.Reason) };
        return arguments.Of(Preview) ? call.PreviewAsync(command) : call.SubmitAsync(command, _takeBack);
    }

    // Null, with what is wrong, when the arguments name no target or several.
    private static UndoTarget? Target(Arguments arguments, out string fault)
    {
        (int count, string? events, AsOf? session, string? agent, AsOf? since) =
            (arguments.Of(Count), arguments.Of(Events), arguments.Of(Session), arguments.Of(Agent), arguments.Of(Since));
        bool[] given = [count > 0, events is not null, session is not null, agent is not null];
        fault = "Give one of `count`, `events`, `session`, or `agent` with `since`; none for the last call of this session.";
        if (given.Count(one => one) > 1 || (agent is null) != (since is null))
        {
            return null;
        }

        if (events is not null)
        {
            fault = $"`events` must be {EventRange.Forms}; got {Quoted.Text(events, Lenient.ShownCharacters)}.";
            return EventRange.ParseList(events) is { } ranges ? UndoTarget.Of(ranges) : null;
        }

        return session is not null ? UndoTarget.Session(session)
            : agent is not null ? UndoTarget.Agent(agent, since!)
            : UndoTarget.Last(Math.Max(count, 1));
    }
}
