using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>The reference server's search: the words as they are, anywhere in a name, a type or a statement.</summary>
/// <remarks>Case aside, as JavaScript sees it. Nothing is found by parts, by likeness or without diacritics.</remarks>
internal sealed class SubstringSearch(string query)
{
    private readonly string _inTexts = JavaScriptCase.ToLower(query.Replace("\r\n", "\n", StringComparison.Ordinal));

    // Names and types are stored with their letters composed.
    private readonly string _inNames = JavaScriptCase.ToLower(LetterComposition.Compose(query));

    public bool Finds(PlainEntity entity) =>
        Has(entity.Name, _inNames) || Has(entity.EntityType, _inNames) || entity.Observations.Any(text => Has(text, _inTexts));

    private static bool Has(string text, string sought) => JavaScriptCase.ToLower(text).Contains(sought, StringComparison.Ordinal);
}
