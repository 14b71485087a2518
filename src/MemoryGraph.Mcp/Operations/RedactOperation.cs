using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Terminals;
using MemoryGraph.Memory;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Erases text for good, previewed first.</summary>
internal static class RedactOperation
{
    private const string FromInput = "-";

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

    public static Operation Redact { get; } = new(
        new ToolDeclaration(
            "redact",
            "Erase for good",
            "Erase personal data or secrets from all of history; it cannot be undone. Give exactly one of events, "
            + "entity, user, containing. To withdraw what is merely wrong, use delete_observation or undo.",
            Hints.TakesAway,
            Events, Entity, User, Containing, Confirm, Reason),
        RunAsync)
    {
        Command = new CommandForm(
            "redact",
            "Erase text for good from every file of the memory; ids, times and hashes stay and still verify. "
            + "Shows what would be erased, and does it with --yes.",
            new("event", Events, "These events, as 41-45 50, and those that repeat their text."),
            new("--entity", Entity, "All about this entity, and whatever mentions its name.", "name"),
            new("--user-name", User, ValueName: "name"),
            new(
                "--containing",
                Containing,
                "All that holds this text; case and accents do not matter. With - it is read from standard input, "
                + "so that it does not stay in the shell's history.",
                "text"),
            new("--yes", Confirm, "Erase. It cannot be undone."),
            new("--reason", Reason)),
    };

    private static async Task<Answer> RunAsync(Arguments arguments, CallContext call)
    {
        Parameter[] given = [.. new Parameter[] { Events, Entity, User, Containing }.Where(arguments.Has)];
        if (given is not [var only])
        {
            return Answer.Faulty(
                call.Terminal is not null ? "Give events, --entity, --user-name or --containing; exactly one of them."
                : given.Length == 0 ? "redact was not run. Give one of `events`, `entity`, `user` or `containing`."
                : $"redact was not run. Give only one of {string.Join(", ", given.Select(one => $"`{one.Name}`"))}.");
        }

        Redaction redaction = only == Entity ? Redaction.OfEntity(arguments.Text(Entity))
            : only == User ? Redaction.OfUser(arguments.Text(User))
            : only == Containing ? Redaction.OfText(TextToErase(arguments.Text(Containing), call.Terminal))
            : Redaction.OfEvents(arguments.Of(Events));
        if (!arguments.Of(Confirm))
        {
            return RedactionText.Of(
                call.Project.PreviewRedaction(redaction),
                call.Terminal is null ? "To erase this, repeat the call with confirm: true. It cannot be undone."
                    : "With --yes this is done. It cannot be undone.");
        }

        var author = Author.Of(await call.Projects.UserAsync(), call.RecordedAgent);
        return RedactionText.Of(await call.Project.RedactAsync(redaction, author, arguments.Of(Reason), call.Cancel));
    }

    private static string TextToErase(string given, Terminal? terminal) =>
        terminal is not null && given == FromInput ? terminal.Input().ReadToEnd().TrimEnd('\r', '\n') : given;
}
