using System.Globalization;
using System.Text.RegularExpressions;
using MemoryGraph.Domain;

namespace MemoryGraph.Tests.Retrieval;

/// <summary>
/// What else a memory holds: statements with the words of the questions that answer none of them. Always the same.
/// </summary>
/// <remarks>
/// <c>chatter.md</c> has word lists (<c># name</c>) and entities (<c># name | type</c>) with slots in them:
/// <c>{name}</c> stands for a word of that list, <c>{2-9}</c> for a number from 2 to 9.
/// </remarks>
internal sealed partial class Chatter
{
    private const int StatementsMin = 6;
    private const int StatementsMax = 9;

    private readonly Dictionary<string, string[]> _words;
    private readonly CreateEntity[] _forms;
    private ulong _state = 20_261_123;

    private Chatter(IReadOnlyList<CreateEntity> file)
    {
        _words = file.Where(one => one.EntityType.Length == 0)
            .ToDictionary(one => one.Name, one => one.Observations.ToArray());
        _forms = [.. file.Where(one => one.EntityType.Length > 0)];
    }

    /// <summary>That many entities with different names, each form in its turn.</summary>
    public static IEnumerable<CreateEntity> Entities(IReadOnlyList<CreateEntity> file, int count)
    {
        var chatter = new Chatter(file);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int form = 0; names.Count < count; form = (form + 1) % chatter._forms.Length)
        {
            CreateEntity entity = chatter.Fill(chatter._forms[form]);
            if (names.Add(entity.Name))
            {
                yield return entity;
            }
        }
    }

    private CreateEntity Fill(CreateEntity form)
    {
        List<string> left = [.. form.Observations];
        var said = new List<string>();
        for (int wanted = Between(StatementsMin, StatementsMax); wanted > 0 && left.Count > 0; wanted--)
        {
            int place = Between(0, left.Count - 1);
            said.Add(Fill(left[place]));
            left.RemoveAt(place);
        }

        return new CreateEntity(Fill(form.Name), form.EntityType, said);
    }

    private string Fill(string text) => Slot().Replace(text, slot =>
    {
        if (slot.Groups["low"].Success)
        {
            int number = Between(Number(slot.Groups["low"]), Number(slot.Groups["high"]));
            return number.ToString(CultureInfo.InvariantCulture);
        }

        string[] words = _words[slot.Groups["list"].Value];
        return words[Between(0, words.Length - 1)];
    });

    // Knuth's linear congruential generator (MMIX): the same on every runtime, which System.Random does not promise.
    private int Between(int low, int high)
    {
        _state = unchecked((_state * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407);
        return low + (int)((_state >> 33) % (ulong)(high - low + 1));
    }

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{((?<low>\d+)-(?<high>\d+)|(?<list>[^}]+))\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Slot();
}
