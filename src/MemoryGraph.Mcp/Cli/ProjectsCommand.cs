using System.Text.Json;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;

namespace MemoryGraph.Mcp.Cli;

/// <summary><c>memory-graph projects</c>: which memories the store holds.</summary>
internal sealed class ProjectsCommand(CliOptions frame)
    : ProjectCommand("projects", "List the memories in the store: how large each is, when it last changed, where its work lies.", frame)
{
    private static readonly string[] Columns = ["name", "events", "bytes", "last change", "folder", "remarks"];

    protected override Task<int> RunAsync(CommandContext call)
    {
        IReadOnlyList<KnownProject> known = call.Projects.List();
        if (call.Json)
        {
            JsonAnswer.Write(call.Frame.Terminal.Output, json => Write(json, call.Projects.Store, known));
        }
        else
        {
            call.Screen.Headline(ProjectText.Headline(known, call.Projects.Store));
            call.Screen.Table(Columns, known.Select(Cells));
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static string[] Cells(KnownProject one) =>
    [
        one.Name,
        FormattableString.Invariant($"{one.Events}"),
        FormattableString.Invariant($"{one.Bytes}"),
        one.LastChange is { } when ? FactText.Stamp(when) : "",
        Path.GetFileName(one.Folder),
        one.Trouble ?? (one.Roots.Count > 0 ? $"used from {string.Join(", ", one.Roots)}" : ""),
    ];

    private static void Write(Utf8JsonWriter json, string store, IReadOnlyList<KnownProject> known)
    {
        json.WriteString("store", store);
        json.WriteStartArray("projects");
        foreach (KnownProject one in known)
        {
            json.WriteStartObject();
            json.WriteString("name", one.Name);
            json.WriteString("project_id", one.Id);
            json.WriteString("folder", one.Folder);
            json.WriteNumber("last_event", one.Events);
            json.WriteNumber("log_bytes", one.Bytes);
            if (one.LastChange is { } when)
            {
                json.WriteNumber("timestamp", when.ToUnixTimeMilliseconds());
            }

            json.WriteStartArray("roots");
            foreach (string root in one.Roots)
            {
                json.WriteStringValue(root);
            }

            json.WriteEndArray();
            json.WriteString("trouble", one.Trouble);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
