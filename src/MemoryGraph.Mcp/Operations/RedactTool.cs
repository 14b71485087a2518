using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Memory;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Erases text for good, previewed first.</summary>
internal sealed class RedactTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly EventsParameter Events =
        Optional.Events("These events, such as \"41-45,#50\", and those that repeat their text.");
    private static readonly TextParameter Entity =
        Optional.Name("entity", "All about this entity (exact name), and whatever mentions its name.");
    private static readonly TextParameter User =
        Optional.Name("user", "All that was recorded for this person.", Limits.AuthorCharacters);
    private static readonly TextParameter Containing = Optional.Text(
        "containing", "All that holds this text; case and accents do not matter.", Limits.ObservationCharacters);
    private static readonly FlagParameter Confirm =
        Optional.Flag("confirm", "Erase. Without it, only a preview; show that to the user first.");
    private static readonly TextParameter Reason =
        Optional.Text("reason", "Why, without repeating the text; kept in history.", Limits.ReasonCharacters);

    private static readonly ToolDeclaration Declared = new(
        "redact",
        "Erase for good",
        "Erase personal data or secrets from all of history; it cannot be undone. Give exactly one of events, entity, user, "
        + "containing. To withdraw what is merely wrong, use delete_observation or undo.",
        Hints.TakesAway,
        Events, Entity, User, Containing, Confirm, Reason);

    protected override async Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call)
    {
        if (RedactionIn(arguments, out string fault) is not { } redaction)
        {
            return ToolAnswer.Error($"redact was not run. {fault}");
        }

        if (!arguments.Of(Confirm))
        {
            return RedactionText.Of(
                call.Project.PreviewRedaction(redaction), "To erase this, repeat the call with confirm: true. It cannot be undone.");
        }

        var author = Author.Of(await call.Projects.UserAsync(), call.Agent);
        return RedactionText.Of(await call.Project.RedactAsync(redaction, author, arguments.Of(Reason), call.Cancel));
    }

    // Null after a fault.
    private static Redaction? RedactionIn(Arguments arguments, out string fault)
    {
        Parameter[] given = [.. new Parameter[] { Events, Entity, User, Containing }.Where(arguments.Has)];
        fault = given.Length == 0 ? "Give one of `events`, `entity`, `user` or `containing`."
            : $"Give only one of {string.Join(", ", given.Select(one => $"`{one.Name}`"))}.";
        if (given is not [var only])
        {
            return null;
        }

        return only == Entity ? Redaction.OfEntity(arguments.Text(Entity))
            : only == User ? Redaction.OfUser(arguments.Text(User))
            : only == Containing ? Redaction.OfText(arguments.Text(Containing))
            : Redaction.OfEvents(arguments.Of(Events));
    }
}
