using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Memory;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Cli;

/// <summary><c>memory-graph status</c>: which memory this is, where it lies and how it is.</summary>
internal sealed class StatusCommand(CliOptions frame)
    : ProjectCommand("status", "Show which memory this is, where it lies and how it is.", frame)
{
    protected override Task<int> RunAsync(CommandContext call)
    {
        bool healthy = call.Project.Ask(new StatusQuery(), ProductVersion.Name, (answer, standing) =>
        {
            if (call.Json)
            {
                JsonAnswer.Write(call.Frame.Terminal.Output, json => Write(json, answer, standing, call.Project, call.Projects));
            }
            else
            {
                Tell(answer, standing, call);
            }

            return standing.Health is null;
        });
        return Task.FromResult(healthy ? ExitCode.Done : ExitCode.Unavailable);
    }

    private static void Tell(StatusAnswer answer, ProjectStatus standing, CommandContext call)
    {
        call.Screen.Headline(StatusText.Headline(answer));
        foreach (string line in StatusText.Lines(answer, call.Project, call.Projects, readOnly: false))
        {
            call.Screen.Line(line);
        }

        if (standing.Health is { } bad)
        {
            call.Screen.Line($"Health: {bad.Code}. {bad.Explanation}");
        }
    }

    private static void Write(
        Utf8JsonWriter json, StatusAnswer answer, ProjectStatus standing, MemoryProject project, CurrentProject projects)
    {
        json.WriteString("project", project.Name);
        json.WriteString("project_id", project.Id);
        json.WriteString("folder", project.Folder);
        json.WriteString("store", projects.Store);
        json.WriteNumber("entities", answer.Entities);
        json.WriteNumber("observations", answer.Observations);
        json.WriteNumber("relations", answer.Relations);
        json.WriteNumber("last_event", (answer.Last?.Id ?? EventId.None).Value);
        json.WriteNumber("log_bytes", project.LogBytes);
        json.WriteNumber("memory_bytes", answer.BytesTaken);
        json.WriteNumber("memory_bytes_per_event", answer.BytesPerEvent);
        json.WriteNumber("repairs", answer.Repairs);
        json.WriteString("health", standing.Health?.Code ?? "ok");
        json.WriteString("not_writable", project.WhyNotWritable());
        json.WriteString("version", ProductVersion.Number);
    }
}
