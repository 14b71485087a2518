using System.Collections.Frozen;
using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Search;

/// <summary>The words of a search query, parsed.</summary>
/// <remarks>
/// Stop words only help to recognise a phrase, unless there are no other words or they are quoted. An identifier
/// (parseJson) is searched by its parts.
/// </remarks>
internal sealed class QueryWords
{
    // Words are bits of a number; later ones are ignored.
    private const int WordsMax = 64;

    private readonly List<QueryWord> _all = [];
    private readonly List<(int First, int Last)> _quoted = [];

    public QueryWords(string text)
    {
        // Every other piece between quotation marks is a quotation, but not what follows an unpaired one.
        string[] pieces = LetterComposition.Compose(text).Split('"', '“', '”');
        for (int piece = 0; piece < pieces.Length; piece++)
        {
            Add(pieces[piece], isQuoted: piece % 2 == 1 && piece < pieces.Length - 1);
        }

        if (_all.Count == 0)
        {
            // Symbols count where there is nothing else.
            _all.AddRange(
                Words.Split(text).Take(WordsMax).Select(word => new QueryWord(word.Text, word.Text, IsQuoted: false)));
        }

        bool[] stops = StopWords.In([.. _all.Select(word => word.Written)]);
        QueryWord[] main = [.. _all.Where((word, place) => word.IsQuoted || !stops[place])];
        Main = main.Length > 0 ? main : [.. _all];
        Terms = [.. Main.Select(word => word.Folded).Distinct()];
    }

    /// <summary>Whether words were ignored because there are too many.</summary>
    public bool IsCut { get; private set; }

    /// <summary>All words in order.</summary>
    public IReadOnlyList<QueryWord> All => _all;

    /// <summary>The words that are searched, in order: without stop words.</summary>
    public IReadOnlyList<QueryWord> Main { get; }

    /// <summary>The main words, folded, without duplicates.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>Quotations by their first and last word.</summary>
    public IReadOnlyList<(int First, int Last)> Quoted => _quoted;

    private void Add(string text, bool isQuoted)
    {
        int first = _all.Count;
        foreach (string piece in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (piece.EnumerateRunes().Any(Rune.IsLetterOrDigit))
            {
                string[] words = [.. Words.Split(piece).Where(word => !word.IsCompound).Select(word => word.Text)];
                string? written = words.Length == 1 ? WithoutPunctuation(piece) : null;
                IsCut |= words.Length > WordsMax - _all.Count;
                _all.AddRange(words.Take(WordsMax - _all.Count)
                    .Select(word => new QueryWord(word, written ?? word, isQuoted)));
            }
        }

        if (isQuoted && _all.Count > first)
        {
            _quoted.Add((first, _all.Count - 1));
        }
    }

    private static string WithoutPunctuation(string piece)
    {
        int first = 0;
        int end = piece.Length;
        while (first < end && char.IsAscii(piece[first]) && !char.IsAsciiLetterOrDigit(piece[first]))
        {
            first++;
        }

        while (end > first && char.IsAscii(piece[end - 1]) && !char.IsAsciiLetterOrDigit(piece[end - 1]))
        {
            end--;
        }

        return piece[first..end].ToLowerInvariant();
    }
}

/// <summary>A word of a query.</summary>
/// <param name="Folded">As the index has it.</param>
/// <param name="Written">In lower case, with its diacritics.</param>
internal sealed record QueryWord(string Folded, string Written, bool IsQuoted);

/// <summary>A word of a query, expanded to the words of the index that match it.</summary>
/// <param name="Words">
/// With their weights: 1 for the word itself, less for another form of it. If no live fact uses any of these, words with
/// that prefix; if there are none either, words it may be a typo of.
/// </param>
/// <param name="IsTypo">Whether the words are spelt differently from what was asked.</param>
internal sealed record QueryTerm(string Asked, IReadOnlyList<(int Word, double Weight)> Words, bool IsTypo)
{
    private const double OtherFormWeight = 0.8;
    private const double PrefixWeight = 0.6;
    private const double TypoWeight = 0.5;

    // The more words stand for one, the less each says.
    private const int WordsMax = 256;
    private const int TyposMax = 8;

    /// <summary>Expands a word as of a point.</summary>
    /// <remarks>Only words used up to the point count, and only if a fact that uses them is still live there.</remarks>
    public static QueryTerm Expand(GraphView view, SearchIndex index, string asked)
    {
        int exact = index.Words.Find(asked);
        List<(int Word, double Weight)> words = exact < 0 ? [] : [(exact, 1)];
        words.AddRange(index.Words.WithStemOf(asked).Where(word => word != exact).Order()
            .Select(word => (word, OtherFormWeight)));
        if (IsAnyLive(view, index, words))
        {
            return new QueryTerm(asked, words, IsTypo: false);
        }

        words = [.. index.Words.WithPrefix(asked).Where(IsUsed).Take(WordsMax).Select(word => (word, PrefixWeight))];
        if (IsAnyLive(view, index, words))
        {
            return new QueryTerm(asked, words, IsTypo: false);
        }

        // A word of three letters or fewer is within a typo or two of far too many others.
        int maxDistance = asked.Length < 4 ? 0 : asked.Length < 8 ? 1 : 2;
        (int Word, int Distance)[] near =
        [
            .. (maxDistance == 0 ? [] : index.Words.Near(asked, maxDistance))
                .Where(one => IsUsed(one.Word) && IsAnyLive(view, index, [(one.Word, TypoWeight)])),
        ];
        int nearest = near.Length == 0 ? 0 : near.Min(one => one.Distance);
        words = [.. near.Where(one => one.Distance == nearest).Take(TyposMax).Select(one => (one.Word, TypoWeight))];
        return new QueryTerm(asked, words, IsTypo: words.Count > 0);

        bool IsUsed(int word) => index.FirstEventOf(word) <= view.Point.Value;
    }

    private static bool IsAnyLive(GraphView view, SearchIndex index, IEnumerable<(int Word, double Weight)> words)
    {
        foreach ((int word, _) in words)
        {
            foreach (IndexField field in (ReadOnlySpan<IndexField>)[IndexField.Text, IndexField.Name])
            {
                if (index.Words.ListOf(word, field) is >= 0 and var list)
                {
                    PostingIterator postings = index.Lists.Open(list, (int)view.Point.Value);
                    for (; postings.Id > 0; postings.Next())
                    {
                        if (EntityMatch.OwnerOf(view, new EventId(postings.Id)) is not null)
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

/// <summary>English and Vietnamese words that say how a question is asked, not what about.</summary>
/// <remarks>
/// Words are compared as written, with their diacritics: <c>đo</c> (measure) is no stop word though <c>do</c> is. Without
/// diacritics most Vietnamese function words are other words too (<c>dang nhap</c> is to log in); those count only beside
/// a word that shows the question to be Vietnamese, and <c>dang</c> never.
/// </remarks>
internal static class StopWords
{
    private static readonly FrozenSet<string> English = Set(
        "a an and any are as at be been but by can could did do does for from had has have how i if in into is it its "
        + "let me my not of on or our please s shall she he should so some t tell than that the their them then there "
        + "these they this those to us was we were what whats when where which who whom whose why will with would you "
        + "your about again am because being both did during each ever few had having here him his her just more most "
        + "no nor now only other over own same such too until up very while remember know knows don doesn didn isn wasn");

    private static readonly FrozenSet<string> Vietnamese = Set(
        "là của và có được cho trong với này đó các những một không thì mà như nào gì ai sao khi ở để bị đã sẽ đang rồi "
        + "về từ do vì tại đâu thế bao nhiêu giờ hãy nhé à ạ hay hoặc nếu cũng chỉ lại ra vào lên nên phải cần bởi theo "
        + "tới đến cái con việc chúng ta tôi mình bạn họ nó ấy kia vậy");

    // No other word is written so.
    private static readonly FrozenSet<string> VietnamesePlain =
        Set("cua duoc khong nhung trong voi nhu nao cac mot nhieu chung");

    private static readonly FrozenSet<string> VietnameseAmbiguous = Set(
        "la va co cho nay do thi ma gi ai sao khi o de bi da se roi ve tu vi tai dau the bao gio toi den vay phai can boi "
        + "hay");

    /// <summary>Which words of a question are stop words.</summary>
    /// <param name="words">As written, in lower case, composed.</param>
    public static bool[] In(IReadOnlyList<string> words)
    {
        bool vietnamese = words.Any(word => VietnamesePlain.Contains(word) || IsMarked(word));
        return
        [
            .. words.Select(word => English.Contains(word) || VietnamesePlain.Contains(word) || IsMarked(word)
                || (vietnamese && (VietnameseAmbiguous.Contains(word) || Vietnamese.Contains(word)))),
        ];
    }

    private static bool IsMarked(string word) => Vietnamese.Contains(word) && !Ascii.IsValid(word);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
