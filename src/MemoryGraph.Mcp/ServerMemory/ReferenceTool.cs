using System.Text.Json;
using MemoryGraph.Locate;
using MemoryGraph.Log;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>A tool of the reference server: the same call, the same result.</summary>
/// <remarks>The last line of our other answers has no place in these, so it is left out.</remarks>
/// <param name="projects">The memory.</param>
/// <param name="former">What is to be in it first.</param>
/// <param name="answer">Carries the call out.</param>
internal sealed class ReferenceTool(
    CurrentProject projects,
    ReferenceFileImport former,
    ReferenceDeclaration declaration,
    Func<ReferenceArguments, ReferenceCall, Task<CallToolResult>> answer)
    : McpServerTool
{
    public ReferenceDeclaration Declaration => declaration;

    public override Tool ProtocolTool { get; } = declaration.ToProtocol();

    public override IReadOnlyList<object> Metadata => [];

    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        var place = new ArgumentPlace("", [], projects.Clock.GetUtcNow(), projects.Clock.LocalTimeZone);
        IDictionary<string, JsonElement> arguments = request.Params?.Arguments ?? new Dictionary<string, JsonElement>();
        ReferenceArguments given = ReferenceArguments.Read(declaration.Arguments, arguments, declaration.Stores, place);
        if (place.Faults.Count > 0)
        {
            return ToolAnswer.Error($"{declaration.Name} was not run. {string.Join("\n", place.Faults)}").ToProtocol();
        }

        if (projects.Current is not { } project)
        {
            return ToolAnswer.Error(projects.Refused!).ToProtocol();
        }

        try
        {
            var call = new ReferenceCall(project, projects, CallingAgent.Of(request), cancellationToken);
            return await former.TakeOverAsync(project, call.AuthorAsync) is { } refusal
                ? ToolAnswer.Error(refusal).ToProtocol() : await answer(given, call);
        }
        catch (LogException failure)
        {
            return ToolAnswer.Error(failure).ToProtocol();
        }
    }
}
