namespace MemoryGraph.Domain;

/// <summary>One change asked for. It is decided as a whole: everything in it is recorded, or nothing.</summary>
/// <remarks>
/// All are idempotent by content: what already holds records nothing, so repeating a call whose answer was lost is
/// safe. Texts must have been checked against <see cref="Limits"/> and <see cref="StoredText"/> by
/// whoever took them in.
/// </remarks>
public abstract record Command
{
    private protected Command()
    {
    }

    /// <summary>Why, in the words of whoever asked; null when not said.</summary>
    public string? Reason { get; init; }
}

/// <summary>
/// Makes a named thing known, with statements about it. One that exists gets the statements it lacks.
/// </summary>
/// <param name="Name">Trimmed and composed before use.</param>
/// <param name="EntityType">Ignored, with a notice, where the entity exists with another type.</param>
/// <param name="Observations">Statements; may be empty.</param>
public sealed record CreateEntity(string Name, string EntityType, IReadOnlyList<string> Observations) : Command;

/// <summary>Adds statements to an entity that exists.</summary>
/// <param name="Entity">Its exact name.</param>
/// <param name="Observations">At least one.</param>
/// <param name="Supersedes">A statement that the new ones replace, by its text or as <c>#42</c>; null for none.</param>
public sealed record AddObservations(string Entity, IReadOnlyList<string> Observations, string? Supersedes = null) : Command;

/// <summary>Links two entities that exist. Where the link exists, dates that differ are updated.</summary>
/// <param name="From">Exact name of the entity it starts at.</param>
/// <param name="RelationType">What the link says: <c>depends_on</c>.</param>
/// <param name="To">Exact name of the entity it leads to.</param>
/// <param name="ValidFrom">First day on which it held; null says nothing, empty clears what was said.</param>
/// <param name="ValidTo">First day on which it no longer held; null says nothing, empty clears what was said.</param>
public sealed record CreateRelation(
    string From, string RelationType, string To, string? ValidFrom = null, string? ValidTo = null) : Command;

/// <summary>Many entities and relations at once; relations may join entities of the same call.</summary>
/// <param name="Entities">Decided in order, like <see cref="CreateEntity"/>.</param>
/// <param name="Relations">Decided after the entities, in order, like <see cref="CreateRelation"/>.</param>
public sealed record Remember(IReadOnlyList<CreateEntity> Entities, IReadOnlyList<CreateRelation> Relations) : Command;

/// <summary>Gives an entity another name, another type, or both; its observations and relations stay with it.</summary>
/// <param name="Entity">Its exact name.</param>
/// <param name="NewName">Null to keep the name.</param>
/// <param name="EntityType">Null to keep the type.</param>
/// <param name="Merge">When the new name is another entity's, make the two one, which keeps that name.</param>
public sealed record UpdateEntity(string Entity, string? NewName, string? EntityType, bool Merge = false) : Command;

/// <summary>Ends an entity with its observations and relations. History keeps them.</summary>
/// <param name="Entity">Its exact name.</param>
public sealed record DeleteEntity(string Entity) : Command;

/// <summary>Withdraws statements about an entity.</summary>
/// <param name="Entity">Its exact name.</param>
/// <param name="Observations">Each by its exact text or as <c>#42</c>.</param>
public sealed record DeleteObservations(string Entity, IReadOnlyList<string> Observations) : Command;

/// <summary>Ends a link.</summary>
/// <param name="From">Exact name of the entity it starts at.</param>
/// <param name="RelationType">Its type.</param>
/// <param name="To">Exact name of the entity it leads to.</param>
public sealed record DeleteRelation(string From, string RelationType, string To) : Command;

/// <summary>Takes calls back with new events that remove, restore or change back; history only grows.</summary>
/// <remarks>
/// Three-way for each fact that a call touched: what it left behind and still stands goes back to what was before; what
/// was changed since, or what a later fact builds on, is a conflict, and nothing is recorded. Calls are taken back
/// newest first. After taking back the last calls of a log the graph is that of a log without them.
/// </remarks>
/// <param name="Target">Which calls. Undo, redo and what the log records of itself are passed over.</param>
/// <param name="Force">Do what can be done and tell the rest, instead of refusing at a conflict.</param>
public sealed record Undo(UndoTarget Target, bool Force = false) : Command;

/// <summary>Takes undo calls back, in the same way: what they took back holds again.</summary>
/// <param name="Target">Which undo calls, or which calls that an undo took back.</param>
/// <param name="Force">Do what can be done and tell the rest, instead of refusing at a conflict.</param>
public sealed record Redo(UndoTarget Target, bool Force = false) : Command;
