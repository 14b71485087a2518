using System.Globalization;
using MemoryGraph.Mcp.Answers;

namespace MemoryGraph.Mcp.Cli;

/// <summary>
/// <c>memory-graph snapshot</c>: saves what is known in a file from which the next start is quick. Servers do so
/// themselves once enough has happened.
/// </summary>
internal sealed class SnapshotCommand(CliOptions frame) : ProjectCommand(
    "snapshot",
    "Save what is known in a file from which the next start is quick. Servers do this themselves now and then.",
    frame)
{
    protected override async Task<int> RunAsync(CommandContext call)
    {
        if (await call.Project.SaveSnapshotAsync(call.Cancel) is not { } saved)
        {
            return call.Refuse(new(
                "nothing_saved", "There is nothing to save: no event was recorded yet, or the memory changed "
                + "meanwhile."));
        }

        string headline = string.Create(
            CultureInfo.InvariantCulture,
            $"Saved what is known up to {saved.Covers} in {saved.Path} ({saved.Bytes:N0} bytes).");
        return call.Show(new Answer(headline, saved.Covers, [])
        {
            Next = "It is only a cache: deleting it changes no answer.",
            Json = json =>
            {
                json.WriteString("project", call.Project.Name);
                json.WriteNumber("event_id", saved.Covers.Value);
                json.WriteString("path", saved.Path);
                json.WriteNumber("bytes", saved.Bytes);
            },
        });
    }
}
