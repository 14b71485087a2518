using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Search;

/// <summary>A word that is asked for, and the words of the memory that are taken for it.</summary>
/// <param name="Words">
/// With how much each counts: the word itself 1, another form of it less. Where none of these is in anything known at
/// the point, words that begin with it; where there are none either, words that it may be a slip of the keyboard for.
/// </param>
/// <param name="IsSlip">Whether the words are spelt otherwise than was asked.</param>
internal sealed record SearchTerm(string Asked, IReadOnlyList<(int Word, double Weight)> Words, bool IsSlip)
{
    private const double OtherForm = 0.8;
    private const double Longer = 0.6;
    private const double Slip = 0.5;

    // The more words stand for one, the less each says.
    private const int WordsMax = 256;
    private const int SlipsMax = 8;

    /// <summary>Finds the words for one.</summary>
    /// <remarks>
    /// Whether it, or a word like it, was said at another time makes no difference: only words count that were said by
    /// the point, and they lead on only if something that they say is known there.
    /// </remarks>
    public static SearchTerm Find(GraphView view, SearchIndex index, string asked)
    {
        int itself = index.Words.Find(asked);
        List<(int Word, double Weight)> words = itself < 0 ? [] : [(itself, 1)];
        words.AddRange(index.Words.WithStemOf(asked).Where(word => word != itself).Order().Select(word => (word, OtherForm)));
        if (SayAnythingKnown(view, index, words))
        {
            return new SearchTerm(asked, words, IsSlip: false);
        }

        words = [.. index.Words.LongerThan(asked).Where(Said).Take(WordsMax).Select(word => (word, Longer))];
        if (SayAnythingKnown(view, index, words))
        {
            return new SearchTerm(asked, words, IsSlip: false);
        }

        // A word of three letters or fewer is a step or two from far too many others.
        int slips = asked.Length < 4 ? 0 : asked.Length < 8 ? 1 : 2;
        (int Word, int Distance)[] near =
        [
            .. (slips == 0 ? [] : index.Words.Near(asked, slips))
                .Where(one => Said(one.Word) && SayAnythingKnown(view, index, [(one.Word, Slip)])),
        ];
        int nearest = near.Length == 0 ? 0 : near.Min(one => one.Distance);
        words = [.. near.Where(one => one.Distance == nearest).Take(SlipsMax).Select(one => (one.Word, Slip))];
        return new SearchTerm(asked, words, IsSlip: words.Count > 0);

        bool Said(int word) => index.FirstSaid(word) <= view.Point.Value;
    }

    private static bool SayAnythingKnown(GraphView view, SearchIndex index, IEnumerable<(int Word, double Weight)> words)
    {
        foreach ((int word, _) in words)
        {
            foreach (IndexField place in (ReadOnlySpan<IndexField>)[IndexField.Text, IndexField.Name])
            {
                if (index.Words.ListOf(word, place) is >= 0 and var list)
                {
                    PostingIterator said = index.Lists.Open(list, (int)view.Point.Value);
                    for (; said.Id > 0; said.MoveOn())
                    {
                        if (EntityMatch.Holds(view, new EventId(said.Id)))
                        {
                            return true;
                        }
                    }
                }
            }
        }

        return false;
    }
}
