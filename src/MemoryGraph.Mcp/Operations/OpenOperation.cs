using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Shows all that is known about some entities.</summary>
internal static class OpenOperation
{
    private static readonly TextListParameter Names = Required.NameList("names", "Exact names of entities.");

    public static Operation OpenNodes { get; } = Operation.Question(
        "open_nodes",
        "Open entities",
        "Everything known about entities by name: facts with their numbers, and relations in both directions.",
        [Names, SharedParameters.At],
        perPage: 20,
        (arguments, call) => Run(call, arguments.Of(Names), arguments.Of(SharedParameters.At), validAt: null))
        with
    {
        Command = new CommandForm(
                "show",
                "Show everything known about entities: facts with their numbers, and relations in both directions.",
                new("name", Names),
                new("--at", SharedParameters.At)),
    };

    /// <summary>Opens entities as of a point.</summary>
    public static Answer Run(CallContext call, IReadOnlyList<string> names, AsOf? at, string? validAt) => call.Ask(
        new OpenQuery(names, call.At(at), validAt), answer => OpenText.Of(answer, call.Facts));
}
