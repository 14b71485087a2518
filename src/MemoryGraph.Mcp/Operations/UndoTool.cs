using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Takes calls back: <c>undo</c>, and <c>redo</c> for those that were taken back.</summary>
internal sealed class UndoTool : MemoryTool
{
    private const int CountMax = 100;

    private static readonly NumberParameter Count =
        Optional.Number("count", "So many of this session, newest first. Default 1.", 1, CountMax, whenAbsent: 1);
    private static readonly EventsParameter Events = Optional.Events("By their events: 41-45,#50.");
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
        Count, Events, Session, Agent, Since, Preview, Force, SharedParameters.Reason);

    private static readonly ToolDeclaration DeclaredRedo = new(
        "redo",
        "Redo",
        "Take back an undo. Targets as for undo.",
        Hints.TakesBack,
        Count, Events, Session, Agent, Since, Preview, Force, SharedParameters.Reason);

    private readonly Func<UndoTarget, bool, Command> _command;
    private readonly string? _takeBack;

    private UndoTool(
        CurrentProject projects, ToolDeclaration declaration, Func<UndoTarget, bool, Command> command, string? takeBack)
        : base(projects, declaration) => (_command, _takeBack) = (command, takeBack);

    public static UndoTool Undo(CurrentProject projects) =>
        new(projects, DeclaredUndo, (target, force) => new Undo(target, force), DeclaredRedo.Name);

    public static UndoTool Redo(CurrentProject projects) =>
        new(projects, DeclaredRedo, (target, force) => new Redo(target, force), takeBack: null);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call)
    {
        if (Target(arguments) is not { } target)
        {
            return Task.FromResult(ToolAnswer.Error(
                $"{Declaration.Name} was not run. Give one of `count`, `events`, `session`, or `agent` with `since`; "
                + "none for the last call of this session."));
        }

        Command command = _command(target, arguments.Of(Force)) with { Reason = arguments.Of(SharedParameters.Reason) };
        return arguments.Of(Preview) ? call.PreviewAsync(command) : call.SubmitAsync(command, _takeBack);
    }

    // Null when the arguments name several targets, or half of one.
    private static UndoTarget? Target(Arguments arguments)
    {
        Parameter[] given = [.. new Parameter[] { Count, Events, Session, Agent }.Where(arguments.Has)];
        return given.Length > 1 || arguments.Has(Agent) != arguments.Has(Since) ? null
            : arguments.Has(Events) ? UndoTarget.Of(arguments.Of(Events))
            : arguments.Of(Session) is { } session ? UndoTarget.Session(session)
            : arguments.Of(Agent) is { } agent ? UndoTarget.Agent(agent, arguments.Of(Since)!)
            : UndoTarget.Last(arguments.Of(Count));
    }
}
