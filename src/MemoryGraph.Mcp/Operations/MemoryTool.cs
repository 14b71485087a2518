using System.Text.Json;
using MemoryGraph.Locate;
using MemoryGraph.Log;
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
            request.Params?.Arguments ?? new Dictionary<string, JsonElement>(), CallingAgent.Of(request), cancellationToken);
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

        if (projects.Current is not { } project)
        {
            return ToolAnswer.Error(projects.Refused!);
        }

        PageRequest? page = null;
        if (operation.PageLimit is { } limit)
        {
            uint question = PageToken.QuestionOf(project.Folder, Declaration.Name, given);
            page = PageRequest.Of(arguments.Of(SharedParameters.Cursor), arguments.Of(limit), question, out string? fault);
            if (page is null)
            {
                return ToolAnswer.Error(fault!);
            }
        }

        try
        {
            Answer answer = await operation.RunAsync(arguments, new CallContext(project, projects, agent, now, cancel)
            {
                Page = page,
                IsReadOnly = readOnly,
                Render = read => read with { Rendered = read.ToTool(page).Text },
            });
            return answer.ToTool(page);
        }
        catch (LogException failure)
        {
            return ToolAnswer.Error(failure);
        }
    }
}
