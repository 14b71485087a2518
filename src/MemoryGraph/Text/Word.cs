namespace MemoryGraph.Text;

/// <summary>A folded word of a text, as search compares it.</summary>
/// <param name="Text">Folded by <see cref="LetterFolding"/>; never empty.</param>
/// <param name="Position">
/// Counts the words of the text from 0. Neighbours in a phrase differ by one.
/// </param>
/// <param name="Parts">
/// 1, or for a compound such as <c>parsejsonfile2</c> how many words it is made of: they stand at
/// <paramref name="Position"/> and the places that follow, and the word after the compound at Position + Parts.
/// </param>
public readonly record struct Word(string Text, int Position, int Parts)
{
    /// <summary>
    /// Whether the word repeats, in one piece, an identifier whose parts are words of their own. A count of a text's
    /// words leaves these out.
    /// </summary>
    public bool IsCompound => Parts > 1;
}

/// <summary>Receives the words of a text one by one; the shape of <see cref="Word"/> without its string.</summary>
/// <param name="text">Lies in a buffer that the next word overwrites: copy it to keep it.</param>
/// <param name="position">See <see cref="Word"/>.</param>
/// <param name="parts">See <see cref="Word"/>.</param>
public delegate void WordVisitor(ReadOnlySpan<char> text, int position, int parts);
