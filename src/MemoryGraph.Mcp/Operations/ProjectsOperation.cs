using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Which memories the store holds.</summary>
internal static class ProjectsOperation
{
    public static Operation ListProjects { get; } = Operation.Question(
        "list_projects",
        "Projects",
        "Which projects have a memory in this store, how large each is, when it last changed and where its work lies.",
        [],
        perPage: 20,
        (_, call) => Run(call)) with
    {
        Command = new CommandForm(
            "projects",
            "List the memories in the store: how large each is, when it last changed, where its work lies."),
    };

    private static Answer Run(CallContext call)
    {
        IReadOnlyList<KnownProject> known = call.Projects.List();
        var answer = new Answer(
            ProjectText.Headline(known, call.Projects.Store), EventId.None, known.SelectMany(ProjectText.Rows))
        {
            Table = ProjectText.Table(known),
            Json = json => ProjectText.Write(json, call.Projects.Store, known),
        };

        // A terminal's list names no memory as its own, so none is opened for it.
        return call.Terminal is not null ? answer : call.Ask(new StatusQuery(), status => answer with
        {
            Point = status.Last?.Id ?? EventId.None,
        });
    }
}
