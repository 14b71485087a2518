using System.Text.Json;
using MemoryGraph.Locate;
using MemoryGraph.Log;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Operations;

/// <summary>A tool: translates arguments to a command or query, and the outcome to words.</summary>
internal abstract class MemoryTool(CurrentProject projects, ToolDeclaration declaration) : McpServerTool
{
    public ToolDeclaration Declaration => declaration;

    public override Tool ProtocolTool { get; } = declaration.ToProtocol();

    public override IReadOnlyList<object> Metadata => [];

    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolAnswer answer = await CallAsync(
            request.Params?.Arguments ?? new Dictionary<string, JsonElement>(), CallingAgent.Of(request), cancellationToken);
        return answer.ToProtocol();
    }

    /// <summary>Reads the arguments and answers.</summary>
    public async Task<ToolAnswer> CallAsync(
        IEnumerable<KeyValuePair<string, JsonElement>> given, string agent, CancellationToken cancel)
    {
        DateTimeOffset now = projects.Clock.GetUtcNow();
        var place = new ArgumentPlace("", [], now, projects.Clock.LocalTimeZone);
        if (Arguments.Read(declaration.Parameters, given, place) is not { } arguments)
        {
            return ToolAnswer.Error($"{declaration.Name} was not run. {string.Join("\n", place.Faults)}");
        }

        if (projects.Current is not { } project)
        {
            return ToolAnswer.Error(projects.Refused!);
        }

        try
        {
            uint question = PageToken.QuestionOf(project.Folder, declaration.Name, given);
            return await AnswerAsync(arguments, new ToolCall(project, projects, agent, now, question, cancel));
        }
        catch (LogException failure)
        {
            return ToolAnswer.Error(failure);
        }
    }

    protected abstract Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call);
}
