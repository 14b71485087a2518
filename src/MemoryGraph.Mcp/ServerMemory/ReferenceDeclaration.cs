using System.Buffers;
using System.Text.Json;
using MemoryGraph.Mcp.Declarations;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>What the reference server says of one of its tools.</summary>
/// <param name="Arguments">Members of the call's arguments.</param>
/// <param name="Results">Members of what it answers.</param>
internal sealed record ReferenceDeclaration(
    string Name, string Title, string Description, Hints Hints, IReadOnlyList<ReferenceParameter> Arguments, IReadOnlyList<ReferenceParameter> Results)
{
    /// <summary>Whether the texts that it is given are stored.</summary>
    public bool Stores => Hints is { ReadOnly: false, Destructive: false };

    /// <summary>The tool as <c>tools/list</c> shows it.</summary>
    public Tool ToProtocol() => new()
    {
        Name = Name,
        Title = Title,
        Description = Description,
        InputSchema = Schema(Arguments, closed: false),
        OutputSchema = Schema(Results, closed: true),
        Annotations = new ToolAnnotations
        {
            ReadOnlyHint = Hints.ReadOnly,
            DestructiveHint = Hints.Destructive,
            IdempotentHint = Hints.Idempotent,
            OpenWorldHint = false,
        },
    };

    private static JsonElement Schema(IReadOnlyList<ReferenceParameter> members, bool closed)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            ReferenceParameter.WriteObject(json, members, closed);
        }

        return JsonElement.Parse(bytes.WrittenSpan);
    }
}
