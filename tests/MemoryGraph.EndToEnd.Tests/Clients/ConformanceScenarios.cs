using System.Text.Json;
using System.Text.RegularExpressions;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Clients;

/// <summary>What is expected of each scenario of the conformance suite.</summary>
/// <param name="StandIns">What is served in place of the suite's fixtures, as JSON for the bridge.</param>
/// <param name="Passing">The scenarios of which every check passes, but for those that <paramref name="Failing"/> names.</param>
/// <param name="Failing">Scenarios, or single checks (<c>scenario/check</c>), that fail.</param>
internal sealed record ConformanceScenarios(string StandIns, IReadOnlySet<string> Passing, IReadOnlySet<string> Failing)
{
    // Whether the messages of a scenario have the form that they must have, whatever the scenario is about.
    private const string WellFormed = "wire-schema-valid";

    /// <summary>Every scenario that is named.</summary>
    public IReadOnlySet<string> Names => Passing
        .Concat(Failing.Where(name => !name.Contains('/', StringComparison.Ordinal)))
        .ToHashSet(StringComparer.Ordinal);

    public static ConformanceScenarios Read()
    {
        string path = Path.Combine(BuildPlaces.Conformance, "scenarios.json");
        using JsonDocument file = JsonDocument.Parse(
            File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        JsonElement root = file.RootElement;
        IEnumerable<string> passing = Texts(root.GetProperty("apply")).Concat(Reasoned(root.GetProperty("hollow")));
        return new ConformanceScenarios(
            root.GetProperty("standIns").GetRawText(),
            passing.ToHashSet(StringComparer.Ordinal),
            Reasoned(root.GetProperty("doNotApply")).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>What is other than expected: nothing, when all is well.</summary>
    public IEnumerable<string> Surprises(ScenarioResult result)
    {
        bool mayFail = Failing.Contains(result.Name);
        if (!mayFail && !Passing.Contains(result.Name))
        {
            yield return $"{result.Name} is not named in scenarios.json.";
        }

        if (mayFail && result.Checks.All(check => !check.Failed))
        {
            yield return $"{result.Name} is said not to apply, but passes.";
        }

        foreach (ConformanceCheck check in result.Checks)
        {
            bool expectedToFail = Failing.Contains($"{result.Name}/{check.Id}");
            if (check.Failed && !expectedToFail && (!mayFail || check.Id == WellFormed))
            {
                yield return $"{result.Name}/{check.Id} failed: {check.Told}";
            }

            if (!check.Failed && expectedToFail)
            {
                yield return $"{result.Name}/{check.Id} is said not to apply, but passes.";
            }
        }
    }

    private static IEnumerable<string> Reasoned(JsonElement groups) => groups.EnumerateArray().SelectMany(group =>
    {
        Assert.NotEqual("", group.GetProperty("reason").GetString());
        return Texts(group.GetProperty("scenarios"));
    });

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(one => one.GetString()!)];
}

/// <summary>What the suite found in one scenario.</summary>
internal sealed partial record ScenarioResult(string Name, IReadOnlyList<ConformanceCheck> Checks)
{
    /// <param name="folder">As the suite names it: <c>server-tools-list-2026-11-23T20-34-10-746Z</c>.</param>
    public static ScenarioResult Read(string folder)
    {
        using JsonDocument checks = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "checks.json")));
        return new ScenarioResult(
            FolderName().Match(Path.GetFileName(folder)).Groups["name"].Value,
            [.. checks.RootElement.EnumerateArray().Select(ConformanceCheck.Of)]);
    }

    [GeneratedRegex(@"^server-(?<name>.+)-\d{4}-\d\d-\d\dT", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex FolderName();
}

/// <summary>One thing that the suite looked at.</summary>
/// <param name="Failed">Also when the suite only warns: what the protocol says a server should do, ours does.</param>
/// <param name="Told">The check as the suite wrote it.</param>
internal sealed record ConformanceCheck(string Id, bool Failed, string Told)
{
    public static ConformanceCheck Of(JsonElement check) => new(
        check.GetProperty("id").GetString()!,
        check.GetProperty("status").GetString() is "FAILURE" or "WARNING",
        check.GetRawText());
}
