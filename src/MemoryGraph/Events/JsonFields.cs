using System.Text;
using System.Text.Json;
using MemoryGraph.Domain;

namespace MemoryGraph.Events;

/// <summary>The members of one flat JSON object of a line: strings and numbers, found by name.</summary>
/// <remarks>
/// Reused from line to line; it remembers places in the line, and makes a string only when asked for one.
/// </remarks>
internal sealed class JsonFields
{
    private readonly List<Field> _fields = [];
    private Erasure? _erased;

    /// <summary>Takes the members of the object that the reader stands on, and leaves it on the object's end.</summary>
    /// <exception cref="JsonException">It is no object.</exception>
    public void Read(ref Utf8JsonReader reader)
    {
        Clear();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("an object was expected");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int nameStart = (int)reader.TokenStartIndex + 1;
            int nameLength = reader.ValueSpan.Length;
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            bool escaped = reader.ValueIsEscaped;
            JsonTokenType kind = reader.TokenType;
            reader.Skip();
            _fields.Add(new Field(nameStart, nameLength, start, (int)reader.BytesConsumed - start, kind, escaped));
        }
    }

    /// <summary>Forgets the last object; every text then reads as erased, when an erasure is given.</summary>
    public void Clear(Erasure? erased = null)
    {
        _fields.Clear();
        _erased = erased;
    }

    /// <summary>A string that must be there.</summary>
    /// <exception cref="JsonException">It is missing or no string.</exception>
    public string Text(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        TextOrNull(line, name)
        ?? (_erased is { } erasure ? $"[redacted by {erasure.By}]"
            : throw new JsonException($"\"{Encoding.UTF8.GetString(name)}\" is missing"));

    /// <summary>
    /// A name that may be missing. Live names must differ, so an erased one says which event gave it.
    /// </summary>
    /// <exception cref="JsonException">It is there and no string.</exception>
    public string? NameOrNull(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        TextOrNull(line, name) ?? (_erased is { } erasure ? $"[{erasure.Event} redacted by {erasure.By}]" : null);

    /// <summary>A string that may be missing.</summary>
    /// <exception cref="JsonException">It is there and no string.</exception>
    public string? TextOrNull(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        if (Find(line, name) is not { } field || field.Kind == JsonTokenType.Null)
        {
            return null;
        }

        if (field.Kind != JsonTokenType.String)
        {
            throw new JsonException($"\"{Encoding.UTF8.GetString(name)}\" is not a string");
        }

        ReadOnlySpan<byte> token = line.Slice(field.Start, field.Length);
        if (!field.Escaped)
        {
            return Encoding.UTF8.GetString(token[1..^1]);
        }

        var reader = new Utf8JsonReader(token);
        reader.Read();
        return reader.GetString();
    }

    /// <summary>A whole number that must be there, unless its line was redacted; then 0.</summary>
    /// <exception cref="JsonException">It is missing or no number.</exception>
    public long Number(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        if (Find(line, name) is { Kind: JsonTokenType.Number } field)
        {
            var reader = new Utf8JsonReader(line.Slice(field.Start, field.Length));
            reader.Read();
            return reader.GetInt64();
        }

        return _erased is not null ? 0
            : throw new JsonException($"\"{Encoding.UTF8.GetString(name)}\" is missing or not a number");
    }

    /// <summary>True or false, which may be missing.</summary>
    /// <exception cref="JsonException">It is there and neither.</exception>
    public bool? FlagOrNull(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) => Find(line, name)?.Kind switch
    {
        null or JsonTokenType.Null => null,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw new JsonException($"\"{Encoding.UTF8.GetString(name)}\" is neither true nor false"),
    };

    /// <summary>The bytes of a member's value; empty when it is missing.</summary>
    public ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        Find(line, name) is { } field ? line.Slice(field.Start, field.Length) : [];

    private Field? Find(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        foreach (Field field in _fields)
        {
            if (line.Slice(field.NameStart, field.NameLength).SequenceEqual(name))
            {
                return field;
            }
        }

        return null;
    }

    private readonly record struct Field(
        int NameStart, int NameLength, int Start, int Length, JsonTokenType Kind, bool Escaped);
}

/// <summary>That an event lost its text.</summary>
/// <param name="Event">The one that lost it.</param>
/// <param name="By">The <see cref="EventRedacted"/> that names it.</param>
internal readonly record struct Erasure(EventId Event, EventId By);
