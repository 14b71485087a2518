using MemoryGraph.Domain;
using MemoryGraph.Exchange;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>What would be known if some events had not happened; writes nothing to the memory.</summary>
internal static class WhatIfOperation
{
    private static readonly EventsParameter Events = Optional.Events("Without these events: \"41-45,#50\".");
    private static readonly TextListParameter Users =
        Optional.NameList("users", "Without all that was done for these people.", Limits.AuthorCharacters);
    private static readonly TextListParameter Agents =
        Optional.NameList("agents", "Without all that these assistants did.", Limits.AuthorCharacters);
    private static readonly TextListParameter Types = Optional.NameList(
        "eventTypes", "Without events of these types, such as observation_removed.", Limits.TypeCharacters);
    private static readonly PointParameter After = Optional.Point("after", "Without all that came after this point.");

    // Only the terminal's user may name files.
    private static readonly TextParameter Output = Optional.Text(
        "output", "Also write the graph that comes out to this file, as JSON.", int.MaxValue);

    public static Operation WhatIf { get; } = Operation.Question(
        "what_if",
        "What if",
        "Replay the history without some events, users, assistants or event types, and show how the graph would "
        + "differ from now. Writes nothing.",
        [Events, Users, Agents, Types, After],
        perPage: 30,
        Run) with
    {
        Command = new CommandForm(
            "replay",
            "Replay the history by other rules, and show how the graph that comes out differs from now. The memory "
            + "stays as it is.",
            new("--without-event", Events, "Leave out these events: 41-45,50. May be repeated.", "events"),
            new("--without-user", Users, "Leave out all that was done for this person. May be repeated.", "name"),
            new("--without-agent", Agents, "Leave out all that this assistant did. May be repeated.", "name"),
            new(
                "--without-type",
                Types,
                "Leave out events of this type, such as observation_removed. May be repeated.",
                "type"),
            new("--after", After, "Leave out all that came after this point."),
            new("--output", Output, ValueName: "file") { ShortName = "-o" }),
    };

    private static Answer Run(Arguments arguments, CallContext call)
    {
        var without = new Exclusion
        {
            Events = arguments.Of(Events),
            Users = arguments.Of(Users),
            Agents = arguments.Of(Agents),
            Types = arguments.Of(Types),
            After = arguments.Of(After),
        };
        return call.Ask(new WhatIfQuery(without, call.At(null)), answer =>
        {
            Answer told = ChangeText.Tell(answer);
            return told.Refused is not null || arguments.Of(Output) is not { } file ? told
                : WriteTo(file, GraphExport.Of(answer.Moment, answer.Cards)) is not { } problem ? told
                : told with { Problem = problem, Outcome = Outcome.Unavailable };
        });
    }

    // Null, or why it could not be written.
    private static string? WriteTo(string file, GraphExport graph)
    {
        string path = Path.GetFullPath(file);
        try
        {
            using FileStream output = File.Create(path);
            JsonExport.Write(graph, output);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path} could not be written. Choose another file, in a folder that exists and has room.";
        }
    }
}
