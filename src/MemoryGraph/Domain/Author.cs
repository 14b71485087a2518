using MemoryGraph.Text;

namespace MemoryGraph.Domain;

/// <summary>Who a change is made for and by which program.</summary>
/// <param name="User">The person, as configured or as git or the system knows them.</param>
/// <param name="Agent">
/// The client that asked, as it named itself: <c>cursor/1.7</c>; empty when it gave no name.
/// </param>
public sealed record Author(string User, string Agent)
{
    /// <summary>Cleans both names so that they fit an event (see <see cref="StoredText.CleanAuthor"/>).</summary>
    public static Author Of(string? user, string? agent) =>
        new(StoredText.CleanAuthor(user), StoredText.CleanAuthor(agent));

    /// <summary>
    /// Whether the agent is the one that people mean: by its whole name or without the version, in any case.
    /// </summary>
    /// <remarks>
    /// The version stands behind the last slash: <c>acme/helper/2.0</c> is meant by <c>acme/helper</c>, not by
    /// <c>acme</c>.
    /// </remarks>
    public bool IsAgent(string name)
    {
        string folded = LetterFolding.Fold(Agent);
        string asked = LetterFolding.Fold(name.Trim());
        int version = folded.LastIndexOf('/');
        return folded == asked || (version >= 0 && folded.AsSpan(0, version).SequenceEqual(asked));
    }

    /// <summary>For people: <c>duyan via cursor/1.7</c>.</summary>
    public override string ToString() => (User.Length, Agent.Length) switch
    {
        (0, 0) => "unknown",
        (0, _) => Shown(Agent),
        (_, 0) => Shown(User),
        _ => $"{Shown(User)} via {Shown(Agent)}",
    };

    // Names come from outside and stand in the middle of a line, where these letters are structure.
    private static string Shown(string name) => name.AsSpan().IndexOfAny(":\"#") < 0 ? name : Quoted.Name(name);
}
