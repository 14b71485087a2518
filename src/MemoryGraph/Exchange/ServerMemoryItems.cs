using System.Text.Json;
using MemoryGraph.Text;

namespace MemoryGraph.Exchange;

/// <summary>The items of a reference memory's file, whichever of its two forms it has.</summary>
internal static class ServerMemoryItems
{
    private static readonly byte[] Opening = [.. "{\"type\":"u8];

    /// <returns>Objects, each good until the next is asked for; <see cref="SourceTexts.Line"/> is where it begins.</returns>
    public static IEnumerable<JsonElement> In(Stream file, SourceTexts texts)
    {
        var lines = new LineReader(file);
        MemoryJson? whole = null;
        for (bool first = true; lines.Next(out ReadOnlyMemory<byte> line);)
        {
            texts.Begin(lines);
            if (line.Span.IndexOfAnyExcept(" \t\r"u8) < 0)
            {
                continue;
            }

            whole = first && MemoryJson.MayBegin(line.Span) ? new MemoryJson(lines.Number) : whole;
            first = false;
            if (whole is not null)
            {
                whole.Feed(line.Span, lines.Number);
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
                    texts.Tell($"{whole.Fault}: what follows is not taken");
                    yield break;
                }

                // What only looked like the first line of one object is damage of that line; the others stand alone.
                if (whole.FirstLine < lines.Number)
                {
                    texts.Line = whole.FirstLine;
                    texts.Tell("is no JSON: it ends in the middle");
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
            texts.Tell("is no JSON: it ends in the middle");
        }
    }
}
