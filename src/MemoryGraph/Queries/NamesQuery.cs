using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Queries;

/// <summary>
/// Which entities may be meant by the beginning of a name, as somebody types it. Case and diacritics do not matter.
/// </summary>
/// <param name="Typed">What was typed so far; empty for all names.</param>
/// <param name="Most">How many names to give.</param>
/// <remarks>Cost: the name of every live entity is folded.</remarks>
public sealed record NamesQuery(string Typed, int Most) : Query<NamesAnswer>
{
    internal override NamesAnswer Read(QueryContext context)
    {
        GraphView view = context.Graph.AsOf(context.Latest);
        string typed = LetterFolding.Fold(Typed.Trim());
        (int Rank, string Folded, string Name)[] meant =
        [
            .. from entity in view.Entities()
               let name = view.NameOf(entity)
               let folded = LetterFolding.Fold(name)
               let place = folded.IndexOf(typed, StringComparison.Ordinal)
               where place >= 0
               select (Rank(folded, typed, place), folded, name),
        ];
        return new NamesAnswer(
            meant.Length,
            [
                .. meant.OrderBy(one => one.Rank).ThenBy(one => one.Folded, StringComparer.Ordinal)
                    .ThenBy(one => one.Name, StringComparer.Ordinal).Take(Most).Select(one => one.Name),
            ]);
    }

    // Names that begin with it, then those with a word that does, then those that have it somewhere.
    private static int Rank(string folded, string typed, int place)
    {
        if (place == 0)
        {
            return 0;
        }

        for (; place >= 0; place = folded.IndexOf(typed, place + 1, StringComparison.Ordinal))
        {
            if (!char.IsLetterOrDigit(folded[place - 1]))
            {
                return 1;
            }
        }

        return 2;
    }
}

/// <summary>Names that may be meant.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Names">
/// The first of them: names that begin so, then those with a word that does, then others; by letter.
/// </param>
public sealed record NamesAnswer(int Count, IReadOnlyList<string> Names);
