using System.Text.Json;
using MemoryGraph.Text;

namespace MemoryGraph.Exchange;

/// <summary>Reads the items of a reference server's file in either of its two forms.</summary>
internal static class ServerMemoryItems
{
    private static readonly byte[] Opening = [.. "{\"type\":"u8];

    /// <returns>Objects, each valid until the next; <see cref="SourceTexts.Line"/> is the line it begins on.</returns>
    public static IEnumerable<JsonElement> In(Stream file, SourceTexts texts)
    {
        var lines = new LineReader(file);
        MemoryJson? whole = null;
        for (bool first = true; lines.Next(out ReadOnlyMemory<byte> line);)
        {
            texts.BeginLine(lines);
            if (line.Span.IndexOfAnyExcept(" \t\r"u8) < 0)
            {
                continue;
            }

            whole = first && MemoryJson.MayBegin(line.Span) ? new MemoryJson(lines.Number) : whole;
            first = false;
            if (whole is not null)
            {
                whole.AddLine(line.Span, lines.Number);
                while (whole.Next() is { } item)
                {
                    using (item)
                    {
                        texts.Line = whole.ItemLine;
                        yield return item.RootElement;
                    }
                }

                if (whole.Fault is null)
                {
                    continue;
                }

                if (whole.IsCertain)
                {
                    texts.Line = lines.Number;
                    texts.Report($"{whole.Fault}: what follows is not taken");
                    yield break;
                }

                // It only looked like the first line of one object: that line is damaged, the others stand alone.
                if (whole.FirstLine < lines.Number)
                {
                    texts.Line = whole.FirstLine;
                    texts.Report("is no JSON: it ends in the middle");
                }

                whole = null;
            }

            texts.Line = lines.Number;
            foreach (JsonElement item in SourceObjects.In(line, Opening, texts))
            {
                yield return item;
            }
        }

        if (whole is { IsWhole: false })
        {
            texts.Line = lines.Number;
            texts.Report("is no JSON: it ends in the middle");
        }
    }
}
