using System.Text;

namespace MemoryGraph.Exchange;

/// <summary>A file format that a graph can be exported to.</summary>
/// <param name="Name">As people ask for it.</param>
/// <param name="Write">
/// Writes while it reads the graph: UTF-8 without byte order mark, lines ended by <c>\n</c>.
/// </param>
public sealed record ExportFormat(string Name, Action<GraphExport, Stream> Write)
{
    private const int BufferCharacters = 32 * 1024;

    /// <summary>All formats of a graph. (The log itself is copied, not exported.)</summary>
    public static IReadOnlyList<ExportFormat> All { get; } =
    [
        new("server-memory", ServerMemoryExport.Write),
        new("markdown", MarkdownExport.Write),
        new("mermaid", MermaidExport.Write),
        new("graphml", GraphMlExport.Write),
        new("json", JsonExport.Write),
    ];

    internal static StreamWriter TextTo(Stream output) =>
        new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferCharacters, leaveOpen: true)
        {
            NewLine = "\n",
        };
}
