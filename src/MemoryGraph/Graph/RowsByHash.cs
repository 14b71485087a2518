namespace MemoryGraph.Graph;

/// <summary>Finds the rows of a column by a hash of their content: open addressing over row numbers.</summary>
/// <remarks>
/// Eight bytes a slot, at most three slots of four taken. It holds nothing that is not in the column, so it is not
/// saved but made anew from the hashes that stand there.
/// </remarks>
internal sealed class RowsByHash
{
    private const int SlotsAtFirst = 16;

    private (uint Hash, int Row)[] _slots = NewSlots(SlotsAtFirst);
    private int _count;

    public long BytesTaken => _slots.LongLength * 8;

    public void Add(uint hash, int row)
    {
        if ((_count + 1) * 4L > _slots.Length * 3L)
        {
            Grow(_slots.Length * 2);
        }

        Enter(hash, row);
        _count++;
    }

    /// <summary>Takes a row out again.</summary>
    public void Remove(uint hash, int row)
    {
        int mask = _slots.Length - 1;
        int hole = (int)hash & mask;
        while (_slots[hole] != (hash, row))
        {
            hole = (hole + 1) & mask;
        }

        // A walk ends at a free slot, so whatever was put behind this one for want of room moves up into it.
        for (int slot = (hole + 1) & mask; _slots[slot].Row >= 0; slot = (slot + 1) & mask)
        {
            int home = (int)_slots[slot].Hash & mask;
            if (((slot - home) & mask) >= ((slot - hole) & mask))
            {
                _slots[hole] = _slots[slot];
                hole = slot;
            }
        }

        _slots[hole] = (0, -1);
        _count--;
    }

    /// <summary>Makes room for as many rows at once.</summary>
    public void Reserve(int rows)
    {
        int slots = _slots.Length;
        while (rows * 4L > slots * 3L)
        {
            slots *= 2;
        }

        if (slots > _slots.Length)
        {
            Grow(slots);
        }
    }

    /// <summary>Rows whose hash this is; which of them is meant, the caller sees by their content.</summary>
    public Candidates With(uint hash) => new(_slots, hash);

    private void Enter(uint hash, int row)
    {
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        while (_slots[slot].Row >= 0)
        {
            slot = (slot + 1) & mask;
        }

        _slots[slot] = (hash, row);
    }

    private void Grow(int slots)
    {
        (uint Hash, int Row)[] before = _slots;
        _slots = NewSlots(slots);
        foreach ((uint hash, int row) in before)
        {
            if (row >= 0)
            {
                Enter(hash, row);
            }
        }
    }

    private static (uint Hash, int Row)[] NewSlots(int count)
    {
        var slots = new (uint Hash, int Row)[count];
        Array.Fill(slots, (0u, -1));
        return slots;
    }

    /// <summary>A walk over the slots that a hash may lie in.</summary>
    public ref struct Candidates((uint Hash, int Row)[] slots, uint hash)
    {
        private int _slot = (int)hash & (slots.Length - 1);

        public int Current { get; private set; }

        public readonly Candidates GetEnumerator() => this;

        public bool MoveNext()
        {
            for (; slots[_slot].Row >= 0; _slot = (_slot + 1) & (slots.Length - 1))
            {
                if (slots[_slot].Hash == hash)
                {
                    Current = slots[_slot].Row;
                    _slot = (_slot + 1) & (slots.Length - 1);
                    return true;
                }
            }

            return false;
        }
    }
}
