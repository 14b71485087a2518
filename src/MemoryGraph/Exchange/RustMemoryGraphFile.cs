using System.Text.Json;
using MemoryGraph.Text;

namespace MemoryGraph.Exchange;

/// <summary>
/// An event log of the Rust memory-graph, <c>data/events.jsonl</c> or one of its <c>data/archive</c>.
/// </summary>
/// <remarks>
/// <code>
/// {"eventType":"observation_added","eventId":2,"ts":1704067201,"user":"duyan","agent":"claude","source":"mcp_tool_call",
///  "data":{"entity":"Bug:X","observation":"Login fails"}}
/// </code>
/// on one line. <c>ts</c> and validity are Unix seconds. The members of <c>data</c> are <c>entity_type</c>,
/// <c>relation_type</c>, <c>valid_from</c>, <c>valid_to</c> as the program writes them, or <c>entityType</c> and so on
/// as its documentation does. Events are read in the order of lines, as the program itself replays them: its ids are
/// not always unique nor in order, as it may give one twice after a restart, and two processes do.
/// <para>
/// It names facts by their texts, so the graph of its events is kept while reading (about 600 bytes an event). Each
/// event is a call. Events that it replays without effect are reported. Where it drops facts about an entity that no
/// line creates (the line may be in an archived file), the entity is created with an unknown type instead.
/// </para>
/// </remarks>
/// <param name="path">The file's absolute path.</param>
public sealed class RustMemoryGraphFile(string path) : MemorySource
{
    private static readonly byte[] Opening = [.. "{\"eventType\":"u8];

    /// <inheritdoc/>
    public override string Name => $"rust-memory-graph:{path}";

    /// <inheritdoc/>
    public override bool HasLastingIds => true;

    /// <inheritdoc/>
    public override IEnumerable<SourceCall> Read(Stream file, Action<SourceProblem> problems)
    {
        var texts = new SourceTexts(problems);
        var reader = new RustEventReader(Name, texts);
        var lines = new LineReader(file);
        while (lines.Next(out ReadOnlyMemory<byte> line))
        {
            texts.BeginLine(lines);
            foreach (JsonElement item in SourceObjects.In(line, Opening, texts))
            {
                if (reader.Read(item) is { } call)
                {
                    yield return call;
                }
            }
        }
    }
}
