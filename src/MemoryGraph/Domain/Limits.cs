namespace MemoryGraph.Domain;

/// <summary>
/// Bounds on what a call may bring. They hold for arguments only: events that a command derives, and imports, may be
/// longer, because history must be able to hold what once was accepted.
/// </summary>
public static class Limits
{
    /// <summary>Longest name of an entity, in UTF-16 characters.</summary>
    public const int NameCharacters = 256;

    /// <summary>Longest entity type or relation type.</summary>
    public const int TypeCharacters = 64;

    /// <summary>Longest observation.</summary>
    public const int ObservationCharacters = 4_000;

    /// <summary>Longest reason given for a call.</summary>
    public const int ReasonCharacters = 500;

    /// <summary>Longest text to search for.</summary>
    public const int QueryCharacters = 1_000;

    /// <summary>Most items (entities, observations, relations) in one list of a call.</summary>
    public const int ItemsPerCall = 1_000;

    /// <summary>Longest user and longest agent name kept in an event; longer ones are cut.</summary>
    public const int AuthorCharacters = 128;
}
