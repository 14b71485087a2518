using MemoryGraph.Text;

namespace MemoryGraph.Domain;

/// <summary>A command's or question's "no": what is wrong, and the next step.</summary>
/// <param name="Code">Stable and machine readable.</param>
/// <param name="Message">Sentences that a model can act on; they quote stored names, on one line.</param>
public sealed record Refusal(string Code, string Message)
{
    internal static Refusal EntityNotFound(string name, IReadOnlyList<string> near) => new(
        "entity_not_found",
        $"There is no entity {Quoted.Name(name)}."
        + (near.Count > 0
            ? $" Nearest names: {Quoted.Names(near)}. Use the exact name."
            : " No name is like it. Find the name with search_nodes, or make the entity with create_entity."));

    /// <remarks>In the reference memory server's words, name as asked for and all: its clients know them.</remarks>
    internal static Refusal NothingNamed(string asked) => new("entity_not_found", $"Entity with name {asked} not found");

    internal static Refusal ObservationNotFound(string entity, string text, IReadOnlyList<string> near) => new(
        "observation_not_found",
        $"{Quoted.Name(entity)} has no observation with the text {Quoted.Text(text)}. Nothing was changed. "
        + (near.Count > 0
            ? $"Nearest: {string.Join(", ", near)}. Give the exact text, or its number as \"#42\"."
            : "It has no observation like it; open_nodes shows what it has."));

    internal static Refusal RelationNotFound(string from, string relationType, string to, IReadOnlyList<string> between) => new(
        "relation_not_found",
        $"There is no relation {Quoted.Link(from, relationType, to)}. Nothing was changed. "
        + (between.Count > 0 ? $"Between the two there are: {string.Join(", ", between)}." : "Nothing leads from the one to the other."));

    internal static Refusal RelationTypeNotFound(string relationType, IReadOnlyList<string> inUse) => new(
        "relation_type_not_found",
        $"No relation has the type {Quoted.Name(relationType)}. "
        + (inUse.Count > 0 ? $"Types in use, nearest first: {string.Join(", ", inUse.Select(Quoted.Word))}." : "There are no relations."));

    internal static Refusal NameTaken(string name, EventId holder) => new(
        "name_taken",
        $"{Quoted.Name(name)} is the name of another entity ({holder}). Choose another name, or pass merge: true to make the "
        + "two one: all observations and relations will be kept under that name.");

    internal static Refusal NothingToDo(string argument) => new(
        "nothing_asked", $"Nothing was asked for: give {argument}.");

    internal static Refusal ValidityReversed(Validity validity) => new(
        "validity_reversed",
        $"validFrom {validity.From} is not before validTo {validity.To}. validTo is the first day on which it no longer held.");

    internal static Refusal CallTooLong(int events) => new(
        "call_too_long",
        FormattableString.Invariant($"The change would take {events} events, more than one call can hold. Split it into several calls."));
}
