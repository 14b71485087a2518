using System.Text.Json;

namespace MemoryGraph.Mcp.Declarations;

/// <summary>
/// One argument of a tool, or one member of an item in a list: how it is described and how it is read.
/// </summary>
internal abstract class Parameter(string name, string description, bool required)
{
    public string Name => name;

    public string Description => description;

    public bool IsRequired => required;

    /// <summary>Other names under which it is accepted: those of the reference memory server.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Whether an argument's name means this parameter: case and underscores do not matter.</summary>
    public bool IsCalled(string argument) =>
        Key(argument) == Key(name) || Aliases.Any(alias => Key(alias) == Key(argument));

    /// <summary>Whether an empty text counts as not given, as models often mean it.</summary>
    public virtual bool BlankIsAbsent => !required;

    /// <summary>Reads a value that is there and not null.</summary>
    /// <returns>Null after a fault was reported.</returns>
    public abstract object? ReadValue(JsonElement value, ArgumentPlace place);

    /// <summary>Writes an object's schema: its members, and which of them are required.</summary>
    public static void WriteObject(Utf8JsonWriter writer, IReadOnlyList<Parameter> members)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        foreach (Parameter member in members)
        {
            writer.WriteStartObject(member.Name);
            member.WriteSchema(writer);
            writer.WriteString("description", member.Description);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteStartArray("required");
        foreach (Parameter member in members.Where(member => member.IsRequired))
        {
            writer.WriteStringValue(member.Name);
        }

        writer.WriteEndArray();
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteEndObject();
    }

    /// <summary>Writes the members of its schema but for the description.</summary>
    protected abstract void WriteSchema(Utf8JsonWriter writer);

    private static string Key(string argument) =>
        argument.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}

/// <summary>A parameter and the type of its values.</summary>
internal abstract class Parameter<T>(string name, string description, bool required, T whenAbsent)
    : Parameter(name, description, required)
{
    /// <summary>What an argument that was not given, or was null, counts as.</summary>
    public T WhenAbsent => whenAbsent;
}
