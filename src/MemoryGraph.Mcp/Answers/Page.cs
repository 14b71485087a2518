using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Answers;

/// <summary>One line of an answer, put into words only when it is shown.</summary>
/// <param name="Text">Without newline.</param>
/// <param name="Under">The line of the item that this one belongs to; null when it begins an item itself.</param>
internal readonly record struct Row(Func<string> Text, Func<string>? Under = null);

/// <summary>
/// Lays out an answer that may be longer than a page: headline and cursor first, then lines, then the footer.
/// </summary>
/// <remarks>
/// A page ends after its limit of items or before its limit of characters, and always shows at least one line, cut if
/// it must be.
/// </remarks>
internal sealed class Page(PageRequest request)
{
    /// <summary>What an answer keeps to, in characters, so that no client cuts it.</summary>
    public const int CharactersMax = 8_000;

    // What is said of the next page, and of what was cut off a line; and the least that is left for lines.
    private const int TurnCharacters = 120;
    private const int CutCharacters = 40;
    private const int RoomLeast = 1_000;

    /// <summary>Lays out one page; only its rows and those before it are enumerated.</summary>
    public ToolAnswer Lay(Answer answer)
    {
        (string headline, string footer) = (answer.Headline, answer.Footer);
        int room = Math.Max(
            RoomLeast,
            CharactersMax - headline.Length - TurnCharacters - (request.Elsewhere?.Length ?? 0) - footer.Length);
        var body = new StringBuilder();
        int items = 0;
        int row = 0;
        int? next = null;
        foreach (Row one in answer.Rows)
        {
            if (row++ < request.FirstRow)
            {
                continue;
            }

            string context =
                body.Length == 0 && one.Under is not null ? $"{Cut(one.Under(), room / 3)} (continued)\n" : "";
            string text = Cut(one.Text(), room - context.Length - CutCharacters);
            bool full = body.Length + context.Length + text.Length >= room;
            if (body.Length > 0 && (full || (one.Under is null && items >= request.Limit)))
            {
                next = row - 1;
                break;
            }

            items += one.Under is null || context.Length > 0 ? 1 : 0;
            body.Append(context).Append(text).Append('\n');
        }

        string more = next is not { } first ? ""
            : request.Elsewhere is { } elsewhere ? $" Not everything fits here; {elsewhere} shows all, page by page."
            : $" More follow: cursor \"{new PageToken(answer.Point, first, request.Question)}\".";
        return new ToolAnswer($"{headline}{more}\n{body}{footer}");
    }

    private static string Cut(string text, int most)
    {
        // Whatever words a row is made of, it stays one line.
        string line = Quoted.OneLine(text);
        string start = Quoted.Cut(line, most);
        return start.Length == line.Length ? line
            : FormattableString.Invariant($"{start}… ({line.Length - start.Length} more characters)");
    }
}

/// <summary>Which page of an answer is asked for.</summary>
/// <param name="FirstRow">Rows to pass over.</param>
/// <param name="Limit">Most items.</param>
/// <param name="Question">Checksum of the call, for the next cursor.</param>
internal sealed record PageRequest(int FirstRow, int Limit, uint Question)
{
    /// <summary>The point that the first page was read at; null when this is the first.</summary>
    public AsOf? At { get; private init; }

    /// <summary>The call that shows what has no room here; null where the next page can be asked for.</summary>
    public string? Elsewhere { get; init; }

    /// <summary>The page that a call asks for.</summary>
    /// <param name="cursor">As the page before it gave it; null for the first page.</param>
    /// <returns>Null when the cursor is not one of this call.</returns>
    public static PageRequest? Of(string? cursor, int limit, uint question, out string? fault)
    {
        fault = null;
        if (cursor is null)
        {
            return new PageRequest(0, limit, question);
        }

        PageToken? token = PageToken.Parse(cursor);
        fault = token is null ? "`cursor` is not one that this tool gave. Leave it out to begin at the first page."
            : token.Question == question ? null
            : "`cursor` belongs to another call. Repeat that call's tool and arguments with it, or leave it out to "
                + "begin anew.";
        return fault is not null ? null : new PageRequest(token!.Row, limit, question) { At = AsOf.Of(token.Point) };
    }
}
