using MemoryGraph.Domain;

namespace MemoryGraph.Mcp.Cli;

/// <summary>
/// <c>memory-graph checkpoint</c>: three lines to keep elsewhere, with which <c>verify</c> later proves that nothing
/// before was changed.
/// </summary>
internal sealed class CheckpointCommand(CliOptions frame) : ProjectCommand(
    "checkpoint",
    "Print how far the log is and its hash, to keep elsewhere: \"verify --against\" then proves that nothing before was changed.",
    frame)
{
    protected override Task<int> RunAsync(CommandContext call)
    {
        if (call.Project.Checkpoint() is not { } head)
        {
            return Task.FromResult(call.Refuse(new Refusal("nothing_recorded", "Nothing was recorded yet, so there is nothing to vouch for.")));
        }

        if (call.Json)
        {
            JsonAnswer.Write(call.Frame.Terminal.Output, json =>
            {
                json.WriteString("project", call.Project.Name);
                json.WriteString("project_id", head.Project);
                json.WriteNumber("event_id", head.Event.Value);
                json.WriteString("hash", head.Hash.ToString());
            });
        }
        else
        {
            foreach (string line in head.ToString().TrimEnd().Split('\n'))
            {
                call.Screen.Line(line);
            }
        }

        return Task.FromResult(ExitCode.Done);
    }
}
