using System.Text.Json;

namespace MemoryGraph.Mcp.Declarations;

/// <summary>How the JSON schema of an object is written.</summary>
internal enum SchemaStyle
{
    /// <summary>
    /// As all clients of our own tools accept it: always a list of required members, and no others allowed.
    /// </summary>
    Standard,

    /// <summary>As the reference server writes arguments: other members are allowed.</summary>
    ReferenceArguments,

    /// <summary>As the reference server writes results: no others.</summary>
    ReferenceResults,
}

/// <summary>
/// One argument of a tool, or one member of an item in a list: how it is described and how it is read.
/// </summary>
/// <param name="description">Empty where the reference server has none.</param>
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
    public static void WriteObject(Utf8JsonWriter writer, IReadOnlyList<Parameter> members, SchemaStyle style)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        foreach (Parameter member in members)
        {
            writer.WriteStartObject(member.Name);
            member.WriteSchema(writer, style);
            if (member.Description.Length > 0)
            {
                writer.WriteString("description", member.Description);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        if (members.Count > 0 || style == SchemaStyle.Standard)
        {
            writer.WriteStartArray("required");
            foreach (Parameter member in members.Where(member => member.IsRequired))
            {
                writer.WriteStringValue(member.Name);
            }

            writer.WriteEndArray();
        }

        if (style != SchemaStyle.ReferenceArguments)
        {
            writer.WriteBoolean("additionalProperties", false);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes the members of its schema but for the description.</summary>
    protected abstract void WriteSchema(Utf8JsonWriter writer, SchemaStyle style);

    private static string Key(string argument) =>
        argument.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal)
            .ToUpperInvariant();
}

/// <summary>A parameter and the type of its values.</summary>
internal abstract class Parameter<T>(string name, string description, bool required, T whenAbsent)
    : Parameter(name, description, required)
{
    /// <summary>What an argument that was not given, or was null, counts as.</summary>
    public T WhenAbsent => whenAbsent;
}
