using System.Text.Json;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>What was given for the members of an object.</summary>
internal sealed class ReferenceArguments
{
    private readonly Dictionary<ReferenceParameter, object> _values = [];

    private ReferenceArguments()
    {
    }

    /// <summary>The value of a member. It is there: nothing with a fault is looked into.</summary>
    public T Of<T>(ReferenceParameter<T> member) => (T)_values[member];

    /// <summary>Reads an object. All faults are reported, not only the first.</summary>
    /// <param name="stored">Whether its texts are to be stored.</param>
    /// <returns>What could be read; to be thrown away if there were faults.</returns>
    public static ReferenceArguments Read(
        IReadOnlyList<ReferenceParameter> members, IEnumerable<KeyValuePair<string, JsonElement>> given, bool stored, ArgumentPlace place)
    {
        var read = new ReferenceArguments();

        // Of a name that JSON gives twice the last one counts, as in JavaScript.
        Dictionary<string, JsonElement> byName = [];
        foreach ((string name, JsonElement value) in given)
        {
            byName[name] = value;
        }

        foreach (ReferenceParameter member in members)
        {
            ArgumentPlace at = place.Member(member.Name);
            if (!byName.TryGetValue(member.Name, out JsonElement value))
            {
                at.Fault("is missing");
            }
            else if (member.Read(value, stored, at) is { } taken)
            {
                read._values.Add(member, taken);
            }
        }

        return read;
    }
}
