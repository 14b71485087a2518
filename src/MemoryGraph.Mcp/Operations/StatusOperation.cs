using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Memory;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Which memory this is, where it lies, how much it holds and whether it is well.</summary>
internal static class StatusOperation
{
    public static Operation MemoryStatus { get; } = Operation.Question(
        "memory_status",
        "Memory status",
        "Which memory this is, where it lies, how much it holds, whether it can be written, versions.",
        [],
        perPage: 50,
        (_, call) => call.Read(new StatusQuery(), (answer, status) => Tell(answer, status, call))) with
    {
        Command = new CommandForm("status", "Show which memory this is, where it lies and how it is."),
    };

    private static Answer Tell(StatusAnswer answer, ProjectStatus status, CallContext call)
    {
        IEnumerable<string> lines = StatusText.Lines(answer, call.Project, call.Projects, call.IsReadOnly);
        if (call.Terminal is not null && status.Health is { } bad)
        {
            lines = lines.Append($"Health: {bad.Code}. {bad.Explanation}");
        }

        return new Answer(
            StatusText.Headline(answer), answer.Last?.Id ?? EventId.None, lines.Select(line => new Row(() => line)))
        {
            Footer = call.Terminal is null ? ToolAnswer.Footer(status) : "",
            Outcome = status.Health is null ? Outcome.Done : Outcome.Unavailable,
            Json = json => StatusText.Write(json, answer, status, call.Project, call.Projects),
        };
    }
}
