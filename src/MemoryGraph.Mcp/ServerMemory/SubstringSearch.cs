using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>
/// The reference server's search: the whole query as a substring of a name, a type or an observation.
/// </summary>
/// <remarks>Ignores case as JavaScript does; no single words, no similar words, no missing diacritics.</remarks>
internal sealed class SubstringSearch(string query)
{
    private readonly string _inTexts = JavaScriptCase.ToLower(query.Replace("\r\n", "\n", StringComparison.Ordinal));

    // Names and types are stored in composed form.
    private readonly string _inNames = JavaScriptCase.ToLower(LetterComposition.Compose(query));

    public bool Finds(PlainEntity entity) =>
        Has(entity.Name, _inNames) || Has(entity.EntityType, _inNames)
        || entity.Observations.Any(text => Has(text, _inTexts));

    private static bool Has(string text, string sought) =>
        JavaScriptCase.ToLower(text).Contains(sought, StringComparison.Ordinal);
}
