using MemoryGraph.Domain;

namespace MemoryGraph.Mcp.Declarations;

/// <summary>Parameters that a call must give.</summary>
internal static class Required
{
    /// <summary>A name or type: one line, no space around it.</summary>
    public static TextParameter Name(
        string name, string description, int most = Limits.NameCharacters, IReadOnlyList<string>? aliases = null) =>
        new(name, description, required: true, most, oneLine: true) { Aliases = aliases ?? [] };

    public static TextParameter Text(string name, string description, int most) =>
        new(name, description, required: true, most, oneLine: false);

    public static TextListParameter TextList(
        string name, string description, int most, IReadOnlyList<string>? aliases = null) =>
        new(name, description, required: true, most, oneLine: false) { Aliases = aliases ?? [] };

    public static TextListParameter NameList(string name, string description, int most = Limits.NameCharacters) =>
        new(name, description, required: true, most, oneLine: true);

    public static PointParameter Point(string name, string description) =>
        new(name, description, required: true, startOfDay: false);
}

/// <summary>Parameters that a call may leave out, or give as null.</summary>
internal static class Optional
{
    public static TextParameter Name(string name, string description, int most = Limits.NameCharacters) =>
        new(name, description, required: false, most, oneLine: true);

    public static TextParameter Text(string name, string description, int most) =>
        new(name, description, required: false, most, oneLine: false);

    public static TextListParameter TextList(string name, string description, int most) =>
        new(name, description, required: false, most, oneLine: false);

    public static TextListParameter NameList(string name, string description, int most = Limits.NameCharacters) =>
        new(name, description, required: false, most, oneLine: true);

    public static NumberParameter Number(string name, string description, int least, int most, int whenAbsent) =>
        new(name, description, least, most, whenAbsent);

    public static FlagParameter Flag(string name, string description) => new(name, description);

    public static ChoiceParameter<T> Choice<T>(string name, string description, T whenAbsent)
        where T : struct, Enum => new(name, description, whenAbsent);

    public static PointParameter Point(string name, string description, bool startOfDay = false) =>
        new(name, description, required: false, startOfDay);

    public static EventsParameter Events(string description) => new("events", description);

    public static DayParameter Day(string name, string description, bool mayClear = false) =>
        new(name, description, mayClear);

    public static ObjectListParameter<T> ObjectList<T>(
        string name, string description, Func<Arguments, T> make, params IReadOnlyList<Parameter> members) =>
        new(name, description, required: false, members, make);
}
