using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Links two entities, or says when an existing link held.</summary>
internal sealed class CreateRelationTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly TextParameter From = Required.Name("from", "Exact name of the entity it starts at.");
    private static readonly TextParameter RelationType =
        Required.Name("relationType", "What the link says, in active voice: depends_on, decided, works_on.", Limits.TypeCharacters);
    private static readonly TextParameter To = Required.Name("to", "Exact name of the entity it leads to.");
    private static readonly DayParameter ValidFrom =
        Optional.Day("validFrom", "First day it held, YYYY-MM-DD; \"\" clears it.", mayClear: true);
    private static readonly DayParameter ValidTo =
        Optional.Day("validTo", "First day it no longer held, YYYY-MM-DD; \"\" clears it.", mayClear: true);

    private static readonly ToolDeclaration Declared = new(
        "create_relation",
        "Create relation",
        "Remember how two existing entities are linked, such as \"API\" depends_on \"Database\". "
        + "On an existing link, dates given are updated.",
        Hints.Adds,
        From, RelationType, To, ValidFrom, ValidTo, SharedParameters.Reason);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.SubmitAsync(
        new CreateRelation(
            arguments.Text(From), arguments.Text(RelationType), arguments.Text(To), arguments.Of(ValidFrom), arguments.Of(ValidTo))
        {
            Reason = arguments.Of(SharedParameters.Reason),
        });
}
