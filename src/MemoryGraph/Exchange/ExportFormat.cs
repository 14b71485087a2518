using System.Text;

namespace MemoryGraph.Exchange;

/// <summary>A way to write a graph for other programs.</summary>
/// <param name="Name">As people ask for it.</param>
/// <param name="Write">
/// Writes to a stream as it reads the graph, UTF-8 without byte order mark, lines ending in a newline alone.
/// </param>
public sealed record ExportFormat(string Name, Action<GraphExport, Stream> Write)
{
    private const int BufferCharacters = 32 * 1024;

    /// <summary>Every format that shows a graph; the log itself is copied, not written anew.</summary>
    public static IReadOnlyList<ExportFormat> All { get; } =
    [
        new("server-memory", ServerMemoryExport.Write),
        new("markdown", MarkdownExport.Write),
        new("mermaid", MermaidExport.Write),
        new("graphml", GraphMlExport.Write),
        new("json", JsonExport.Write),
    ];

    internal static StreamWriter TextTo(Stream output) =>
        new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferCharacters, leaveOpen: true) { NewLine = "\n" };
}
