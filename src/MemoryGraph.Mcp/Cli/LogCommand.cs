using System.CommandLine;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Cli;

/// <summary>
/// <c>memory-graph log</c>: what happened, in words or as the stored lines, once or for as long as it goes on.
/// </summary>
internal sealed class LogCommand : ProjectCommand
{
    private const int ShownByDefault = 50;

    private readonly Option<bool> _follow = new("--follow", "-f")
    {
        Description = "Do not end: go on with what is recorded from now on, by whichever process, until interrupted.",
    };

    private readonly Option<string?> _cursor = new("--cursor")
    {
        Description = "With --json: go on where the last run with this name stopped. Every event comes at least once. "
            + "The first run begins at --from.",
        HelpName = "name",
    };

    private readonly Option<bool> _acknowledged = new("--ack")
    {
        Description = "With --follow and --cursor: events count as handed over when the reader says so on standard "
            + "input, by their numbers, one a line.",
    };

    private readonly Option<EventId?> _from = CliOptions.Event("--from", "Begin at this event. Default: at the first.");
    private readonly Option<int?> _limit;
    private readonly Option<string?> _entity =
        new("--entity") { Description = "Only what touched this entity.", HelpName = "name" };
    private readonly Option<string?> _user =
        new("--user") { Description = "Only changes made for this person.", HelpName = "name" };
    private readonly Option<string?> _agent =
        new("--agent") { Description = "Only changes made by this assistant.", HelpName = "name" };
    private readonly Option<AsOf?> _since;
    private readonly Option<AsOf?> _until;

    public LogCommand(CliOptions frame)
        : base(
            "log",
            "Tell what happened like a story, newest last: who changed what, when and why. "
            + "With --json, the stored lines themselves, one event each: with --follow the pipe to other systems.",
            frame,
            hasUser: false)
    {
        _limit = frame.Limit(
            $"Only the last so many events; with --from the first so many. Default: {ShownByDefault}, with --from "
            + "or as JSON all.");
        _since = frame.Option<AsOf>(new("--since", Optional.Point(
            "since", "From this point on: #42, 2026-11-23, \"2 days ago\", \"last session\".", startOfDay: true)));
        _until = frame.Option<AsOf>(new("--until", Optional.Point("until", "Up to this point.")));
        foreach (Option option in new Option[]
        {
            _follow, _cursor, _acknowledged, _from, _limit, _entity, _user, _agent, _since, _until,
        })
        {
            Options.Add(option);
        }

        Validators.Add(given =>
        {
            if (given.GetValue(_cursor) is { } name && !EventFeed.IsCursorName(name))
            {
                given.AddError($"{Quoted.Name(name)} cannot name a cursor: give 1 to 64 of A-Z, a-z, 0-9, dot, dash "
                    + "and underscore.");
            }

            if (given.GetValue(_cursor) is not null && !given.GetValue(frame.Json))
            {
                given.AddError("--cursor is for scripts: give --json with it.");
            }

            if (given.GetValue(_acknowledged) && (given.GetValue(_cursor) is null || !given.GetValue(_follow)))
            {
                given.AddError("--ack moves a cursor: give --follow and --cursor with it.");
            }

            // Whether they are given: asking for the value of what could not be read throws.
            if (given.GetValue(_follow) && given.GetResult(_until) is not null)
            {
                given.AddError("--follow goes on for ever, so there is no --until with it.");
            }

            if (given.GetValue(_follow) && given.GetResult(_limit) is not null
                && (given.GetResult(_from) is not null || given.GetValue(_cursor) is not null))
            {
                given.AddError("--follow goes on for ever, so there is no --limit with --from or --cursor.");
            }
        });
    }

    protected override Task<int> RunAsync(CommandContext call)
    {
        bool fromStart = call.Of(_from) is not null || call.Of(_cursor) is not null;
        var asked = new LogQuestion(
            new HistoryQuery(
                call.Of(_entity),
                null,
                call.Of(_user),
                call.Of(_agent),
                null,
                call.Of(_since),
                call.Of(_until) ?? AsOf.Now),
            call.Of(_from) ?? EventId.None,
            call.Of(_limit) ?? (fromStart || call.Json ? CliOptions.Unlimited : ShownByDefault),
            fromStart,
            call.Of(_follow));
        return call.Json
            ? new LogJson(call, asked).RunAsync(call.Of(_cursor), call.Of(_acknowledged))
            : new LogText(call, asked).RunAsync();
    }
}

/// <summary>Which events <c>log</c> is asked for.</summary>
/// <param name="History">The filters.</param>
/// <param name="From">The first event; <see cref="EventId.None"/> for all.</param>
/// <param name="Limit">Most events of those that are there already.</param>
/// <param name="LimitFromStart">Whether the limit means the first of them; else the last.</param>
/// <param name="Follow">Whether to go on with what is still to come.</param>
internal sealed record LogQuestion(HistoryQuery History, EventId From, int Limit, bool LimitFromStart, bool Follow)
{
    /// <summary>Whether every event passes.</summary>
    public bool HasNoFilter =>
        History is { Entity: null, User: null, Agent: null, Since: null } && History.Until == AsOf.Now;
}
