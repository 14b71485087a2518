using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Locate;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>What a tool of the reference server works with while it answers one call.</summary>
/// <param name="Agent">The client's name and version.</param>
internal sealed record ReferenceCall(
    MemoryProject Project, CurrentProject Projects, string Agent, CancellationToken Cancel)
{
    /// <summary>Who changes are recorded for: the user and the client.</summary>
    public async Task<Author> AuthorAsync() => Author.Of(await Projects.UserAsync(), Agent);

    /// <summary>Carries out a command for the user.</summary>
    /// <param name="result">Makes the result from the events recorded.</param>
    public async Task<CallToolResult> SubmitAsync(
        Command command, Func<IReadOnlyList<RecordedEvent>, CallToolResult> result)
    {
        Receipt receipt = await Project.SubmitAsync(command, await AuthorAsync(), Cancel);

        // Not shortened, although it repeats the given name: clients of the reference server know the whole message.
        return receipt.Refused is { } refusal
            ? new CallToolResult { Content = [new TextContentBlock { Text = refusal.Message }], IsError = true }
            : result(receipt.Recorded);
    }

    /// <summary>Carries out a command whose result only says that it was done.</summary>
    public Task<CallToolResult> SubmitAsync(Command command, string done) =>
        SubmitAsync(command, _ => ReferenceResults.Done(done));

    /// <summary>Answers with a part of the graph.</summary>
    public Task<CallToolResult> AskAsync(PlainGraphQuery query) =>
        Task.FromResult(Project.Ask(query, Agent, (graph, _) => ReferenceResults.Graph(graph)));
}
