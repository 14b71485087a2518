using System.Globalization;
using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Declarations;

/// <summary>A text within a bound.</summary>
/// <param name="oneLine">Names and types have no tab and no newline.</param>
internal sealed class TextParameter(string name, string description, bool required, int? most, bool oneLine)
    : Parameter<string?>(name, description, required, whenAbsent: null)
{
    public override object? ReadValue(JsonElement value, ArgumentPlace place) =>
        place.Text(value) is { } text
            ? LenientReader.Bounded(text, most, oneLine, place)
            : place.Fault($"must be a text, got {LenientReader.Kind(value)}");

    protected override void WriteSchema(Utf8JsonWriter writer, SchemaStyle style)
    {
        writer.WriteString("type", "string");
        WriteBound(writer, most);
    }

    /// <summary>Writes the longest length, if there is one.</summary>
    public static void WriteBound(Utf8JsonWriter writer, int? most)
    {
        if (most is { } characters)
        {
            writer.WriteNumber("maxLength", characters);
        }
    }
}

/// <summary>A list of texts; a single text counts as a list of one.</summary>
internal sealed class TextListParameter(string name, string description, bool required, int? most, bool oneLine)
    : Parameter<IReadOnlyList<string>>(name, description, required, whenAbsent: [])
{
    public override object? ReadValue(JsonElement value, ArgumentPlace place)
    {
        if (place.List(value) is not { } items)
        {
            return place.Fault($"must be a list of texts, got {LenientReader.Kind(value)}");
        }

        if (!place.IsStrict && (items.Count > Limits.ItemsPerCall || (IsRequired && items.Count == 0)))
        {
            return place.Fault(FormattableString.Invariant(
                $"must have {(IsRequired ? 1 : 0)} to {Limits.ItemsPerCall} items, got {items.Count}; split the call if need be"));
        }

        var texts = new List<string>(items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            ArgumentPlace at = place.Item(i);
            if (place.Text(items[i]) is { } text)
            {
                texts.Add(LenientReader.Bounded(text, most, oneLine, at) ?? "");
            }
            else
            {
                at.Fault($"must be a text, got {LenientReader.Kind(items[i])}");
            }
        }

        return texts;
    }

    protected override void WriteSchema(Utf8JsonWriter writer, SchemaStyle style)
    {
        writer.WriteString("type", "array");
        writer.WriteStartObject("items");
        writer.WriteString("type", "string");
        TextParameter.WriteBound(writer, most);
        writer.WriteEndObject();
    }
}

/// <summary>A list of flat objects.</summary>
/// <param name="members">What each object holds.</param>
/// <param name="make">Makes an item from its members.</param>
internal sealed class ObjectListParameter<T>(
    string name, string description, bool required, IReadOnlyList<Parameter> members, Func<Arguments, T> make)
    : Parameter<IReadOnlyList<T>>(name, description, required, whenAbsent: [])
{
    public override object? ReadValue(JsonElement value, ArgumentPlace place)
    {
        if (place.List(value) is not { } items)
        {
            return place.Fault($"must be a list of objects, got {LenientReader.Kind(value)}");
        }

        if (!place.IsStrict && items.Count > Limits.ItemsPerCall)
        {
            return place.Fault(FormattableString.Invariant(
                $"may have {Limits.ItemsPerCall} items at most, got {items.Count}; split the call"));
        }

        var made = new List<T>(items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            ArgumentPlace at = place.Item(i);
            if (place.Object(items[i]) is not { } item)
            {
                string expected = string.Join(", ", members.Select(member => member.Name));
                at.Fault($"must be an object with {expected}; got {LenientReader.Kind(items[i])}");
            }
            else if (Arguments.Read(members, item, at) is { } read)
            {
                made.Add(make(read));
            }
        }

        return made;
    }

    protected override void WriteSchema(Utf8JsonWriter writer, SchemaStyle style)
    {
        writer.WriteString("type", "array");
        writer.WritePropertyName("items");
        WriteObject(writer, members, style);
    }
}

/// <summary>One of a few words, in any case.</summary>
internal sealed class ChoiceParameter<T>(string name, string description, T whenAbsent)
    : Parameter<T>(name, description, required: false, whenAbsent)
    where T : struct, Enum
{
    private static readonly T[] Values = Enum.GetValues<T>();

    public override object? ReadValue(JsonElement value, ArgumentPlace place)
    {
        string? said = LenientReader.Text(value)?.Trim();
        foreach (T choice in Values)
        {
            if (string.Equals(said, choice.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        string allowed = string.Join(", ", Values.Select(Word));
        string got = said is null ? LenientReader.Kind(value) : Quoted.Text(said, LenientReader.ShownCharacters);
        return place.Fault($"must be one of {allowed}; got {got}");
    }

    protected override void WriteSchema(Utf8JsonWriter writer, SchemaStyle style)
    {
        writer.WriteString("type", "string");
        writer.WriteStartArray("enum");
        foreach (T choice in Values)
        {
            writer.WriteStringValue(Word(choice));
        }

        writer.WriteEndArray();
    }

    private static string Word(T choice) => choice.ToString().ToLowerInvariant();
}

/// <summary>A whole number within bounds.</summary>
internal sealed class NumberParameter(string name, string description, int least, int most, int whenAbsent)
    : Parameter<int>(name, description, required: false, whenAbsent)
{
    public override object? ReadValue(JsonElement value, ArgumentPlace place) =>
        decimal.TryParse(LenientReader.Text(value)?.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture,
            out decimal number)
        && number == decimal.Truncate(number) && least <= number && number <= most
            ? (int)number
            : place.Fault(FormattableString.Invariant(
                $"must be a whole number from {least} to {most}, got {LenientReader.Shown(value)}"));

    protected override void WriteSchema(Utf8JsonWriter writer, SchemaStyle style)
    {
        writer.WriteString("type", "integer");
        writer.WriteNumber("minimum", least);
        writer.WriteNumber("maximum", most);
    }
}

/// <summary>Yes or no; no when absent.</summary>
internal sealed class FlagParameter(string name, string description, bool required = false)
    : Parameter<bool>(name, description, required, whenAbsent: false)
{
    public override object? ReadValue(JsonElement value, ArgumentPlace place) =>
        bool.TryParse(LenientReader.Text(value)?.Trim(), out bool flag)
            ? flag : place.Fault($"must be true or false, got {LenientReader.Shown(value)}");

    protected override void WriteSchema(Utf8JsonWriter writer, SchemaStyle style) =>
        writer.WriteString("type", "boolean");
}

/// <summary>A point in the history, in any of the forms of <see cref="AsOf"/>.</summary>
/// <param name="startOfDay">Whether a day means its beginning, as the start of a period does.</param>
internal sealed class PointParameter(string name, string description, bool required, bool startOfDay)
    : Parameter<AsOf?>(name, description, required, whenAbsent: null)
{
    public bool StartOfDay => startOfDay;

    public override object? ReadValue(JsonElement value, ArgumentPlace place) =>
        LenientReader.Text(value) is { } said && AsOf.Parse(said, place.Now, place.Zone, startOfDay) is { } point
            ? point
            : place.Fault($"must be {AsOf.Forms}; got {LenientReader.Shown(value)}");

    protected override void WriteSchema(Utf8JsonWriter writer, SchemaStyle style) =>
        writer.WriteString("type", "string");
}

/// <summary>
/// Events by their numbers, as <see cref="EventRange.ParseList"/> reads them; a list of such texts counts too.
/// </summary>
internal sealed class EventsParameter(string name, string description)
    : Parameter<IReadOnlyList<EventRange>>(name, description, required: false, whenAbsent: [])
{
    /// <summary>Longest text, in characters.</summary>
    public const int CharactersMax = 500;

    public override object? ReadValue(JsonElement value, ArgumentPlace place)
    {
        string?[] said = [.. (LenientReader.List(value) ?? []).Select(LenientReader.Text)];
        if (said.Length == 0 || said.Contains(null))
        {
            return place.Fault($"must be {EventRange.Forms}; got {LenientReader.Kind(value)}");
        }

        return LenientReader.Bounded(string.Join(',', said), CharactersMax, oneLine: true, place) is not { } text ? null
            : EventRange.ParseList(text) is { } events ? events
            : place.Fault($"must be {EventRange.Forms}; got {Quoted.Text(text, LenientReader.ShownCharacters)}");
    }

    protected override void WriteSchema(Utf8JsonWriter writer, SchemaStyle style)
    {
        writer.WriteString("type", "string");
        writer.WriteNumber("maxLength", CharactersMax);
    }
}

/// <summary>An ISO date.</summary>
/// <param name="mayClear">Whether an empty text is allowed, which clears an earlier date.</param>
internal sealed class DayParameter(string name, string description, bool mayClear)
    : Parameter<string?>(name, description, required: false, whenAbsent: null)
{
    public override bool BlankIsAbsent => !mayClear;

    public override object? ReadValue(JsonElement value, ArgumentPlace place)
    {
        string? said = LenientReader.Text(value)?.Trim();
        return said is not null && (Validity.IsDay(said) || (mayClear && said.Length == 0))
            ? said
            : place.Fault($"must be a date like 2026-11-23{(mayClear ? ", or \"\" to clear it" : "")}; "
                + $"got {LenientReader.Shown(value)}");
    }

    protected override void WriteSchema(Utf8JsonWriter writer, SchemaStyle style) =>
        writer.WriteString("type", "string");
}
