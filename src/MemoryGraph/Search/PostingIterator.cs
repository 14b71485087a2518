namespace MemoryGraph.Search;

/// <summary>Walks a list of events from the newest to the oldest.</summary>
internal sealed class PostingIterator
{
    private readonly PostingLists _lists;
    private readonly int[] _ids = new int[PostingLists.BlockPostingsMax];
    private readonly byte[] _notes = new byte[PostingLists.BlockPostingsMax];
    private int _place;
    private int _before;
    private int _earlier;

    /// <summary>Stands at the last event of a list.</summary>
    public PostingIterator(PostingLists lists, int list)
    {
        _lists = lists;
        _place = lists.Read(list, _ids, _notes, out _before, out _earlier) - 1;
        Id = _ids[_place];
    }

    /// <summary>The event it stands at; 0 behind the oldest.</summary>
    public int Id { get; private set; }

    public byte Note => _notes[_place];

    /// <summary>How many events the list has up to this one.</summary>
    public int Count => Id == 0 ? 0 : _earlier + _place + 1;

    /// <summary>Moves to the event before.</summary>
    public void MoveOn()
    {
        if (_place > 0)
        {
            Id = _ids[--_place];
        }
        else
        {
            MoveTo(Id - 1);
        }
    }

    /// <summary>Moves to the newest event that is not newer than one given; never back.</summary>
    public void MoveTo(int id)
    {
        if (Id <= id)
        {
            return;
        }

        if (_ids[0] > id)
        {
            _place = _lists.ReadUpTo(id, _before, _ids, _notes, out _before, out _earlier) - 1;
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
