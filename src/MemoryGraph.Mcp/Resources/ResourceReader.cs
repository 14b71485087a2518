using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Resources;

/// <summary>Puts resources into words: those of the tools that show the same, as much as one answer holds.</summary>
/// <param name="project">The memory.</param>
/// <param name="agent">Who reads; tells which session was "the last".</param>
internal sealed class ResourceReader(MemoryProject project, string agent, DateTimeOffset now, TimeZoneInfo zone)
{
    /// <summary>Code of the refusal of an entity that is not there.</summary>
    public const string EntityNotFound = "entity_not_found";

    // More lines than a page has room for.
    private const int ItemsMax = 1_000;

    private readonly FactText _facts = new(now);

    public ResourceText Read(MemoryUri uri) => uri switch
    {
        MemoryUri.GraphUri => ReadGraph(AsOf.Now),
        MemoryUri.GraphAtUri { Point: var said } => AsOf.Parse(said, now, zone) is { } point
            ? ReadGraph(point)
            : new Refusal("no_point", $"The point must be {AsOf.Forms}; got {Quoted.Text(said, Limits.NameCharacters)}."),
        MemoryUri.TimelineUri => Tell(
            new HistoryQuery(null, null, null, null, null, null, AsOf.Now),
            HistoryText.Of,
            point => $"get_history with until \"{point}\""),
        MemoryUri.ActivityUri => Tell(
            new ActivityQuery(null, null, null, AsOf.Now),
            ActivityText.Of,
            point => $"get_user_activity with until \"{point}\""),
        MemoryUri.EntityUri { Name: var name } => ReadEntity(name),
        _ => throw new System.Diagnostics.UnreachableException($"{uri.GetType().Name} has no arm"),
    };

    private ResourceText ReadGraph(AsOf at) => Tell(
        new OverviewQuery(null, null, at),
        answer => OverviewText.Of(answer, _facts),
        point => $"query_graph_at with at \"{point}\"");

    // A name longer than any is not compared with all there are.
    private ResourceText ReadEntity(string name) => name.Length > Limits.NameCharacters
        ? new Refusal(EntityNotFound, FormattableString.Invariant(
            $"There is no entity with a name of {name.Length} characters; the longest name has {Limits.NameCharacters}."))
        : Tell(
            new OpenQuery([name], AsOf.Now),
            answer => answer.Missing is [var missing]
                ? Answer.Refuse(new(
                    EntityNotFound, $"{OpenText.Missing(missing)}. search_nodes finds entities by words."))
                : OpenText.Of(answer, _facts),
            _ => "open_nodes with its name");

    private ResourceText Tell<TAnswer>(
        Query<TAnswer> query, Func<TAnswer, Answer> tell, Func<EventId, string> elsewhere) =>
        project.Ask(query, agent, (answer, standing) =>
        {
            Answer telling = tell(answer);
            return telling.Refused is { } refusal
                ? refusal
                : new ResourceText(
                    new Page(new PageRequest(0, ItemsMax, Question: 0) { Elsewhere = elsewhere(telling.Point) })
                        .Lay(telling with { Footer = ToolAnswer.Footer(standing) }).Text,
                    Refused: null);
        });
}

/// <summary>A resource in words.</summary>
/// <param name="Text">Empty when it is refused.</param>
/// <param name="Refused">Why there is none; null when there is.</param>
internal sealed record ResourceText(string Text, Refusal? Refused)
{
    public static implicit operator ResourceText(Refusal refusal) => new("", refusal);
}
