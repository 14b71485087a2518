using MemoryGraph.Projections;

namespace MemoryGraph.Queries;

/// <summary>Walks the events that said any of a term's words, from the newest to the oldest.</summary>
internal sealed class TermCursor
{
    private readonly (PostingCursor Said, double Weight)[] _words;
    private readonly double[] _frequencies;

    /// <param name="frequencies">What a posting's note says, as a frequency.</param>
    public TermCursor(SearchIndex index, SearchTerm term, SaidIn place, int point, double[] frequencies)
    {
        _frequencies = frequencies;
        var words = new List<(PostingCursor, double)>();
        foreach ((int word, double weight) in term.Words)
        {
            if (index.Words.ListOf(word, place) is >= 0 and var list && index.Lists.Open(list, point) is { Id: > 0 } said)
            {
                words.Add((said, weight));
                FrequencyMost += weight * frequencies[index.Lists.MostNoteOf(list)];
                Count += said.Count;
            }
        }

        _words = [.. words];
        Id = Newest();
    }

    /// <summary>The event it stands at; 0 behind the oldest.</summary>
    public int Id { get; private set; }

    /// <summary>How many postings there are up to the point at which it was opened.</summary>
    public int Count { get; }

    /// <summary>No event has a higher <see cref="Frequency"/>.</summary>
    public double FrequencyMost { get; }

    /// <summary>How often the event that it stands at says the term, the words weighted.</summary>
    public double Frequency
    {
        get
        {
            double frequency = 0;
            foreach ((PostingCursor said, double weight) in _words)
            {
                frequency += said.Id == Id ? weight * _frequencies[said.Note] : 0;
            }

            return frequency;
        }
    }

    /// <summary>Moves to the newest event that is not newer than one given; never back.</summary>
    public void MoveTo(int id)
    {
        if (Id > id)
        {
            foreach ((PostingCursor said, _) in _words)
            {
                said.MoveTo(id);
            }

            Id = Newest();
        }
    }

    private int Newest()
    {
        int newest = 0;
        foreach ((PostingCursor said, _) in _words)
        {
            newest = Math.Max(newest, said.Id);
        }

        return newest;
    }
}
