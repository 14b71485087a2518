using System.Runtime.CompilerServices;
using System.Text;

namespace MemoryGraph.Testing;

/// <summary>Compares a message with the approved one. Tests pin wording here and nowhere else.</summary>
/// <remarks>
/// The approved messages of a test class stand in <c>__snapshots__/CLASS.words</c> beside it: one heading per test and
/// case, below it the message, each line after a bar. After a deliberate change of wording run the tests with
/// <c>APPROVE=1</c>, which writes what they got, and read the diff.
/// </remarks>
public static class Wording
{
    /// <summary>Set to 1, it makes the messages of this run the approved ones.</summary>
    public const string ApproveVariable = "APPROVE";

    private const string Heading = "## ";

    private static readonly Lock Files = new();

    /// <param name="text">The message, without what differs from run to run.</param>
    /// <param name="which">Tells the cases of one test apart.</param>
    /// <param name="test">The test; filled in by the compiler.</param>
    /// <param name="source">File of the test; filled in by the compiler.</param>
    public static void Match(
        string text, string which = "", [CallerMemberName] string test = "", [CallerFilePath] string source = "")
    {
        string file = Path.Combine(
            Path.GetDirectoryName(source)!, "__snapshots__", Path.GetFileNameWithoutExtension(source) + ".words");
        string key = which.Length == 0 ? test : $"{test}: {OneLine(which)}";
        string said = text.ReplaceLineEndings("\n");
        lock (Files)
        {
            SortedDictionary<string, string> approved = Read(file);
            if (Environment.GetEnvironmentVariable(ApproveVariable) == "1")
            {
                approved[key] = said;
                Write(file, approved);
                return;
            }

            Assert.True(
                approved.TryGetValue(key, out string? expected),
                $"{file} has no message \"{key}\". Run the test with {ApproveVariable}=1 to add it:\n{said}");
            Assert.Equal(expected, said);
        }
    }

    private static SortedDictionary<string, string> Read(string file)
    {
        var approved = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string? key = null;
        foreach (string line in File.Exists(file) ? File.ReadAllText(file).Split('\n') : [])
        {
            if (line.StartsWith(Heading, StringComparison.Ordinal))
            {
                key = line[Heading.Length..];
            }
            else if (line.StartsWith('|') && key is not null)
            {
                approved[key] = approved.TryGetValue(key, out string? before) ? $"{before}\n{line[1..]}" : line[1..];
            }
        }

        return approved;
    }

    private static void Write(string file, SortedDictionary<string, string> approved)
    {
        var text = new StringBuilder();
        foreach ((string key, string said) in approved)
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(Heading).Append(key).Append('\n');
            foreach (string line in said.Split('\n'))
            {
                text.Append('|').Append(line).Append('\n');
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text.ToString());
    }

    // A heading is one line, and letters that a file cannot hold are written as escapes.
    private static string OneLine(string which) => string.Concat(which.Select(letter =>
        char.IsControl(letter) || char.IsSurrogate(letter) || letter is '\u2028' or '\u2029' or '\uFFFD' or '\uFEFF'
            ? $"\\u{(int)letter:x4}" : letter.ToString()));
}
