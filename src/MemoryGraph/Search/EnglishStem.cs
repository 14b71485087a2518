using System.Buffers;
using System.Collections.Frozen;

namespace MemoryGraph.Search;

/// <summary>What the forms of an English word share: <c>decided</c>, <c>decides</c> and <c>decision</c> have <c>decid</c>.</summary>
/// <remarks>
/// A few rules in the manner of Porter (An algorithm for suffix stripping, 1980) and the irregular verbs that people
/// use of their work. It errs on the side of leaving words apart. Words of fewer than four letters, and those with
/// anything but ASCII letters, are left as they are; so are nearly all Vietnamese words, as they have none of the
/// endings.
/// </remarks>
internal static class EnglishStem
{
    private const int LettersLeast = 3;

    // A stem as the rules give it for the regular forms, and the forms that they do not lead to it.
    private const string IrregularForms =
        "begin began begun, break broke broken, bring brought, build built, catch caught, "
        + "choos chose chosen choice, draw drew drawn, fal fell fallen, feel felt, find found, "
        + "freez froze frozen, giv gave given, grow grew grown, hold held, "
        + "hid hidden, keep kept, know knew known, leav left, "
        + "los lost loss, mak made, mean meant, run ran, rebuild rebuilt, "
        + "rewrit rewrote rewritten, ris rose risen, say said says, send sent, spend spent, "
        + "speak spoke spoken, steal stole stolen, stand stood, teach taught, think thought, "
        + "throw threw thrown, tel told, tak took taken, go went goes gone, "
        + "writ wrote written";

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Irregular = IrregularForms
        .Split(", ").Select(forms => forms.Split(' '))
        .SelectMany(forms => forms.Skip(1), (forms, form) => (Stem: forms[0], Form: form))
        .ToFrozenDictionary(one => one.Form, one => one.Stem, StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The stem of a folded word; empty when it is no English word.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> word)
    {
        if (word.Length < 2 || word.ContainsAnyExceptInRange('a', 'z'))
        {
            return [];
        }

        if (Irregular.TryGetValue(word, out string? stem))
        {
            return stem;
        }

        return word.Length <= LettersLeast ? word : Ending(Inflection(Plural(word)));
    }

    private static ReadOnlySpan<char> Plural(ReadOnlySpan<char> word) => word switch
    {
        [.., 'i', 'e', 's'] => word[..^2],
        [.., 's', 's'] or [.., 'u', 's'] or [.., 'i', 's'] => word,
        [.., 's'] => word[..^1],
        _ => word,
    };

    // deployed, deploying; needs, and bring and speed, stay.
    private static ReadOnlySpan<char> Inflection(ReadOnlySpan<char> word) => word switch
    {
        [.., 'i', 'e', 'd'] => word[..^2],
        [.., 'e', 'e', 'd'] => word,
        [.., 'e', 'd'] => Without(word, 2),
        [.., 'i', 'n', 'g'] => Without(word, 3),
        [.., 'l', 'y'] => Without(word, 2),
        _ => word,
    };

    // One after the other: documentation, document, docu.
    private static ReadOnlySpan<char> Ending(ReadOnlySpan<char> word)
    {
        word = word switch
        {
            [.., 'a', 't', 'i', 'o', 'n'] => Without(word, 5),
            [.., 'i', 's', 'i', 'o', 'n'] => Decided(word),
            [.., 't', 'i', 'o', 'n'] or [.., 's', 'i', 'o', 'n'] => Without(word, 3),
            [.., 'm', 'e', 'n', 't'] => Without(word, 4),
            _ => word,
        };
        word = word is [.., 'e'] && word.Length > LettersLeast ? word[..^1] : word;
        word = word is [.., 'a', 't'] ? Without(word, 2) : word;
        return word switch
        {
            [.., 'y'] when word.Length > LettersLeast => string.Concat(word[..^1], "i"),
            [.., var last, var same] when last == same && word.Length > LettersLeast => word[..^1],
            _ => word,
        };
    }

    private static ReadOnlySpan<char> Decided(ReadOnlySpan<char> word) =>
        word.Length >= LettersLeast + 5 ? string.Concat(word[..^5], "id") : word;

    // Without its ending, if what is left is long enough to be told by, and could be spoken.
    private static ReadOnlySpan<char> Without(ReadOnlySpan<char> word, int ending) =>
        word.Length - ending >= LettersLeast && word[..^ending].ContainsAny(Vowels) ? word[..^ending] : word;
}
