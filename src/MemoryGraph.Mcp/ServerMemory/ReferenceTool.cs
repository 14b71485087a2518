using System.Text.Json;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>
/// A tool of the reference server: the same calls, the same results, without the footer of our own answers.
/// </summary>
/// <param name="import">What must be in the memory first.</param>
/// <param name="answer">Carries out the call.</param>
internal sealed class ReferenceTool(
    CurrentProject projects,
    ReferenceFileImport import,
    ToolDeclaration declaration,
    Func<Arguments, ReferenceCall, Task<CallToolResult>> answer)
    : McpServerTool
{
    public ToolDeclaration Declaration => declaration;

    public override Tool ProtocolTool { get; } = declaration.ToProtocol();

    public override IReadOnlyList<object> Metadata => [];

    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ArgumentPlace place = declaration.PlaceOfCall(projects.Clock);
        IDictionary<string, JsonElement> given = request.Params?.Arguments ?? new Dictionary<string, JsonElement>();
        if (Arguments.Read(declaration.Parameters, given, place) is not { } arguments)
        {
            return ToolAnswer.Error($"{declaration.Name} was not run. {string.Join("\n", place.Faults)}").ToProtocol();
        }

        return await projects.RunAsync(
            async project =>
            {
                var call = new ReferenceCall(project, projects, CallingAgent.Of(request), cancellationToken);
                return await import.RunOnceAsync(project, call.AuthorAsync) is { } refusal
                    ? ToolAnswer.Error(refusal).ToProtocol() : await answer(arguments, call);
            },
            refusal => ToolAnswer.Error(refusal).ToProtocol());
    }
}
