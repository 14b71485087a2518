using System.Buffers;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.Declarations;

/// <summary>
/// The one declaration of a tool: its words, its parameters, and so its schema and how arguments are read.
/// </summary>
/// <remarks>Schemas are flat, with one plain type per property: some clients drop a tool whose schema has
/// more.</remarks>
/// <param name="Name">Lower case and underscores, at most 21 characters: clients put a prefix before it.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">For the model: what it is for and when to use it, most important first.</param>
/// <param name="Hints">Whether it changes anything, and how.</param>
/// <param name="Parameters">In the order in which they are shown.</param>
internal sealed record ToolDeclaration(
    string Name, string Title, string Description, Hints Hints, params IReadOnlyList<Parameter> Parameters)
{
    /// <summary>
    /// The members of its structured results; null for our own tools, which answer in words. With them, a tool behaves
    /// as the reference server's do, in its schemas and in how strictly arguments are read.
    /// </summary>
    public IReadOnlyList<Parameter>? Results { get; init; }

    /// <summary>Where the arguments of a call are read.</summary>
    public ArgumentPlace PlaceOfCall(TimeProvider clock) => new("", [], clock.GetUtcNow(), clock.LocalTimeZone)
    {
        IsStrict = Results is not null,
        IsStored = Results is null || Hints is { ReadOnly: false, Destructive: false },
    };

    /// <summary>The tool as <c>tools/list</c> shows it.</summary>
    public Tool ToProtocol() => new()
    {
        Name = Name,
        Title = Title,
        Description = Description,
        InputSchema = Schema(Parameters, Results is null ? SchemaStyle.Standard : SchemaStyle.ReferenceArguments),
        OutputSchema = Results is { } results ? Schema(results, SchemaStyle.ReferenceResults) : null,
        Annotations = new ToolAnnotations
        {
            Title = Results is null ? Title : null,
            ReadOnlyHint = Hints.ReadOnly,
            DestructiveHint = Hints.Destructive,
            IdempotentHint = Hints.Idempotent,
            OpenWorldHint = false,
        },
    };

    private static JsonElement Schema(IReadOnlyList<Parameter> members, SchemaStyle style)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Parameter.WriteObject(writer, members, style);
        }

        return JsonElement.Parse(bytes.WrittenSpan);
    }
}

/// <summary>
/// What a tool does to the memory. Clients decide by this whether to ask, and whether calls may run side by side.
/// </summary>
/// <param name="ReadOnly">Changes nothing.</param>
/// <param name="Destructive">Takes away something that is known now (history keeps it).</param>
/// <param name="Idempotent">A repeated call changes nothing more.</param>
internal sealed record Hints(bool ReadOnly, bool Destructive, bool Idempotent)
{
    public static Hints Reads { get; } = new(ReadOnly: true, Destructive: false, Idempotent: true);

    public static Hints Adds { get; } = new(ReadOnly: false, Destructive: false, Idempotent: true);

    /// <summary>Something known may give way to something else.</summary>
    public static Hints Replaces { get; } = new(ReadOnly: false, Destructive: true, Idempotent: true);

    /// <summary>As <see cref="TakesAway"/>; repeated without a target, it goes on to the next.</summary>
    public static Hints TakesBack { get; } = new(ReadOnly: false, Destructive: true, Idempotent: false);

    public static Hints TakesAway { get; } = new(ReadOnly: false, Destructive: true, Idempotent: true);
}
