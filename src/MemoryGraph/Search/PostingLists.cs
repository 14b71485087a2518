using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Search;

/// <summary>Posting lists: the events that use a word, each with a frequency of one byte. A list only grows at its end.</summary>
/// <remarks>
/// Most words are used once, so a list of one lies in its row. Longer lists lie in blocks of 64 bytes, one cache line,
/// linked from the newest to the oldest:
/// <code>
/// before:4  first:4  earlier:4  then by posting, until a zero or the end:
///   varint (distance to the previous event) × 2 + (frequency is not 1 ? 1 : 0), and the frequency if it is not 1
/// </code>
/// 3.4 bytes a posting at nine million. An old event is found by the heads of the blocks alone.
/// </remarks>
internal sealed class PostingLists
{
    /// <summary>Most postings in a block: each takes at least a byte.</summary>
    public const int BlockPostingsMax = 52;

    private const int NoBlock = -1;
    private const int PostingBytesMax = Varint.BytesMax + 1;

    private readonly Column<ListRow> _lists = new();
    private readonly Column<Block> _blocks = new();

    public IEnumerable<Column> Columns => [_lists, _blocks];

    /// <summary>How often a list was opened for reading; a search that finds no word opens none.</summary>
    public long Opened { get; private set; }

    /// <summary>Starts a list with its first posting and returns its number.</summary>
    public int Begin(int id, byte frequency) => _lists.Add(new ListRow
    {
        First = id,
        Last = id,
        Count = 1,
        Block = NoBlock,
        FirstFrequency = frequency,
        MaxFrequency = frequency,
    });

    /// <summary>Adds an event that is newer than all in the list.</summary>
    public void Add(int list, int id, byte frequency)
    {
        ref ListRow row = ref _lists.Change(list);
        if (row.Block == NoBlock)
        {
            row.Block = _blocks.Add(new Block { Before = NoBlock, First = row.First });
            Append(ref row, distance: 1, row.FirstFrequency);
        }

        if (!Append(ref row, id - row.Last, frequency))
        {
            row.Block = _blocks.Add(new Block { Before = row.Block, First = id, Earlier = row.Count });
            row.Used = 0;
            Append(ref row, distance: 1, frequency);
        }

        row.Last = id;
        row.Count++;
        row.MaxFrequency = Math.Max(row.MaxFrequency, frequency);
    }

    public int FirstEventOf(int list) => _lists[list].First;

    public byte MaxFrequencyOf(int list) => _lists[list].MaxFrequency;

    /// <summary>An iterator at the newest posting up to an event.</summary>
    public PostingIterator Open(int list, int upTo)
    {
        Opened++;
        var postings = new PostingIterator(this, list);
        postings.SkipTo(upTo);
        return postings;
    }

    /// <summary>Reads the newest block of a list.</summary>
    /// <returns>The number of postings.</returns>
    internal int Read(int list, int[] ids, byte[] frequencies, out int before, out int earlier)
    {
        ref readonly ListRow row = ref _lists[list];
        if (row.Block != NoBlock)
        {
            return ReadBlock(row.Block, ids, frequencies, out before, out earlier);
        }

        (ids[0], frequencies[0], before, earlier) = (row.First, row.FirstFrequency, NoBlock, 0);
        return 1;
    }

    /// <summary>Reads the newest block that starts at or before an event, going back from a block.</summary>
    /// <returns>The number of postings; 0 when the whole list is newer.</returns>
    internal int ReadUpTo(int id, int block, int[] ids, byte[] frequencies, out int before, out int earlier)
    {
        while (block != NoBlock && _blocks[block].First > id)
        {
            block = _blocks[block].Before;
        }

        (before, earlier) = (NoBlock, 0);
        return block == NoBlock ? 0 : ReadBlock(block, ids, frequencies, out before, out earlier);
    }

    private int ReadBlock(int block, int[] ids, byte[] frequencies, out int before, out int earlier)
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
            frequencies[count] = 1;
            if ((value & 1) != 0)
            {
                frequencies[count] = bytes[0];
                bytes = bytes[1..];
            }

            count++;
        }

        return count;
    }

    private bool Append(ref ListRow row, int distance, byte frequency)
    {
        Span<byte> posting = stackalloc byte[PostingBytesMax];
        int length = Varint.Write(posting, ((ulong)distance << 1) | (frequency == 1 ? 0u : 1u));
        if (frequency != 1)
        {
            posting[length++] = frequency;
        }

        bool fits = row.Used + length <= BlockPostingsMax;
        if (fits)
        {
            posting[..length].CopyTo(_blocks.Change(row.Block).Postings[row.Used..]);
            row.Used += (byte)length;
        }

        return fits;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct ListRow
    {
        public int First;
        public int Last;
        public int Count;

        // The newest; NoBlock while there is one posting.
        public int Block;

        // Bytes of that block that hold postings.
        public byte Used;
        public byte FirstFrequency;
        public byte MaxFrequency;
        public byte Unused;
    }

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

/// <summary>Walks a posting list from the newest event to the oldest.</summary>
internal sealed class PostingIterator
{
    private readonly PostingLists _lists;
    private readonly int[] _ids = new int[PostingLists.BlockPostingsMax];
    private readonly byte[] _frequencies = new byte[PostingLists.BlockPostingsMax];
    private int _place;
    private int _before;
    private int _earlier;

    public PostingIterator(PostingLists lists, int list)
    {
        _lists = lists;
        _place = lists.Read(list, _ids, _frequencies, out _before, out _earlier) - 1;
        Id = _ids[_place];
    }

    /// <summary>The current event; 0 after the oldest.</summary>
    public int Id { get; private set; }

    public byte Frequency => _frequencies[_place];

    /// <summary>The number of postings up to the current event.</summary>
    public int Count => Id == 0 ? 0 : _earlier + _place + 1;

    /// <summary>Moves to the next older event.</summary>
    public void Next()
    {
        if (_place > 0)
        {
            Id = _ids[--_place];
        }
        else
        {
            SkipTo(Id - 1);
        }
    }

    /// <summary>Moves to the newest event up to one given; never back to newer ones.</summary>
    public void SkipTo(int id)
    {
        if (Id <= id)
        {
            return;
        }

        if (_ids[0] > id)
        {
            _place = _lists.ReadUpTo(id, _before, _ids, _frequencies, out _before, out _earlier) - 1;
            if (_place < 0)
            {
                Id = 0;
                return;
            }
        }

        while (_ids[_place] > id)
        {
            _place--;
        }

        Id = _ids[_place];
    }
}
