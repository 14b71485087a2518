using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Search;

/// <summary>Lists of events, each with a note of one byte; a list only grows at its end.</summary>
/// <remarks>
/// Most words are said once, so a list of one lies in its row. Longer ones lie in blocks of 64 bytes, a line of the
/// processor's cache, that lead from the newest to the oldest:
/// <code>
/// before:4  first:4  earlier:4  then by posting, until a zero or the end:
///   varint (distance to the event before) × 2 + (note is not 1 ? 1 : 0), and the note if it is not 1
/// </code>
/// All in all 3.4 bytes a posting at nine million. An event of long ago is found by the heads of the blocks alone.
/// </remarks>
internal sealed class PostingLists
{
    /// <summary>Most postings in a block: each takes a byte or more.</summary>
    public const int BlockPostingsMax = 52;

    private const int NoBlock = -1;
    private const int PostingBytesMax = Varint.BytesMax + 1;

    private readonly Column<ListRow> _lists = new();
    private readonly Column<Block> _blocks = new();

    /// <summary>What has to be saved.</summary>
    public IEnumerable<Column> Columns => [_lists, _blocks];

    /// <summary>How often a list was opened for reading; a search that finds no word opens none.</summary>
    public long Opened { get; private set; }

    /// <summary>Begins a list.</summary>
    /// <returns>Its number.</returns>
    public int Begin(int id, byte note) =>
        _lists.Add(new ListRow { First = id, Last = id, Count = 1, Block = NoBlock, FirstNote = note, MostNote = note });

    /// <summary>Adds an event that is newer than all in the list.</summary>
    public void Add(int list, int id, byte note)
    {
        ref ListRow row = ref _lists.Change(list);
        if (row.Block == NoBlock)
        {
            row.Block = _blocks.Add(new Block { Before = NoBlock, First = row.First });
            Append(ref row, distance: 1, row.FirstNote);
        }

        if (!Append(ref row, id - row.Last, note))
        {
            row.Block = _blocks.Add(new Block { Before = row.Block, First = id, Earlier = row.Count });
            row.Used = 0;
            Append(ref row, distance: 1, note);
        }

        row.Last = id;
        row.Count++;
        row.MostNote = Math.Max(row.MostNote, note);
    }

    /// <summary>The first event of a list.</summary>
    public int FirstOf(int list) => _lists[list].First;

    /// <summary>The highest note in a list.</summary>
    public byte MostNoteOf(int list) => _lists[list].MostNote;

    /// <summary>A cursor at the newest event of a list up to a point.</summary>
    public PostingIterator Open(int list, int point)
    {
        Opened++;
        var cursor = new PostingIterator(this, list);
        cursor.MoveTo(point);
        return cursor;
    }

    /// <summary>Reads the newest block of a list.</summary>
    /// <returns>How many postings.</returns>
    internal int Read(int list, int[] ids, byte[] notes, out int before, out int earlier)
    {
        ref readonly ListRow row = ref _lists[list];
        if (row.Block != NoBlock)
        {
            return ReadBlock(row.Block, ids, notes, out before, out earlier);
        }

        (ids[0], notes[0], before, earlier) = (row.First, row.FirstNote, NoBlock, 0);
        return 1;
    }

    /// <summary>Reads the newest block, from one on, that holds an event up to a point.</summary>
    /// <returns>How many postings; 0 when none is that old.</returns>
    internal int ReadUpTo(int point, int block, int[] ids, byte[] notes, out int before, out int earlier)
    {
        while (block != NoBlock && _blocks[block].First > point)
        {
            block = _blocks[block].Before;
        }

        (before, earlier) = (NoBlock, 0);
        return block == NoBlock ? 0 : ReadBlock(block, ids, notes, out before, out earlier);
    }

    private int ReadBlock(int block, int[] ids, byte[] notes, out int before, out int earlier)
    {
        ref readonly Block head = ref _blocks[block];
        (before, earlier) = (head.Before, head.Earlier);
        ReadOnlySpan<byte> bytes = head.Postings;
        int id = head.First - 1;
        int count = 0;
        while (!bytes.IsEmpty && bytes[0] != 0)
        {
            // Nearly all take one byte.
            ulong value = bytes[0];
            if (value < 0x80)
            {
                bytes = bytes[1..];
            }
            else
            {
                value = Varint.Read(ref bytes);
            }

            id += (int)(value >> 1);
            ids[count] = id;
            notes[count] = 1;
            if ((value & 1) != 0)
            {
                notes[count] = bytes[0];
                bytes = bytes[1..];
            }

            count++;
        }

        return count;
    }

    private bool Append(ref ListRow row, int distance, byte note)
    {
        Span<byte> posting = stackalloc byte[PostingBytesMax];
        int length = Varint.Write(posting, ((ulong)distance << 1) | (note == 1 ? 0u : 1u));
        if (note != 1)
        {
            posting[length++] = note;
        }

        bool fits = row.Used + length <= BlockPostingsMax;
        if (fits)
        {
            posting[..length].CopyTo(_blocks.Change(row.Block).Postings[row.Used..]);
            row.Used += (byte)length;
        }

        return fits;
    }

    /// <param name="Block">The newest; <see cref="NoBlock"/> while there is one posting.</param>
    /// <param name="Used">Bytes of that block that hold postings.</param>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private record struct ListRow(int First, int Last, int Count, int Block, byte Used, byte FirstNote, byte MostNote, byte Unused);

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Block
    {
        public int Before;
        public int First;
        public int Earlier;
        public PostingBytes Postings;
    }

    [InlineArray(BlockPostingsMax)]
    private struct PostingBytes
    {
        private byte _first;
    }
}
