using System.IO.Hashing;
using MemoryGraph.Text;

namespace MemoryGraph.Graph;

/// <summary>Texts that are said again and again (names, types, days), each kept once and known by its number.</summary>
/// <remarks>
/// Numbers are 0, 1, 2 … in the order in which the texts first came. Memory: the text in UTF-8, sixteen bytes, and its
/// slot in the index.
/// </remarks>
internal sealed class TextTable
{
    private const int StackCharsMax = 256;

    private readonly Column<TextRow> _rows = new();
    private readonly ByteColumn _bytes = new();
    private RowsByHash _byHash = new();

    public int Count => (int)_rows.Count;

    /// <summary>What has to be saved; see <see cref="IndexLoaded"/>.</summary>
    public IEnumerable<Column> Columns => [_rows, _bytes];

    public long BytesTaken => _rows.BytesTaken + _bytes.BytesTaken + _byHash.BytesTaken;

    /// <summary>A text.</summary>
    public string this[int number] => Utf8Text.Read(Utf8(number));

    /// <summary>A text's bytes.</summary>
    public ReadOnlySpan<byte> Utf8(int number)
    {
        ref readonly TextRow row = ref _rows[number];
        return _bytes.Read(row.Start, row.Length);
    }

    /// <summary>The number of a text, given to it now if it has none.</summary>
    public int Add(ReadOnlySpan<char> text)
    {
        Span<byte> room = text.Length <= StackCharsMax
            ? stackalloc byte[StackCharsMax * Utf8Text.BytesPerCharMax] : new byte[text.Length * Utf8Text.BytesPerCharMax];
        ReadOnlySpan<byte> utf8 = room[..Utf8Text.Write(text, room)];
        uint hash = HashOf(utf8);
        int number = Find(utf8, hash);
        if (number < 0)
        {
            number = _rows.Add(new TextRow(_bytes.Add(utf8), utf8.Length, hash));
            _byHash.Add(hash, number);
        }

        return number;
    }

    /// <summary>The number of a text; -1 when it was never added.</summary>
    public int Find(ReadOnlySpan<char> text)
    {
        Span<byte> room = text.Length <= StackCharsMax
            ? stackalloc byte[StackCharsMax * Utf8Text.BytesPerCharMax] : new byte[text.Length * Utf8Text.BytesPerCharMax];
        ReadOnlySpan<byte> utf8 = room[..Utf8Text.Write(text, room)];
        return Find(utf8, HashOf(utf8));
    }

    /// <summary>Makes the index anew, after the columns were loaded. Cost: all texts, about ten nanoseconds each.</summary>
    public void IndexLoaded()
    {
        _byHash = new RowsByHash();
        _byHash.Reserve(Count);
        for (int number = 0; number < Count; number++)
        {
            _byHash.Add(_rows[number].Hash, number);
        }
    }

    /// <summary>Takes the texts added since the mark out of the index, before the columns are cut back.</summary>
    public void CutIndexBack()
    {
        for (int number = Count - 1; number >= _rows.MarkedCount; number--)
        {
            _byHash.Remove(_rows[number].Hash, number);
        }
    }

    private int Find(ReadOnlySpan<byte> utf8, uint hash)
    {
        foreach (int number in _byHash.With(hash))
        {
            if (Utf8(number).SequenceEqual(utf8))
            {
                return number;
            }
        }

        return -1;
    }

    private static uint HashOf(ReadOnlySpan<byte> utf8) => (uint)XxHash3.HashToUInt64(utf8);

    private readonly record struct TextRow(long Start, int Length, uint Hash);
}
