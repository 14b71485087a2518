using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Values;

namespace MemoryGraph.Projections;

/// <summary>Which events said a word: answers "where was this mentioned?", now or as of any point.</summary>
/// <remarks>
/// Words are folded (<see cref="Words"/>), so case and diacritics do not matter. An entity's name and type are indexed
/// under the event that gave them, an observation under the event that added it:
/// <code>
/// "login"  → 3 (a name), 4, 19 (observations)
/// </code>
/// Ended facts stay in the index; a question keeps those that were live at its point. Memory: four bytes for each
/// different word of a text, and each word once.
/// </remarks>
internal sealed class SearchIndex(GraphState graph) : Projection
{
    private const int ShortestPrefix = 3;

    private readonly Dictionary<string, List<int>> _events = [];

    /// <summary>Events that said a word, in order. The word must be folded.</summary>
    public IReadOnlyList<int> Saying(string word) => _events.TryGetValue(word, out List<int>? said) ? said : [];

    /// <summary>
    /// Events that said a longer word, in order: one that begins with this, when it has three letters or more; for a
    /// single Chinese, Japanese or Korean letter a pair that holds it.
    /// </summary>
    /// <remarks>
    /// Meant for a word that says nothing live at the point asked about; whether it said something at another time must
    /// make no difference. Cost: all words.
    /// </remarks>
    public IReadOnlyList<int> SayingMore(string word)
    {
        bool letter = word.Length == 1 && word[0] >= '\u2E80';
        if (word.Length < ShortestPrefix && !letter)
        {
            return [];
        }

        return [.. _events
            .Where(entry => letter
                ? entry.Key.Contains(word, StringComparison.Ordinal) : entry.Key.StartsWith(word, StringComparison.Ordinal))
            .SelectMany(entry => entry.Value)
            .Distinct()
            .Order()];
    }

    /// <inheritdoc/>
    protected override void Fold(RecordedEvent recorded)
    {
        int id = (int)recorded.Id.Value;
        switch (recorded.Event)
        {
            case EntityCreated e:
                Index(id, e.Name);
                Index(id, e.EntityType);
                break;
            case EntityUpdated e when graph.Entity(e.Entity) is { } entity:
                Naming naming = entity.NamingAt(recorded.Id);
                Index(id, naming.Name);
                Index(id, naming.EntityType);
                break;
            case ObservationAdded e:
                Index(id, e.Text);
                break;
        }
    }

    private void Index(int id, string text)
    {
        Dictionary<string, List<int>>.AlternateLookup<ReadOnlySpan<char>> words =
            _events.GetAlternateLookup<ReadOnlySpan<char>>();
        Words.Visit(text, (word, _, _) =>
        {
            if (!words.TryGetValue(word, out List<int>? events))
            {
                words[word] = events = new List<int>(1);
            }

            if (events.Count == 0 || events[^1] != id)
            {
                events.Add(id);
            }
        });
    }
}
