using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>
/// A question or a change, declared once: the tool of a model, the command of a terminal and its JSON follow from it.
/// </summary>
/// <param name="Declaration">Name, words and parameters of the tool.</param>
/// <param name="RunAsync">Carries it out.</param>
internal sealed record Operation(ToolDeclaration Declaration, Func<Arguments, CallContext, Task<Answer>> RunAsync)
{
    /// <summary>How it is called in a terminal; null when only models call it.</summary>
    public CommandForm? Command { get; init; }

    /// <summary>How many items a page of the answer has at most; null when the answer has one page.</summary>
    public NumberParameter? PageLimit { get; private init; }

    /// <summary>A question, answered page by page.</summary>
    /// <param name="perPage">How many items a page has, unless the call says otherwise.</param>
    public static Operation Question(
        string name,
        string title,
        string description,
        IReadOnlyList<Parameter> parameters,
        int perPage,
        Func<Arguments, CallContext, Answer> answer)
    {
        NumberParameter limit = SharedParameters.Limit(perPage);
        return new Operation(
            new ToolDeclaration(name, title, description, Hints.Reads, [.. parameters, limit, SharedParameters.Cursor]),
            (arguments, call) => Task.FromResult(answer(arguments, call)))
        {
            PageLimit = limit,
        };
    }

    /// <summary>A change, recorded with the reason that the call gives.</summary>
    public static Operation Change(
        string name,
        string title,
        string description,
        Hints hints,
        IReadOnlyList<Parameter> parameters,
        Func<Arguments, Command> command) => new(
            new ToolDeclaration(name, title, description, hints, [.. parameters, SharedParameters.Reason]),
            (arguments, call) => call.SubmitAsync(
                command(arguments) with { Reason = arguments.Of(SharedParameters.Reason) }));
}
