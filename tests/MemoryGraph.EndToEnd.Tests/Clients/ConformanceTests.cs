using System.Text.RegularExpressions;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Clients;

/// <summary>The protocol's own conformance suite, in a release and a preview that knows the newest revision.</summary>
/// <remarks>
/// It speaks HTTP alone; <c>clients/conformance/bridge.mjs</c> stands between. What each of its scenarios is to us is said,
/// with reasons, in <c>clients/conformance/scenarios.json</c>.
/// </remarks>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed partial class ConformanceTests(Programs programs) : IDisposable
{
    private const string Release = "@modelcontextprotocol/conformance";
    private const string Preview = "conformance-preview";

    private static readonly string Node = Machine.ConformanceNode;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [ConformanceTheory]
    [InlineData(Release, "--suite", "all")]
    [InlineData(Preview, "--suite", "all", "--spec-version", "2025-11-25")]
    [InlineData(Preview, "--requirements", "2026-07-28")]
    public async Task Every_scenario_that_applies_is_passed(string suite, params string[] chosen)
    {
        var expected = ConformanceScenarios.Read();
        Launch launch = _sandbox.Serve(programs.Any, "--tools", "all");
        string results = _sandbox.Join("results");

        // The suite reads an entity by a name of its own.
        (await launch.PipeAsync(Request.Session([ToolCall.Create("123")]))).WithoutComplaint();
        await using (ServerProcess bridge = ServerProcess.Of(
            launch.Under("node", Path.Combine(BuildPlaces.Conformance, "bridge.mjs"), expected.StandIns)))
        {
            string address = (await bridge.LineAsync())!;
            Finished told = await _sandbox.Run(
                [Node, Program(suite), "server", "--url", address, "--output-dir", results, .. chosen]).PipeAsync();
            Assert.Contains("=== SUMMARY ===", told.Output, StringComparison.Ordinal);
            await bridge.EndAsync();
            Assert.Equal(0, bridge.ErrorLines);
        }

        ScenarioResult[] ran = [.. Directory.GetDirectories(results).Select(ScenarioResult.Read)];
        Assert.NotEmpty(ran);
        string surprises = string.Join('\n', ran.SelectMany(expected.Surprises));
        Assert.True(surprises.Length == 0, surprises);
    }

    [ConformanceFact]
    public async Task Every_scenario_that_the_suite_knows_was_looked_at()
    {
        var known = new List<string>();
        foreach (string suite in new[] { Release, Preview })
        {
            Finished finished = (await _sandbox.Run([Node, Program(suite), "list", "--server"]).PipeAsync()).WithoutComplaint();
            known.AddRange(ListedScenario().Matches(finished.Output).Select(match => match.Groups["name"].Value));
        }

        IReadOnlySet<string> named = ConformanceScenarios.Read().Names;
        Assert.Equal([], known.Where(name => !named.Contains(name)));
        Assert.Equal([], named.Where(name => !known.Contains(name, StringComparer.Ordinal)));
    }

    private static string Program(string suite) =>
        Path.Combine([BuildPlaces.Conformance, "node_modules", .. suite.Split('/'), "dist", "index.js"]);

    [GeneratedRegex(@"^  - (?<name>\S+)", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ListedScenario();
}
