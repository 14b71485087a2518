using System.Text.Json;
using MemoryGraph.Locate;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for the projects of a store, the same in the tool and on the command line.</summary>
internal static class ProjectText
{
    public static string Headline(IReadOnlyList<KnownProject> projects, string store) =>
        $"{FactText.Count(projects.Count, "project", "projects")} in {Quoted.OneLine(store)}, by name.";

    /// <summary>A project and what is worth knowing of it.</summary>
    public static IEnumerable<Row> Rows(KnownProject project)
    {
        yield return new Row(Name);
        yield return new Row(() => $"  {What(project)}", Name);
        string id = project.Id is { } known ? $", id {Quoted.OneLine(known)}" : "";
        yield return new Row(() => $"  folder {Quoted.OneLine(project.Folder)}{id}", Name);
        foreach (string root in project.Roots)
        {
            yield return new Row(() => $"  used from {Quoted.OneLine(root)}", Name);
        }

        string Name() => Quoted.Name(project.Name) + (project.IsOpen ? ", the one this server has open" : "");
    }

    private static string What(KnownProject project) => project switch
    {
        { Trouble: { } trouble } => $"cannot be used: {Quoted.OneLine(trouble)}",
        { LastChange: { } when } => FormattableString.Invariant(
            $"{FactText.Count((int)project.Events, "event", "events")}, {project.Bytes} bytes, ")
            + $"last change {FactText.Stamp(when)}",
        _ => FormattableString.Invariant($"nothing recorded, {project.Bytes} bytes"),
    };

    /// <summary>The projects for a terminal, one in a row.</summary>
    public static AnswerTable Table(IReadOnlyList<KnownProject> projects) => new(
        ["name", "events", "bytes", "last change", "folder", "remarks"], projects.Select(Cells));

    private static string[] Cells(KnownProject one) =>
    [
        one.Name,
        FormattableString.Invariant($"{one.Events}"),
        FormattableString.Invariant($"{one.Bytes}"),
        one.LastChange is { } when ? FactText.Stamp(when) : "",
        Path.GetFileName(one.Folder),
        one.Trouble ?? (one.Roots.Count > 0 ? $"used from {string.Join(", ", one.Roots)}" : ""),
    ];

    /// <summary>The same for scripts.</summary>
    public static void Write(Utf8JsonWriter json, string store, IReadOnlyList<KnownProject> known)
    {
        json.WriteString("store", store);
        json.WriteObjects("projects", known, one =>
        {
            json.WriteString("name", one.Name);
            json.WriteString("project_id", one.Id);
            json.WriteString("folder", one.Folder);
            json.WriteNumber("last_event", one.Events);
            json.WriteNumber("log_bytes", one.Bytes);
            if (one.LastChange is { } when)
            {
                json.WriteNumber("timestamp", when.ToUnixTimeMilliseconds());
            }

            json.WriteTexts("roots", one.Roots);
            json.WriteString("trouble", one.Trouble);
        });
    }
}
