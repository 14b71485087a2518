using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for a project's status, the same in the tool and on the command line.</summary>
internal static class StatusText
{
    public static string Headline(StatusAnswer answer) =>
        $"{FactText.Counts(answer.Entities, answer.Observations, answer.Relations)}, "
        + $"{FactText.Count((int)(answer.Last?.Id ?? EventId.None).Value, "event", "events")}.";

    /// <param name="readOnly">Whether this server was started with --read-only.</param>
    public static IEnumerable<string> Lines(
        StatusAnswer answer, MemoryProject project, CurrentProject projects, bool readOnly)
    {
        yield return $"Project: {Quoted.Name(project.Name)}, {Quoted.OneLine(projects.ProjectFound)}";
        yield return $"Store: {Quoted.OneLine(projects.Store)}, from {projects.StoreFound}";
        string begun = project.Id is { } id ? $"project id {id}" : "not begun yet";
        yield return FormattableString.Invariant(
            $"Log: {Quoted.OneLine(project.Folder)}, {project.LogBytes} bytes, {begun}");
        if (answer.Last is { } last)
        {
            yield return $"Last event: {last.Id}, {FactText.Stamp(last.When)}, by {last.Author}";
        }

        if (answer.Last is not null)
        {
            yield return FormattableString.Invariant(
                $"Memory: {answer.BytesPerEvent} bytes per event, {answer.BytesTaken} bytes in all");
        }

        yield return answer.Session is { } session
            ? $"This session began with {session}"
            : "This session has recorded nothing yet";
        yield return readOnly ? "Writing: no, the server was started with --read-only"
            : project.Id is null ? "Writing: not tried yet"
            : project.WhyNotWritable() is { } reason ? $"Writing: no. {Quoted.OneLine(reason)}" : "Writing: yes";
        if (answer.Repairs > 0)
        {
            yield return FormattableString.Invariant(
                $"Repairs: the log was repaired {answer.Repairs} times; see get_history");
        }

        if (answer.Skipped > 0)
        {
            yield return FormattableString.Invariant(
                $"Skipped: {answer.Skipped} events changed nothing because what they touch is not there");
        }

        if (projects.Moved is { } moved)
        {
            yield return Quoted.OneLine(moved);
        }

        yield return $"Version: {ProductVersion.NameAndNumber}, .NET {Environment.Version}";
    }

    /// <summary>The same for scripts.</summary>
    public static void Write(
        Utf8JsonWriter json, StatusAnswer answer, ProjectStatus status, MemoryProject project, CurrentProject projects)
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
        json.WriteString("health", status.Health?.Code ?? "ok");
        json.WriteString("not_writable", project.WhyNotWritable());
        json.WriteString("version", ProductVersion.Number);
    }
}
