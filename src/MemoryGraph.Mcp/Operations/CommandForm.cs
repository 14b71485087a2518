using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>How an operation is called in a terminal: the name of the command, and what it takes.</summary>
/// <param name="Description">For the help.</param>
/// <param name="Parameters">In the order of the help; some of them only the terminal has.</param>
internal sealed record CommandForm(string Name, string Description, params IReadOnlyList<CommandParameter> Parameters)
{
    /// <summary>Whether <c>--user</c> says who a change is made for, as it usually does.</summary>
    public bool HasUser { get; init; } = true;

    /// <summary>
    /// How many items are shown unless <c>--limit</c> says otherwise; null when there is no such option.
    /// </summary>
    public int? Limit { get; init; }
}

/// <summary>A parameter as it is given in a terminal.</summary>
/// <param name="Name"><c>--at</c> for an option; without dashes it is an argument, known by its place.</param>
/// <param name="Description">For the help; null when the words for models do.</param>
/// <param name="ValueName">What the help calls the value.</param>
internal sealed record CommandParameter(
    string Name, Parameter Parameter, string? Description = null, string? ValueName = null)
{
    /// <summary>Another name of the option: <c>-o</c>.</summary>
    public string? ShortName { get; init; }

    public string Help => Description ?? Parameter.Description;

    public bool IsPositional => !Name.StartsWith('-');
}
