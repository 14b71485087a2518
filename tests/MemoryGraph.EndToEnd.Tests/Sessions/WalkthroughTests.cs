using System.Runtime.Versioning;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Sessions;

/// <summary>The console sessions in README are run as they stand, so that they never go stale.</summary>
/// <remarks>A line <c>…</c> stands for any lines, and <c>…</c> within a line for any text.</remarks>
[Collection(Programs.Collection)]
public sealed class WalkthroughTests(Programs programs) : IDisposable
{
    private const string Prompt = "$ ";
    private const string Anything = "…";

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_walkthrough_shows_what_the_readme_says()
    {
        string bin = _sandbox.Install(programs.Any);
        Directory.CreateSymbolicLink(Path.Combine(_sandbox.Work, "samples"), BuildPlaces.Samples);
        Step[] steps = [.. Steps(await File.ReadAllLinesAsync(Path.Combine(BuildPlaces.Repository, "README.md")))];
        Assert.True(steps.Length >= 10, $"README has {steps.Length} console commands");

        // One shell for all, as for a reader: what is exported stays. A line of its own ends the output of each.
        const string end = "== end of output ==";
        string script = string.Concat(steps.Select(step => $"{step.Command}\necho '{end}'\n"));
        Finished finished = await _sandbox.Run(["/bin/sh"])
            .With("PATH", $"{bin}:{Environment.GetEnvironmentVariable("PATH")}").With("USER", "tester").PipeAsync(script);

        string[] outputs = finished.Output.Split(end + "\n");
        Assert.True(outputs.Length == steps.Length + 1, $"{outputs.Length - 1} of {steps.Length} commands ended:\n{finished.Output}{finished.Errors}");
        foreach ((Step step, string output) in steps.Zip(outputs))
        {
            AssertShows(step, output.TrimEnd('\n').Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    private static IEnumerable<Step> Steps(string[] readme)
    {
        bool inConsole = false;
        Step? step = null;
        foreach (string line in readme)
        {
            bool fence = line.StartsWith("```", StringComparison.Ordinal);
            if (step is not null && (fence || line.StartsWith(Prompt, StringComparison.Ordinal)))
            {
                yield return step;
                step = null;
            }

            if (fence)
            {
                inConsole = line == "```console";
            }
            else if (inConsole && line.StartsWith(Prompt, StringComparison.Ordinal))
            {
                step = new Step(line[Prompt.Length..], []);
            }
            else if (inConsole)
            {
                step?.Shown.Add(line);
            }
        }
    }

    private static void AssertShows(Step step, string[] output)
    {
        int at = 0;
        bool skips = false;
        foreach (string shown in step.Shown)
        {
            if (shown == Anything)
            {
                skips = true;
                continue;
            }

            int found = skips ? Array.FindIndex(output, at, line => Matches(line, shown)) : at < output.Length && Matches(output[at], shown) ? at : -1;
            Assert.True(found >= 0, $"`{step.Command}` does not show, from its line {at + 1} on: {shown}\nIt shows:\n{string.Join('\n', output)}");
            (at, skips) = (found + 1, false);
        }

        Assert.True(skips || at == output.Length, $"`{step.Command}` shows more than README says:\n{string.Join('\n', output[at..])}");
    }

    // Each part stands behind the one before it; the first and the last where the line begins and ends.
    private static bool Matches(string line, string shown)
    {
        string[] parts = shown.Split(Anything);
        if (!line.StartsWith(parts[0], StringComparison.Ordinal) || !line.EndsWith(parts[^1], StringComparison.Ordinal))
        {
            return false;
        }

        int at = 0;
        foreach (string part in parts)
        {
            at = line.IndexOf(part, at, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            at += part.Length;
        }

        return parts.Length > 1 || line.Length == shown.Length;
    }

    private sealed record Step(string Command, List<string> Shown);
}
