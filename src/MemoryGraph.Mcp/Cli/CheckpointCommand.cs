using MemoryGraph.Mcp.Answers;

namespace MemoryGraph.Mcp.Cli;

/// <summary>
/// <c>memory-graph checkpoint</c>: three lines to keep elsewhere, with which <c>verify</c> later proves that nothing
/// before was changed.
/// </summary>
internal sealed class CheckpointCommand(CliOptions frame) : ProjectCommand(
    "checkpoint",
    "Print how far the log is and its hash, to keep elsewhere: \"verify --against\" then proves that nothing before "
    + "was changed.",
    frame)
{
    protected override Task<int> RunAsync(CommandContext call)
    {
        if (call.Project.Checkpoint() is not { } head)
        {
            return Task.FromResult(call.Refuse(
                new("nothing_recorded", "Nothing was recorded yet, so there is nothing to vouch for.")));
        }

        string[] lines = head.ToString().TrimEnd().Split('\n');
        var answer = new Answer(lines[0], head.Event, lines[1..].Select(line => new Row(() => line)))
        {
            Json = json =>
            {
                json.WriteString("project", call.Project.Name);
                json.WriteString("project_id", head.Project);
                json.WriteNumber("event_id", head.Event.Value);
                json.WriteString("hash", head.Hash.ToString());
            },
        };
        return Task.FromResult(call.Show(answer));
    }
}
