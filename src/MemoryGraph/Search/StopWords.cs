using System.Collections.Frozen;
using System.Text;

namespace MemoryGraph.Search;

/// <summary>Words of a question that say how it is asked and not what about.</summary>
/// <remarks>
/// A word counts as written, in small letters and with its diacritics: <c>đo</c> (measure) is none though <c>do</c> is.
/// Without diacritics most Vietnamese function words are something else as well (<c>dang nhap</c> is to log in,
/// <c>bi</c>, <c>ai</c> and <c>la</c> have other lives); those count only beside a word that shows the question to be
/// Vietnamese, and <c>dang</c> never.
/// </remarks>
internal static class StopWords
{
    private static readonly FrozenSet<string> English = Set(
        "a an and any are as at be been but by can could did do does for from had has have how i if in into is it its let me my "
        + "not of on or our please s shall she he should so some t tell than that the their them then there these they this "
        + "those to us was we were what whats when where which who whom whose why will with would you your about again am "
        + "because being both did during each ever few had having here him his her just more most no nor now only other "
        + "over own same such too until up very while remember know knows don doesn didn isn wasn");

    private static readonly FrozenSet<string> Vietnamese = Set(
        "là của và có được cho trong với này đó các những một không thì mà như nào gì ai sao khi ở để bị đã sẽ đang rồi về từ do vì "
        + "tại đâu thế bao nhiêu giờ hãy nhé à ạ hay hoặc nếu cũng chỉ lại ra vào lên nên phải cần bởi theo tới đến cái con việc "
        + "chúng ta tôi mình bạn họ nó ấy kia vậy");

    // Nothing else is written so.
    private static readonly FrozenSet<string> VietnamesePlain = Set("cua duoc khong nhung trong voi nhu nao cac mot nhieu chung");

    private static readonly FrozenSet<string> VietnameseAmbiguous = Set(
        "la va co cho nay do thi ma gi ai sao khi o de bi da se roi ve tu vi tai dau the bao gio toi den vay phai can boi hay");

    /// <summary>Which words of a question are stop words.</summary>
    /// <param name="words">As written, in small letters, composed.</param>
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
