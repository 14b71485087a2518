using System.Text;

namespace MemoryGraph.Mcp.Install;

/// <summary>Two texts side by side, as patches show them: what goes with <c>-</c>, what comes with <c>+</c>.</summary>
/// <remarks>
/// One hunk from the first line that differs to the last: an installation changes one place. What <c>patch</c> makes of
/// it is the other text, byte for byte: a line that ends in <c>\r\n</c> keeps its <c>\r</c> here.
/// </remarks>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <param name="path">Of the file.</param>
    /// <param name="before">Null for no file.</param>
    /// <param name="after">Null for no file.</param>
    public static IEnumerable<string> Lines(string path, byte[]? before, byte[]? after)
    {
        string[] old = Split(before);
        string[] now = Split(after);
        int least = Math.Min(old.Length, now.Length);
        int start = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        int end = old.Reverse().Zip(now.Reverse()).Take(least - start)
            .TakeWhile(pair => pair.First == pair.Second).Count();
        int from = Math.Max(start - Context, 0);
        int trail = Math.Min(end, Context);
        yield return $"--- {(before is null ? "/dev/null" : path)}";
        yield return $"+++ {(after is null ? "/dev/null" : path)}";
        yield return $"@@ -{Range(from, old.Length - end + trail)} +{Range(from, now.Length - end + trail)} @@";
        IEnumerable<string> lines = old[from..start].Select(line => " " + line)
            .Concat(old[start..^end].Select(line => "-" + line))
            .Concat(now[start..^end].Select(line => "+" + line))
            .Concat(old[^end..].Take(trail).Select(line => " " + line));
        foreach (string line in lines)
        {
            yield return line.TrimEnd('\n');
            if (!line.EndsWith('\n'))
            {
                yield return "\\ No newline at end of file";
            }
        }
    }

    private static string Range(int from, int to) =>
        FormattableString.Invariant($"{(to > from ? from + 1 : from)},{to - from}");

    // With what ends them, which the last one may lack.
    private static string[] Split(byte[]? text)
    {
        string[] lines = Encoding.UTF8.GetString(text ?? []).Split('\n');
        string[] last = lines[^1].Length > 0 ? [lines[^1]] : [];
        return [.. lines[..^1].Select(line => line + '\n'), .. last];
    }
}
