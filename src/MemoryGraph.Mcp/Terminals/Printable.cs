namespace MemoryGraph.Mcp.Terminals;

/// <summary>Text as a terminal may be given it: on one line, without letters that steer it.</summary>
/// <remarks>
/// A log can come from anywhere, and what is stored in it must not move the cursor, set a title, or turn the direction
/// of what follows. Such letters are shown, not left out: U+001B as ␛. A tab is a space.
/// </remarks>
internal static class Printable
{
    private const char FirstPicture = '\u2400';
    private const char DeletePicture = '\u2421';
    private const char Replacement = '\uFFFD';

    public static string Line(string text) => !text.Any(Steers)
        ? text
        : string.Create(text.Length, text, (shown, said) =>
    {
        for (int i = 0; i < shown.Length; i++)
        {
            shown[i] = Steers(said[i]) ? Stand(said[i]) : said[i];
        }
    });

    private static char Stand(char c) => c switch
    {
        '\t' => ' ',
        < ' ' => (char)(FirstPicture + c),
        '\u007F' => DeletePicture,
        _ => Replacement,
    };

    // Control characters, and those that override or isolate the direction of writing.
    private static bool Steers(char c) =>
        char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
