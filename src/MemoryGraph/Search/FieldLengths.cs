using System.Runtime.InteropServices;
using MemoryGraph.Graph;

namespace MemoryGraph.Search;

/// <summary>How many words the text of each event has, and how many texts and words there are up to an event.</summary>
/// <remarks>
/// A byte for each event, 0 for one that says nothing new, 255 for that many words or more; and a sum at every 256th, so
/// that those of any point are summed up in a step.
/// </remarks>
internal sealed class FieldLengths
{
    private const int EventsPerSum = 256;

    private readonly Column<byte> _words = new();
    private readonly Column<Sum> _sums = new();

    /// <summary>What has to be saved.</summary>
    public IEnumerable<Column> Columns => [_words, _sums];

    /// <summary>The words of an event's text.</summary>
    public byte this[int id] => _words[id - 1];

    /// <summary>Adds the next event.</summary>
    public void Add(int words)
    {
        if (Last % EventsPerSum == 0)
        {
            _sums.Add(Last == 0 ? default : SumUpTo(Last));
        }

        _words.Add((byte)Math.Min(words, byte.MaxValue));
    }

    /// <summary>How many events up to one have a text, and how many words those have.</summary>
    public (int Texts, long Words) UpTo(int id)
    {
        Sum sum = SumUpTo(id);
        return (sum.Texts, sum.Words);
    }

    private int Last => (int)_words.Count;

    private Sum SumUpTo(int id)
    {
        if (id == 0)
        {
            return default;
        }

        int summed = (id - 1) / EventsPerSum;
        (long words, int texts, _) = _sums[summed];
        for (int row = summed * EventsPerSum; row < id; row++)
        {
            byte length = _words[row];
            words += length;
            texts += length == 0 ? 0 : 1;
        }

        return new Sum(words, texts, 0);
    }

    /// <summary>Of all events before the 256 that it stands for.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly record struct Sum(long Words, int Texts, int Unused);
}
