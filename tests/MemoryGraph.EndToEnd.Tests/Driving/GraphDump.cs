using System.Text;
using System.Text.RegularExpressions;

namespace MemoryGraph.EndToEnd.Tests.Driving;

/// <summary>The whole graph as a client sees it, page after page.</summary>
internal static partial class GraphDump
{
    /// <param name="at">The point: <c>#42</c>.</param>
    public static async Task<string> OfAsync(ServerProcess server, string at)
    {
        var dump = new StringBuilder();
        string? cursor = null;
        do
        {
            Answer page = await server.DoAsync(ToolCall.GraphAt(at, cursor));
            dump.AppendLine(page.Text);
            cursor = Next().Match(page.Text) is { Success: true } match ? match.Groups["cursor"].Value : null;
        }
        while (cursor is not null);

        // An age depends on when one asks, and nothing else does.
        return Age().Replace(dump.ToString(), ", age by");
    }

    [GeneratedRegex(@"More follow: cursor ""(?<cursor>[^""]+)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Next();

    [GeneratedRegex(@", (just now|\d+ min ago) by", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Age();
}
