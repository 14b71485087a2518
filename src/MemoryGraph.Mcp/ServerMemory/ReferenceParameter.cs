using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>
/// A member of the reference server's arguments and results: how its schema reads, and how a value is taken.
/// </summary>
/// <remarks>
/// Unlike a <see cref="Parameter"/> it takes nothing leniently: what the reference server refuses is refused here. All
/// members are required, and ones that nobody knows are passed over.
/// </remarks>
/// <param name="description">Null where the reference server has none.</param>
internal abstract class ReferenceParameter(string name, string? description)
{
    public string Name => name;

    /// <summary>Writes the schema of an object with these members.</summary>
    /// <param name="closed">Whether it says that there are no others, as it does of results.</param>
    public static void WriteObject(Utf8JsonWriter json, IReadOnlyList<ReferenceParameter> members, bool closed)
    {
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (ReferenceParameter member in members)
        {
            json.WriteStartObject(member.Name);
            member.WriteSchema(json, closed);
            member.WriteDescription(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (members.Count > 0)
        {
            json.WriteStartArray("required");
            foreach (ReferenceParameter member in members)
            {
                json.WriteStringValue(member.Name);
            }

            json.WriteEndArray();
        }

        if (closed)
        {
            json.WriteBoolean("additionalProperties", false);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads a value.</summary>
    /// <param name="stored">Whether it is to be stored, so that what the log does not accept is a fault.</param>
    /// <returns>Null after a fault was reported.</returns>
    public abstract object? Read(JsonElement value, bool stored, ArgumentPlace place);

    protected abstract void WriteSchema(Utf8JsonWriter json, bool closed);

    private void WriteDescription(Utf8JsonWriter json)
    {
        if (description is not null)
        {
            json.WriteString("description", description);
        }
    }
}

/// <summary>A member and the type of its values.</summary>
internal abstract class ReferenceParameter<T>(string name, string? description) : ReferenceParameter(name, description);

/// <summary>A name, a type, or words to search for.</summary>
internal sealed class TextMember(string name, string? description) : ReferenceParameter<string>(name, description)
{
    public override object? Read(JsonElement value, bool stored, ArgumentPlace place)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return place.Fault($"must be a text, got {LenientReader.Kind(value)}");
        }

        string text = LenientReader.Text(value)!;
        return stored && StoredText.FaultIn(text, oneLine: true) is { } fault
            ? place.Fault($"contains {fault}, which cannot be stored") : text;
    }

    protected override void WriteSchema(Utf8JsonWriter json, bool closed) => json.WriteString("type", "string");
}

/// <summary>A list of statements, or of names.</summary>
/// <remarks>A line break is one character here, however it was sent.</remarks>
internal sealed class TextListMember(string name, string? description) : ReferenceParameter<IReadOnlyList<string>>(name, description)
{
    public override object? Read(JsonElement value, bool stored, ArgumentPlace place)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return place.Fault($"must be a list of texts, got {LenientReader.Kind(value)}");
        }

        var texts = new List<string>(value.GetArrayLength());
        foreach ((int at, JsonElement item) in value.EnumerateArray().Index())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                place.Item(at).Fault($"must be a text, got {LenientReader.Kind(item)}");
                continue;
            }

            texts.Add(LenientReader.Text(item)!.Replace("\r\n", "\n", StringComparison.Ordinal));
            if (stored && StoredText.FaultIn(texts[^1], oneLine: false) is { } fault)
            {
                place.Item(at).Fault($"contains {fault}, which cannot be stored");
            }
        }

        return texts;
    }

    protected override void WriteSchema(Utf8JsonWriter json, bool closed)
    {
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        json.WriteString("type", "string");
        json.WriteEndObject();
    }
}

/// <summary>A list of objects.</summary>
internal sealed class ListMember(string name, string? description, params IReadOnlyList<ReferenceParameter> members)
    : ReferenceParameter<IReadOnlyList<ReferenceArguments>>(name, description)
{
    public override object? Read(JsonElement value, bool stored, ArgumentPlace place)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return place.Fault($"must be a list of objects, got {LenientReader.Kind(value)}");
        }

        var items = new List<ReferenceArguments>(value.GetArrayLength());
        foreach ((int at, JsonElement item) in value.EnumerateArray().Index())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                string expected = string.Join(", ", members.Select(member => member.Name));
                place.Item(at).Fault($"must be an object with {expected}; got {LenientReader.Kind(item)}");
            }
            else
            {
                items.Add(ReferenceArguments.Read(members, item.EnumerateObject().Select(one => KeyValuePair.Create(one.Name, one.Value)), stored, place.Item(at)));
            }
        }

        return items;
    }

    protected override void WriteSchema(Utf8JsonWriter json, bool closed)
    {
        json.WriteString("type", "array");
        json.WritePropertyName("items");
        WriteObject(json, members, closed);
    }
}

/// <summary>Yes or no; only results have such.</summary>
internal sealed class FlagMember(string name) : ReferenceParameter<bool>(name, null)
{
    public override object? Read(JsonElement value, bool stored, ArgumentPlace place) =>
        throw new NotSupportedException($"{Name} is no argument");

    protected override void WriteSchema(Utf8JsonWriter json, bool closed) => json.WriteString("type", "boolean");
}
