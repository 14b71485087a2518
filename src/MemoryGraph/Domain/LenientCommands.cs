namespace MemoryGraph.Domain;

// What the reference memory server's clients ask for. Where the commands of Command.cs refuse, these pass over: what is
// there already is not made again, what is not there need not be deleted. Each is one call of many items.

/// <summary>
/// Makes named things known. One that somebody has spoken of stays as it is: it gets neither type nor statements.
/// </summary>
/// <param name="Entities">Decided in order; may be empty.</param>
public sealed record CreateMissingEntities(IReadOnlyList<CreateEntity> Entities) : Command;

/// <summary>
/// Links things by name. A link that exists stays as it is; a name that nobody knows becomes an entity that is only
/// implied.
/// </summary>
/// <param name="Relations">Decided in order; what they say of dates is ignored. May be empty.</param>
public sealed record CreateMissingRelations(IReadOnlyList<CreateRelation> Relations) : Command;

/// <summary>Adds statements to entities. One entity that nobody has spoken of refuses the whole call.</summary>
/// <param name="Items">Decided in order; what they supersede is ignored. May be empty, and so may each.</param>
public sealed record AddMissingObservations(IReadOnlyList<AddObservations> Items) : Command;

/// <summary>Ends entities, those that are only implied too, with what is said of them.</summary>
/// <param name="Entities">Exact names; may be empty.</param>
public sealed record DeleteAnyEntities(IReadOnlyList<string> Entities) : Command;

/// <summary>Withdraws statements about entities, each by its exact text.</summary>
/// <param name="Items">May be empty, and so may each.</param>
public sealed record DeleteAnyObservations(IReadOnlyList<DeleteObservations> Items) : Command;

/// <summary>Ends links.</summary>
/// <param name="Relations">May be empty.</param>
public sealed record DeleteAnyRelations(IReadOnlyList<DeleteRelation> Relations) : Command;
