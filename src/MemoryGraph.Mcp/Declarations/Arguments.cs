using System.Text.Json;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Declarations;

/// <summary>A call's arguments, read and checked.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<Parameter, object> _values = [];

    private Arguments()
    {
    }

    /// <summary>
    /// Arguments that were read elsewhere: each value is what <see cref="Parameter.ReadValue"/> would give.
    /// </summary>
    public static Arguments Of(IEnumerable<KeyValuePair<Parameter, object>> values)
    {
        var arguments = new Arguments();
        foreach ((Parameter parameter, object value) in values)
        {
            arguments._values.Add(parameter, value);
        }

        return arguments;
    }

    /// <summary>The value of a parameter, or what its absence counts as.</summary>
    public T Of<T>(Parameter<T> parameter) =>
        _values.TryGetValue(parameter, out object? value) ? (T)value : parameter.WhenAbsent;

    /// <summary>Whether something was given for a parameter.</summary>
    public bool Has(Parameter parameter) => _values.ContainsKey(parameter);

    /// <summary>The value of a text that is required, so it is there.</summary>
    public string Text(TextParameter parameter) => (string)_values[parameter];

    /// <summary>Reads the given arguments. All faults are reported, not only the first.</summary>
    /// <returns>Null when there were faults.</returns>
    public static Arguments? Read(IReadOnlyList<Parameter> parameters, JsonElement given, ArgumentPlace place) =>
        Read(
            parameters, given.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)), place);

    /// <inheritdoc cref="Read(IReadOnlyList{Parameter}, JsonElement, ArgumentPlace)"/>
    public static Arguments? Read(
        IReadOnlyList<Parameter> parameters, IEnumerable<KeyValuePair<string, JsonElement>> given, ArgumentPlace place)
    {
        var arguments = new Arguments();
        int faults = place.Faults.Count;
        if (place.IsStrict)
        {
            arguments.ReadStrictly(parameters, given, place);
        }
        else
        {
            arguments.ReadLeniently(parameters, given, place);
        }

        return place.Faults.Count == faults ? arguments : null;
    }

    // As the reference server does: names are exact, every parameter is required, null is a value, others are ignored.
    private void ReadStrictly(
        IReadOnlyList<Parameter> parameters, IEnumerable<KeyValuePair<string, JsonElement>> given, ArgumentPlace place)
    {
        // The last of several members with one name counts, as in JavaScript.
        Dictionary<string, JsonElement> byName = [];
        foreach ((string name, JsonElement value) in given)
        {
            byName[name] = value;
        }

        foreach (Parameter parameter in parameters)
        {
            ArgumentPlace at = place.Member(parameter.Name);
            if (!byName.TryGetValue(parameter.Name, out JsonElement value))
            {
                at.Fault("is missing");
            }
            else if (parameter.ReadValue(value, at) is { } read)
            {
                _values.Add(parameter, read);
            }
        }
    }

    private void ReadLeniently(
        IReadOnlyList<Parameter> parameters, IEnumerable<KeyValuePair<string, JsonElement>> given, ArgumentPlace place)
    {
        foreach ((string name, JsonElement value) in given)
        {
            if (parameters.FirstOrDefault(one => one.Name == name) is not { } parameter
                && (parameter = parameters.FirstOrDefault(one => one.IsCalled(name))) is null)
            {
                place.Faults.Add(Unknown(parameters, name, place));
            }
            else if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
                && !(parameter.BlankIsAbsent && LenientReader.IsBlank(value)))
            {
                Add(parameter, value, place.Member(parameter.Name));
            }
        }

        foreach (Parameter missing in parameters.Where(one => one.IsRequired && !_values.ContainsKey(one)))
        {
            ArgumentPlace at = place.Member(missing.Name);
            if (!place.Faults.Any(fault => fault.StartsWith($"`{at.Path}`", StringComparison.Ordinal)))
            {
                place.Faults.Add($"Missing argument `{at.Path}`: {missing.Description}");
            }
        }
    }

    private void Add(Parameter parameter, JsonElement value, ArgumentPlace place)
    {
        if (_values.ContainsKey(parameter))
        {
            place.Fault("was given twice, or under two names");
        }
        else if (parameter.ReadValue(value, place) is { } read)
        {
            _values.Add(parameter, read);
        }
    }

    private static string Unknown(IReadOnlyList<Parameter> parameters, string name, ArgumentPlace place)
    {
        string asked = LetterFolding.Fold(name);
        int distanceMax = Math.Max(2, asked.Length / 2);
        string? nearest = parameters
            .Select(one => (one.Name, Distance: EditDistance.Within(asked, LetterFolding.Fold(one.Name), distanceMax)))
            .Where(one => one.Distance is not null)
            .OrderBy(one => one.Distance)
            .Select(one => one.Name)
            .FirstOrDefault();
        string allowed = parameters.Count == 0
            ? "It takes none." : $"Allowed: {string.Join(", ", parameters.Select(one => one.Name))}.";
        string shown = Quoted.OneLine(name.Length > LenientReader.ShownCharacters
            ? Quoted.Cut(name, LenientReader.ShownCharacters) + "…" : name);
        return $"Unknown argument `{place.Member(shown).Path}`.{(nearest is null ? "" : $" Did you mean `{nearest}`?")} {allowed}";
    }
}

/// <summary>Where an argument stands in a call, how it is read, and where its faults are reported.</summary>
/// <param name="Path">As a model writes it: <c>entities[2].name</c>; empty for the call itself.</param>
/// <param name="Faults">Sentences, in the order of the arguments.</param>
/// <param name="Now">For points such as "yesterday".</param>
/// <param name="Zone">For times without a zone.</param>
internal sealed record ArgumentPlace(string Path, List<string> Faults, DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>Whether only values of the declared JSON type are accepted, as the reference server does.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Whether texts are rejected that the log cannot store.</summary>
    public bool IsStored { get; init; } = true;

    public ArgumentPlace Member(string name) => this with { Path = Path.Length == 0 ? name : $"{Path}.{name}" };

    public ArgumentPlace Item(int index) => this with { Path = FormattableString.Invariant($"{Path}[{index}]") };

    public string? Text(JsonElement value) =>
        !IsStrict || value.ValueKind == JsonValueKind.String ? LenientReader.Text(value) : null;

    public IReadOnlyList<JsonElement>? List(JsonElement value) =>
        !IsStrict || value.ValueKind == JsonValueKind.Array ? LenientReader.List(value) : null;

    public JsonElement? Object(JsonElement value) =>
        !IsStrict || value.ValueKind == JsonValueKind.Object ? LenientReader.Object(value) : null;

    /// <summary>Reports what is wrong here: a clause that follows the argument's name.</summary>
    /// <returns>Null, to be returned in place of a value.</returns>
    public string? Fault(string clause)
    {
        Faults.Add($"`{Path}` {clause}.");
        return null;
    }
}
