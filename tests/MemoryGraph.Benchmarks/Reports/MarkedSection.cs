namespace MemoryGraph.Benchmarks.Reports;

/// <summary>A part of a text file that a program rewrites, between two comments that name it.</summary>
/// <remarks><code>
/// &lt;!-- benchmarks:begin --&gt;
/// …
/// &lt;!-- benchmarks:end --&gt;
/// </code></remarks>
internal static class MarkedSection
{
    /// <summary>Puts a text between the marks.</summary>
    /// <param name="path">The file. One that is not there, or has no such marks, gets them at its end.</param>
    /// <param name="name">Which part.</param>
    /// <param name="text">What shall stand in it.</param>
    /// <exception cref="InvalidDataException">It begins and does not end, or ends before it begins.</exception>
    public static void Write(string path, string name, string text)
    {
        (string begin, string end) = ($"<!-- {name}:begin -->\n", $"<!-- {name}:end -->");
        string file = File.Exists(path) ? File.ReadAllText(path) : "";
        int from = file.IndexOf(begin, StringComparison.Ordinal);
        int to = file.IndexOf(end, StringComparison.Ordinal);
        if ((from < 0) != (to < 0) || to < from)
        {
            throw new InvalidDataException($"{path} has one of the marks {begin.Trim()} and {end} without the other.");
        }

        string section = $"{begin}{text.TrimEnd()}\n{end}";
        string written = from < 0
            ? $"{file}{(file.Length > 0 ? "\n" : "")}{section}\n"
            : $"{file[..from]}{section}{file[(to + end.Length)..]}";
        File.WriteAllText(path, written);
    }
}
