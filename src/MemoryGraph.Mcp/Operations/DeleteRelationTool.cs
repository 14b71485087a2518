using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Ends a link between two entities.</summary>
internal sealed class DeleteRelationTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly TextParameter From = Required.Name("from", "Exact name of the entity it starts at.");
    private static readonly TextParameter RelationType = Required.Name("relationType", "Its exact type.", Limits.TypeCharacters);
    private static readonly TextParameter To = Required.Name("to", "Exact name of the entity it leads to.");

    private static readonly ToolDeclaration Declared = new(
        "delete_relation",
        "Delete relation",
        "Withdraw a link that is wrong. If it was right for a time, set validTo with create_relation instead.",
        Hints.TakesAway,
        From, RelationType, To, SharedParameters.Reason);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.SubmitAsync(
        new DeleteRelation(arguments.Text(From), arguments.Text(RelationType), arguments.Text(To))
        {
            Reason = arguments.Of(SharedParameters.Reason),
        });
}
