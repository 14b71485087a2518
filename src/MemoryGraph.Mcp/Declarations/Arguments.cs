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

    /// <summary>Arguments that were read elsewhere: each value is what <see cref="Parameter.ReadValue"/> would give.</summary>
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
    public T Of<T>(Parameter<T> parameter) => _values.TryGetValue(parameter, out object? value) ? (T)value : parameter.WhenAbsent;

    /// <summary>Whether something was given for a parameter.</summary>
    public bool Has(Parameter parameter) => _values.ContainsKey(parameter);

    /// <summary>The value of a text that is required, so it is there.</summary>
    public string Text(TextParameter parameter) => (string)_values[parameter];

    /// <summary>Reads what was given for some parameters. All faults are reported, not only the first.</summary>
    /// <returns>Null when there were faults.</returns>
    public static Arguments? Read(IReadOnlyList<Parameter> parameters, JsonElement given, ArgumentPlace place) =>
        Read(parameters, given.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)), place);

    /// <inheritdoc cref="Read(IReadOnlyList{Parameter}, JsonElement, ArgumentPlace)"/>
    public static Arguments? Read(
        IReadOnlyList<Parameter> parameters, IEnumerable<KeyValuePair<string, JsonElement>> given, ArgumentPlace place)
    {
        var arguments = new Arguments();
        int faults = place.Faults.Count;
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
                arguments.Take(parameter, value, place.Member(parameter.Name));
            }
        }

        foreach (Parameter missing in parameters.Where(one => one.IsRequired && !arguments._values.ContainsKey(one)))
        {
            ArgumentPlace at = place.Member(missing.Name);
            if (!place.Faults.Any(fault => fault.StartsWith($"`{at.Path}`", StringComparison.Ordinal)))
            {
                place.Faults.Add($"Missing argument `{at.Path}`: {missing.Description}");
            }
        }

        return place.Faults.Count == faults ? arguments : null;
    }

    private void Take(Parameter parameter, JsonElement value, ArgumentPlace place)
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
        int slips = Math.Max(2, asked.Length / 2);
        string? nearest = parameters
            .Select(one => (one.Name, Distance: EditDistance.Within(asked, LetterFolding.Fold(one.Name), slips)))
            .Where(one => one.Distance is not null)
            .OrderBy(one => one.Distance)
            .Select(one => one.Name)
            .FirstOrDefault();
        string allowed = parameters.Count == 0
            ? "It takes none." : $"Allowed: {string.Join(", ", parameters.Select(one => one.Name))}.";
        string shown = Quoted.OneLine(name.Length > LenientReader.ShownCharacters ? Quoted.Cut(name, LenientReader.ShownCharacters) + "…" : name);
        return $"Unknown argument `{place.Member(shown).Path}`.{(nearest is null ? "" : $" Did you mean `{nearest}`?")} {allowed}";
    }
}

/// <summary>Where an argument stands in a call, and where its faults are told.</summary>
/// <param name="Path">As a model writes it: <c>entities[2].name</c>; empty for the call itself.</param>
/// <param name="Faults">Sentences, in the order of the arguments.</param>
/// <param name="Now">For points such as "yesterday".</param>
/// <param name="Zone">For times without a zone.</param>
internal sealed record ArgumentPlace(string Path, List<string> Faults, DateTimeOffset Now, TimeZoneInfo Zone)
{
    public ArgumentPlace Member(string name) => this with { Path = Path.Length == 0 ? name : $"{Path}.{name}" };

    public ArgumentPlace Item(int index) => this with { Path = FormattableString.Invariant($"{Path}[{index}]") };

    /// <summary>Reports what is wrong here: a clause that follows the argument's name.</summary>
    /// <returns>Null, to be returned in place of a value.</returns>
    public string? Fault(string clause)
    {
        Faults.Add($"`{Path}` {clause}.");
        return null;
    }
}
