using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Projects;
using MemoryGraph.Queries;
using MemoryGraph.Values;

namespace MemoryGraph.Mcp.Tools;

/// <summary>Shows all that is known of some entities.</summary>
internal sealed class OpenNodesTool(ProjectRegistry projects) : MemoryTool(projects, Declared)
{
    private static readonly TextListParameter Names = Required.NameList("names", "Exact names of entities.");
    private static readonly NumberParameter Limit = Shared.Limit(20);

    private static readonly ToolDeclaration Declared = new(
        "open_nodes",
        "Open entities",
        "Everything known about entities by name: facts with their numbers, and relations in both directions.",
        Hints.Reads,
        Names, Shared.At, Limit, Shared.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.AskAsync(
        arguments,
        Limit,
        arguments.Of(Shared.At),
        at => new OpenQuery(arguments.Of(Names), at),
        answer => Tell(answer, new FactText(call.Now)));

    /// <summary>The words for opened entities; query_graph_at uses them too.</summary>
    public static Telling Tell(OpenAnswer answer, FactText facts)
    {
        string missing = answer.Missing.Count == 0 ? "" : $" {FactText.Count(answer.Missing.Count, "name", "names")} not found.";
        return new Telling(
            $"{FactText.AsOf(answer.Moment)}{FactText.Count(answer.Count, "entity", "entities")}.{missing}",
            answer.Moment.Point,
            answer.Missing.Select(missing => new Row(() => Missing(missing))).Concat(answer.Entities.SelectMany(facts.Rows)));
    }

    private static string Missing(MissingName missing)
    {
        string formerly = missing.Formerly is null ? "" : $"; {missing.Formerly}";
        string near = missing.Near.Count == 0 ? "" : $"; nearest: {Quoted.Names(missing.Near)}";
        return $"Not found: {Quoted.Name(missing.Name)}{formerly}{near}";
    }
}
