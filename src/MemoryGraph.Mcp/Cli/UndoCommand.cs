using System.CommandLine;
using System.CommandLine.Parsing;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Declarations;
using Command = MemoryGraph.Domain.Command;

namespace MemoryGraph.Mcp.Cli;

/// <summary>
/// <c>memory-graph undo</c> and <c>redo</c>: takes calls back. Shows what would happen; does it with <c>--yes</c>.
/// </summary>
internal sealed class UndoCommand : ProjectCommand
{
    private readonly Argument<IReadOnlyList<EventRange>> _calls = new("call")
    {
        Description = "Calls by their events: 41-45 50. Without any target, the last three are listed.",
        Arity = ArgumentArity.ZeroOrMore,
        CustomParser = CliOptions.RangesOf,
    };

    private readonly Option<int?> _count = CliOptions.Count("--count", "The last so many calls of this user.");
    private readonly Option<AsOf?> _session;
    private readonly Option<string?> _agent = new("--agent") { Description = "All that this assistant did; with --since.", HelpName = "name" };
    private readonly Option<AsOf?> _since;
    private readonly Option<bool> _yes = new("--yes") { Description = "Do it." };
    private readonly Option<bool> _force = new("--force") { Description = "Where facts changed since, do what can be done." };
    private readonly Option<string?> _reason = CliOptions.Reason("Why; kept in history.");
    private readonly Func<UndoTarget, bool, Command> _command;
    private readonly string? _takeBack;

    private UndoCommand(string name, string description, CliOptions frame, Func<UndoTarget, bool, Command> command, string? takeBack)
        : base(name, description, frame)
    {
        _command = command;
        _takeBack = takeBack;
        _session = frame.Point("--session", "All calls of the session that this event belongs to.");
        _since = frame.Point("--since", "With --agent: from when on.", startOfDay: true);
        Arguments.Add(_calls);
        foreach (Option option in new Option[] { _count, _session, _agent, _since, _yes, _force, _reason })
        {
            Options.Add(option);
        }

        Validators.Add(Check);
    }

    public static UndoCommand Undo(CliOptions frame) => new(
        "undo",
        "Take recorded calls back with new events; history keeps all. Shows what would happen, and does it with --yes.",
        frame,
        (target, force) => new Undo(target, force),
        takeBack: "redo");

    public static UndoCommand Redo(CliOptions frame) => new(
        "redo",
        "Take an undo back. Shows what would happen, and does it with --yes.",
        frame,
        (target, force) => new Redo(target, force),
        takeBack: null);

    protected override async Task<int> RunAsync(CommandContext call)
    {
        UndoTarget target = Target(call);
        Command command = _command(target, call.Of(_force)) with { Reason = call.Of(_reason) };
        Author author = await call.AuthorAsync();
        if (target == UndoTarget.Unsaid)
        {
            int code = call.Refuse(call.Project.Preview(command, author).Refused!);
            await call.Frame.TellFaultAsync($"Give its number: {ProductVersion.Name} {Name} NUMBER shows what would happen.");
            return code;
        }

        return call.Of(_yes)
            ? ReceiptWriter.Done(call, await call.Project.SubmitAsync(command, author, call.Cancel), _takeBack)
            : ReceiptWriter.Preview(call, call.Project.Preview(command, author));
    }

    private UndoTarget Target(CommandContext call) =>
        call.Of(_calls) is { Count: > 0 } events ? UndoTarget.Of(events)
        : call.Of(_count) is { } count ? UndoTarget.LastOfUser(count)
        : call.Of(_session) is { } session ? UndoTarget.Session(session)
        : call.Of(_agent) is { } agent ? UndoTarget.Agent(agent, call.Of(_since)!)
        : UndoTarget.Unsaid;

    private void Check(CommandResult given)
    {
        bool[] targets =
        [
            given.GetResult(_calls)?.Tokens.Count > 0, given.GetResult(_count) is not null,
            given.GetResult(_session) is not null, given.GetResult(_agent) is not null,
        ];
        if (targets.Count(one => one) > 1 || targets[^1] != (given.GetResult(_since) is not null))
        {
            given.AddError("Give calls, --count, --session, or --agent with --since; one of them.");
        }
    }
}
