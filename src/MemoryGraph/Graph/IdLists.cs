namespace MemoryGraph.Graph;

/// <summary>Many lists of rising numbers, each growing at its end: the events of every entity, of every author.</summary>
/// <remarks>
/// <para>
/// Unlike posting lists, which are smaller and read from their end, any place of a list is found in logarithmic time. A
/// list lies in blocks linked backwards, each half as large as all before it together:
/// </para>
/// <code>
/// block: where the block before begins, how many numbers lie before this one, numbers …, room for more
/// </code>
/// <para>
/// Nothing that was written moves. Memory: 8 bytes a list, 8 a block, and 4 a number, with room for half as
/// many more at most; 32 bytes for a list of up to four.
/// </para>
/// </remarks>
internal sealed class IdLists
{
    private const int HeadNumbers = 2;
    private const int FirstBlockNumbers = 4;

    private readonly Column<ListRow> _lists = new();
    private readonly Column<int> _numbers = new();

    /// <summary>How many lists there are.</summary>
    public int Count => (int)_lists.Count;

    /// <summary>How many lists there were at the last <see cref="Column.Mark"/>.</summary>
    public long MarkedCount => _lists.MarkedCount;

    /// <summary>What has to be saved. Nothing is derived from it.</summary>
    public IEnumerable<Column> Columns => [_lists, _numbers];

    /// <summary>Begins an empty list.</summary>
    /// <returns>Its number: 0, 1, 2 …</returns>
    public int Add() => _lists.Add(default);

    /// <summary>Adds a number to a list. It must be larger than the last.</summary>
    public void Append(int list, int number)
    {
        ref ListRow row = ref _lists.Change(list);
        int before = row.Count == 0 ? 0 : _numbers[row.Block + 1];
        if (row.Count == 0 || row.Count - before == RoomBehind(before))
        {
            before = row.Count;
            row = row with { Block = AddBlock(row.Block, before) };
        }

        _numbers.Change(row.Block + HeadNumbers + row.Count - before) = number;
        row = row with { Count = row.Count + 1 };
    }

    /// <summary>How many numbers a list has.</summary>
    public int CountOf(int list) => _lists[list].Count;

    /// <summary>How many numbers of a list are not larger than one.</summary>
    public int CountUpTo(int list, int most)
    {
        ListRow row = _lists[list];
        int behind = row.Count;
        if (behind == 0)
        {
            return 0;
        }

        int block = row.Block;
        for (; Before(block) > 0 && _numbers[block + HeadNumbers] > most; block = Earlier(block))
        {
            behind = Before(block);
        }

        int first = Before(block);
        while (first < behind)
        {
            int middle = first + ((behind - first) / 2);
            if (NumberAt(block, middle) <= most)
            {
                first = middle + 1;
            }
            else
            {
                behind = middle;
            }
        }

        return first;
    }

    /// <summary>A number of a list by its place, the first being at 0.</summary>
    public int At(int list, int place) => NumberAt(BlockOf(list, place), place);

    /// <summary>Numbers of a list from a place on and before another, smallest first.</summary>
    public IEnumerable<int> Range(int list, int first, int behind)
    {
        if (first >= behind)
        {
            yield break;
        }

        var blocks = new Stack<(int Block, int Behind)>();
        int block = BlockOf(list, behind - 1);
        for (int end = behind; end > first; end = Before(block), block = Earlier(block))
        {
            blocks.Push((block, end));
        }

        foreach ((int one, int end) in blocks)
        {
            for (int place = Math.Max(first, Before(one)); place < end; place++)
            {
                yield return NumberAt(one, place);
            }
        }
    }

    /// <summary>Numbers of a list that are not larger than one, largest first; read as they are asked for.</summary>
    public IEnumerable<int> Down(int list, int most)
    {
        int behind = CountUpTo(list, most);
        for (int block = BlockOf(list, behind - 1); behind > 0; block = Earlier(block))
        {
            for (int before = Before(block); behind > before; behind--)
            {
                yield return NumberAt(block, behind - 1);
            }
        }
    }

    /// <summary>Numbers of several lists that are not larger than one, largest first, each once.</summary>
    public IEnumerable<int> Down(IReadOnlyList<int> lists, int most) =>
        lists.Count == 1 ? Down(lists[0], most) : Merged(lists, most);

    private IEnumerable<int> Merged(IReadOnlyList<int> lists, int most)
    {
        var next = new PriorityQueue<IEnumerator<int>, int>();
        foreach (int list in lists)
        {
            IEnumerator<int> numbers = Down(list, most).GetEnumerator();
            if (numbers.MoveNext())
            {
                next.Enqueue(numbers, -numbers.Current);
            }
        }

        int? told = null;
        while (next.TryDequeue(out IEnumerator<int>? numbers, out _))
        {
            int number = numbers.Current;
            if (numbers.MoveNext())
            {
                next.Enqueue(numbers, -numbers.Current);
            }

            if (number != told)
            {
                told = number;
                yield return number;
            }
        }
    }

    private int BlockOf(int list, int place)
    {
        int block = _lists[list].Block;
        while (place >= 0 && Before(block) > place)
        {
            block = Earlier(block);
        }

        return block;
    }

    private int AddBlock(int earlier, int before)
    {
        int block = _numbers.Add(earlier);
        _numbers.Add(before);
        for (int room = RoomBehind(before); room > 0; room--)
        {
            _numbers.Add(0);
        }

        return block;
    }

    private int Earlier(int block) => _numbers[block];

    private int Before(int block) => _numbers[block + 1];

    private int NumberAt(int block, int place) => _numbers[block + HeadNumbers + place - Before(block)];

    private static int RoomBehind(int before) => Math.Max(FirstBlockNumbers, before / 2);

    /// <param name="Block">Where the newest block begins; means nothing while the list is empty.</param>
    private readonly record struct ListRow(int Block, int Count);
}
