using MemoryGraph.Mcp.Declarations;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.Resources;

/// <summary>A request to an assistant that a person picks from a list: how it is listed, and what it says.</summary>
/// <remarks>
/// It repeats what the tools' instructions say, for one moment of work; nothing can be reached only through it.
/// </remarks>
/// <param name="Name">Lower case and underscores.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">For people: when to pick it.</param>
/// <param name="Parameters">In the order in which they are asked for.</param>
/// <param name="Text">Makes its words; null after a fault was reported.</param>
internal sealed record MemoryPrompt(
    string Name,
    string Title,
    string Description,
    IReadOnlyList<Parameter> Parameters,
    Func<Arguments, ArgumentPlace, string?> Text)
{
    /// <summary>The prompt as <c>prompts/list</c> shows it.</summary>
    public Prompt ToProtocol() => new()
    {
        Name = Name,
        Title = Title,
        Description = Description,
        Arguments =
        [
            .. Parameters.Select(one =>
                new PromptArgument { Name = one.Name, Description = one.Description, Required = one.IsRequired }),
        ],
    };
}
