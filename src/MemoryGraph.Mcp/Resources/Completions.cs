using MemoryGraph.Locate;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;
using MemoryGraph.Text;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Resources;

/// <summary>What may follow, while a person types an argument of a resource's address or of a prompt.</summary>
internal sealed class Completions(CurrentProject projects)
{
    /// <summary>The most values that the protocol lets an answer have.</summary>
    public const int ValuesMax = 100;

    private static readonly string[] Points =
        ["last session", "yesterday", "2 days ago", "last week", "last month", "last year"];

    public void AttachTo(McpServerOptions options) =>
        options.Handlers.CompleteHandler = async (request, _) => await CompleteAsync(request.Params!);

    private Task<CompleteResult> CompleteAsync(CompleteRequestParams asked)
    {
        string typed = asked.Argument.Value ?? "";
        return (Target(asked.Ref), asked.Argument.Name) switch
        {
            (MemoryUri.EntityTemplate, "name") => NamesAsync(typed),
            (MemoryUri.GraphAtTemplate, "point") => Task.FromResult(PointsLike(typed)),
            (PromptCatalogue.Record, var name) when name == PromptCatalogue.About.Name => NamesAsync(typed),
            (PromptCatalogue.Review, var name) when name == PromptCatalogue.Since.Name =>
                Task.FromResult(PointsLike(typed)),
            (PromptCatalogue.Recall, var name) when name == PromptCatalogue.Task.Name => Task.FromResult(Of(0, [])),
            (var target, var name) => throw ProtocolErrors.Argument(
                $"{Quoted.Text(name ?? "", LenientReader.ShownCharacters)} of {Quoted.Text(target ?? "", LenientReader.ShownCharacters)} is nothing that "
                + $"can be completed. Names complete in {MemoryUri.EntityTemplate} and for {PromptCatalogue.About.Name} of "
                + $"{PromptCatalogue.Record}, points in {MemoryUri.GraphAtTemplate} and for {PromptCatalogue.Since.Name} of {PromptCatalogue.Review}."),
        };
    }

    private static string? Target(Reference reference) => reference switch
    {
        ResourceTemplateReference template => template.Uri,
        PromptReference prompt => prompt.Name,
        _ => reference.Type,
    };

    private Task<CompleteResult> NamesAsync(string typed) =>
        ProtocolErrors.RunAsync(projects, project => Task.FromResult(
        project.Ask(new NamesQuery(typed, ValuesMax), "", (answer, _) => Of(answer.Count, answer.Names))));

    private static CompleteResult PointsLike(string typed)
    {
        string folded = LetterFolding.Fold(typed.Trim());
        string[] like = [.. Points.Where(point => point.Contains(folded, StringComparison.Ordinal))];
        return Of(like.Length, like);
    }

    private static CompleteResult Of(int total, IReadOnlyList<string> values) =>
        new() { Completion = new Completion { Values = [.. values], Total = total, HasMore = total > values.Count } };
}
