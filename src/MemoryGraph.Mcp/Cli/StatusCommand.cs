using System.Text;
using System.Text.Json;
using MemoryGraph.Log;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Projects;
using MemoryGraph.Queries;
using MemoryGraph.Values;

namespace MemoryGraph.Mcp.Cli;

/// <summary><c>memory-graph status</c>: which memory this is, where it lies and how it is, as text or as one JSON object.</summary>
internal static class StatusCommand
{
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(ProjectOptions options, bool json, TextWriter output, TextWriter errors)
    {
        await using var projects = new ProjectRegistry(options, ProductVersion.NameAndNumber, TimeProvider.System);
        if (projects.Current is not { } project)
        {
            await errors.WriteLineAsync(projects.Refused!.Message);
            return ExitCode.Usage;
        }

        try
        {
            (string text, bool healthy) = project.Ask(
                new StatusQuery(),
                ProductVersion.Name,
                (answer, standing) => (Tell(answer, standing), standing.Health is null));
            await output.WriteLineAsync(text);
            return healthy ? ExitCode.Done : ExitCode.Unavailable;
        }
        catch (LogException failure)
        {
            await errors.WriteLineAsync(failure.Message);
            return ExitCode.Unavailable;
        }

        string Tell(StatusAnswer answer, Standing standing) =>
            json ? Json(answer, standing, project, projects) : Text(answer, standing, project, projects);
    }

    private static string Text(StatusAnswer answer, Standing standing, MemoryProject project, ProjectRegistry projects)
    {
        string[] health = standing.Health is { } bad ? [$"Health: {bad.Code}. {bad.Explanation}"] : [];
        return string.Join(
            Environment.NewLine,
            [StatusText.Headline(answer), .. StatusText.Lines(answer, project, projects, readOnly: false), .. health]);
    }

    private static string Json(StatusAnswer answer, Standing standing, MemoryProject project, ProjectRegistry projects)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("project", project.Name);
            json.WriteString("project_id", project.Id);
            json.WriteString("folder", project.Folder);
            json.WriteString("store", projects.Store);
            json.WriteNumber("entities", answer.Entities);
            json.WriteNumber("observations", answer.Observations);
            json.WriteNumber("relations", answer.Relations);
            json.WriteNumber("last_event", (answer.Last?.Id ?? EventId.None).Value);
            json.WriteNumber("log_bytes", project.LogBytes);
            json.WriteNumber("repairs", answer.Repairs);
            json.WriteString("health", standing.Health?.Code ?? "ok");
            json.WriteString("not_writable", project.WhyNotWritable());
            json.WriteString("version", ProductVersion.Number);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
