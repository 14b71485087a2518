using System.Text.RegularExpressions;

namespace MemoryGraph.EndToEnd.Tests.Faults;

/// <summary>A system call as strace saw it.</summary>
/// <param name="Name">Of the call: <c>fsync</c>.</param>
/// <param name="Text">Arguments and outcome, as written by strace, with the path of each descriptor.</param>
/// <param name="Began">Place among all lines of the trace.</param>
/// <param name="Ended">Place among all lines; later than <paramref name="Began"/> when threads overlap.</param>
internal sealed partial record SystemCall(string Name, string Text, int Began, int Ended)
{
    /// <summary>Whether it failed, because it was made to or by itself. An interruption is no failure: one tries again.</summary>
    public bool Failed => Text.Contains(" = -1 ", StringComparison.Ordinal) && !Text.Contains(" = -1 EINTR", StringComparison.Ordinal);

    public bool Injected => Text.Contains("(INJECTED)", StringComparison.Ordinal);

    /// <summary>The path behind its first descriptor; empty when there is none.</summary>
    public string Path => FirstDescriptor().Match(Text) is { Success: true } match ? match.Groups["path"].Value : "";

    /// <summary>Whether it is about the log itself, not about a file on its way to become one.</summary>
    public bool IsOnLog => Path.EndsWith(".jsonl", StringComparison.Ordinal);

    /// <summary>The folder, or the log, that this call gave a name to; null when it is about another name.</summary>
    public string? MadeName => LastText().Match(Text) is { Success: true } match
        && (Name == "mkdir" || match.Groups["path"].Value.EndsWith(".jsonl", StringComparison.Ordinal)) ? match.Groups["path"].Value : null;

    /// <summary>Reads what strace wrote; calls in the order of their end.</summary>
    public static IReadOnlyList<SystemCall> ReadTrace(string file)
    {
        var calls = new List<SystemCall>();
        var open = new Dictionary<string, (string Text, int Began)>(StringComparer.Ordinal);
        string[] lines = File.ReadAllLines(file);
        for (int at = 0; at < lines.Length; at++)
        {
            if (Unfinished().Match(lines[at]) is { Success: true } begun)
            {
                open[begun.Groups["thread"].Value] = (begun.Groups["text"].Value, at);
            }
            else if (Resumed().Match(lines[at]) is { Success: true } rest && open.Remove(rest.Groups["thread"].Value, out var began))
            {
                calls.Add(new SystemCall(rest.Groups["name"].Value, began.Text + rest.Groups["text"].Value, began.Began, at));
            }
            else if (Whole().Match(lines[at]) is { Success: true } whole)
            {
                calls.Add(new SystemCall(whole.Groups["name"].Value, whole.Groups["text"].Value, at, at));
            }
        }

        return calls;
    }

    [GeneratedRegex(@"^(?<thread>\d+) +\w+(?<text>\(.*) <unfinished \.\.\.>$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^(?<thread>\d+) +<\.\.\. (?<name>\w+) resumed>(?<text>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(?<thread>\d+) +(?<name>\w+)(?<text>\(.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^\(.*""(?<path>[^""]+)""[^""]*\) += 0", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex LastText();

    [GeneratedRegex(@"^\(\d+<(?<path>[^>]*)>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex FirstDescriptor();
}
