using MemoryGraph.Domain;
using MemoryGraph.Integrity;
using MemoryGraph.Locate;
using MemoryGraph.Log;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Whether history is as it was recorded.</summary>
internal sealed class VerifyLogTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private const int CheckpointCharacters = 1_000;

    private static readonly TextParameter Against = Optional.Text(
        "against",
        "A checkpoint that was kept (three lines, as this tool prints it): shows whether anything up to it was cut off or rewritten.",
        CheckpointCharacters);

    private static readonly NumberParameter Limit = SharedParameters.Limit(50);

    private static readonly ToolDeclaration Declared = new(
        "verify_log",
        "Verify the log",
        "Checks the whole history against its hashes: says whether, where and how anything was altered, inserted, removed or "
        + "moved, which repairs and redactions were accepted, by whom, and prints a checkpoint to keep.",
        Hints.Reads,
        Against, Limit, SharedParameters.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call)
    {
        Checkpoint? against = null;
        if (arguments.Of(Against) is { } given && (against = Checkpoint.Parse(given)) is null)
        {
            return Task.FromResult(ToolAnswer.Error(
                "`against` is not a checkpoint. It has three lines: memory-graph/ and the project's id, the number of an event, "
                + "its hash. Leave it out to verify the log by itself."));
        }

        AuditReport report = call.Project.Verify(against, progress: null, call.Cancel);
        return call.AskAsync(
            arguments,
            Limit,
            at: null,
            _ => new StatusQuery(),
            answer => new AnswerText(AuditText.Headline(report), answer.Last?.Id ?? EventId.None, AuditText.Rows(report)));
    }
}
