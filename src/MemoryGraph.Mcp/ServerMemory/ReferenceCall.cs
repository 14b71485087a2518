using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Locate;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>What a tool of the reference server works with while it answers one call.</summary>
/// <param name="Agent">The client, as it named itself.</param>
internal sealed record ReferenceCall(MemoryProject Project, CurrentProject Projects, string Agent, CancellationToken Cancel)
{
    /// <summary>Who changes are made for, and the client that makes them.</summary>
    public async Task<Author> AuthorAsync() => Author.Of(await Projects.UserAsync(), Agent);

    /// <summary>Carries out a command for the user.</summary>
    /// <param name="tell">Makes the result of what it recorded.</param>
    public async Task<CallToolResult> SubmitAsync(
        Command command, Func<IReadOnlyList<RecordedEvent>, CallToolResult> tell)
    {
        Receipt receipt = await Project.SubmitAsync(command, await AuthorAsync(), Cancel);

        // As long as it is: it repeats the name that was given, and clients of the reference server know it whole.
        return receipt.Refused is { } refusal
            ? new CallToolResult { Content = [new TextContentBlock { Text = refusal.Message }], IsError = true }
            : tell(receipt.Recorded);
    }

    /// <summary>Carries out a command whose result only says that it was done.</summary>
    public Task<CallToolResult> SubmitAsync(Command command, string done) => SubmitAsync(command, _ => Result(
        ReferenceResults.Of(json =>
        {
            json.WriteBoolean(ReferenceSchema.Success.Name, true);
            json.WriteString(ReferenceSchema.Message.Name, done);
        }),
        done));

    /// <summary>Answers with a part of the graph.</summary>
    public Task<CallToolResult> AskAsync(PlainGraphQuery query) =>
        Task.FromResult(Result(Project.Ask(query, Agent, (graph, _) => ReferenceResults.Graph(graph))));

    /// <summary>A result whose text is one of its members.</summary>
    public static CallToolResult Result(JsonElement structured, ReferenceParameter shown) =>
        Result(structured, JavaScriptJson.Indented(structured.GetProperty(shown.Name)));

    private static CallToolResult Result(JsonElement structured) => Result(structured, JavaScriptJson.Indented(structured));

    private static CallToolResult Result(JsonElement structured, string text) =>
        new() { Content = [new TextContentBlock { Text = text }], StructuredContent = structured };
}
