using MemoryGraph.Text;

namespace MemoryGraph.Domain;

/// <summary>Which authors are asked for: those whose names hold what was said, in any case and with any diacritics.</summary>
/// <param name="user">Part of the user's name; null for any.</param>
/// <param name="agent">Part of the agent's name; null for any.</param>
internal sealed class AuthorFilter(string? user, string? agent)
{
    private readonly string? _user = user is null ? null : LetterFolding.Fold(user.Trim());
    private readonly string? _agent = agent is null ? null : LetterFolding.Fold(agent.Trim());

    public bool Passes(Author author) => Says(author.User, _user) && Says(author.Agent, _agent);

    private static bool Says(string name, string? folded) =>
        folded is null || LetterFolding.Fold(name).Contains(folded, StringComparison.Ordinal);
}
