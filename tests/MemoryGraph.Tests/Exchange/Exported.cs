using System.Text;
using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Exchange;
using MemoryGraph.Tests.Values;

namespace MemoryGraph.Tests.Exchange;

/// <summary>Memories to export, and what comes out.</summary>
internal static class Exported
{
    /// <summary>Anything that may be stored as a name or type.</summary>
    private static readonly Gen<string> Word = AnyText.Generator.Select(StoredText.NameOf)
        .Where(text => text.Length > 0 && StoredText.FaultIn(text, oneLine: true) is null);

    private static readonly Gen<string> Text = AnyText.Generator.Where(text => StoredText.FaultIn(text, oneLine: false) is null);

    /// <summary>Some entities with any names and texts, and relations between them.</summary>
    public static Gen<InMemoryGraph> AnyMemory { get; } = Gen.Select(
        Gen.Select(Word, Word, Text.Array[0, 3], (name, type, texts) => new CreateEntity(name, type, texts)).Array[1, 5],
        Gen.Select(Gen.Int[0, 4], Word, Gen.Int[0, 4]).Array[0, 5],
        (entities, links) => Of(entities, links));

    /// <summary>The bytes of every format, by its name.</summary>
    public static IEnumerable<(string Format, byte[] Bytes)> All(InMemoryGraph memory, ExportQuery query) =>
        ExportFormat.All.Select(format => (format.Name, Bytes(memory, format.Name, query)));

    /// <summary>What a format makes of a memory.</summary>
    public static string In(InMemoryGraph memory, string format, ExportQuery? query = null) =>
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes(memory, format, query ?? new ExportQuery(AsOf.Now)));

    private static byte[] Bytes(InMemoryGraph memory, string format, ExportQuery query)
    {
        using var output = new MemoryStream();
        ExportFormat.All.Single(one => one.Name == format).Write(memory.Ask(query), output);
        return output.ToArray();
    }

    private static InMemoryGraph Of(CreateEntity[] entities, (int From, string Type, int To)[] links)
    {
        var memory = new InMemoryGraph();
        foreach (CreateEntity entity in entities)
        {
            memory.Do(entity);
        }

        foreach ((int from, string type, int to) in links)
        {
            memory.Do(new CreateRelation(entities[from % entities.Length].Name, type, entities[to % entities.Length].Name));
        }

        return memory;
    }
}
