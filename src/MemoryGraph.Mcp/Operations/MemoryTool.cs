using System.Text.Json;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Operations;

/// <summary>An operation as a tool of the server.</summary>
/// <param name="projects">The memory.</param>
/// <param name="readOnly">Whether the server was started with <c>--read-only</c>.</param>
internal sealed class MemoryTool(Operation operation, CurrentProject projects, bool readOnly) : McpServerTool
{
    public ToolDeclaration Declaration => operation.Declaration;

    public override Tool ProtocolTool { get; } = operation.Declaration.ToProtocol();

    public override IReadOnlyList<object> Metadata => [];

    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolAnswer answer = await CallAsync(
            request.Params?.Arguments ?? new Dictionary<string, JsonElement>(),
            CallingAgent.Of(request),
            cancellationToken);
        return answer.ToProtocol();
    }

    /// <summary>Reads the arguments, opens the memory and answers.</summary>
    public async Task<ToolAnswer> CallAsync(
        IEnumerable<KeyValuePair<string, JsonElement>> given, string agent, CancellationToken cancel)
    {
        DateTimeOffset now = projects.Clock.GetUtcNow();
        var place = new ArgumentPlace("", [], now, projects.Clock.LocalTimeZone);
        if (Arguments.Read(Declaration.Parameters, given, place) is not { } arguments)
        {
            return ToolAnswer.Error($"{Declaration.Name} was not run. {string.Join("\n", place.Faults)}");
        }

        return await projects.RunAsync(
            project => AnswerAsync(arguments, given, new CallContext(project, projects, agent, now, cancel)),
            refusal => ToolAnswer.Error(refusal));
    }

    private async Task<ToolAnswer> AnswerAsync(
        Arguments arguments, IEnumerable<KeyValuePair<string, JsonElement>> given, CallContext call)
    {
        PageRequest? page = null;
        if (operation.PageLimit is { } limit)
        {
            uint question = PageToken.QuestionOf(call.Project.Folder, Declaration.Name, given);
            string? cursor = arguments.Of(SharedParameters.Cursor);
            page = PageRequest.Of(cursor, arguments.Of(limit), question, out string? fault);
            if (page is null)
            {
                return ToolAnswer.Error(fault!);
            }
        }

        Answer answer = await operation.RunAsync(arguments, call with
        {
            Page = page,
            IsReadOnly = readOnly,
            Render = lazy => lazy with { Rendered = lazy.ToTool(page).Text },
        });
        return answer.ToTool(page);
    }
}
