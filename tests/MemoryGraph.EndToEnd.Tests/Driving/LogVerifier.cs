using System.Collections;
using Xunit.Abstractions;

namespace MemoryGraph.EndToEnd.Tests.Driving;

/// <summary>The sample that verifies a log without any code of ours.</summary>
internal static class LogVerifier
{
    /// <summary>Has the log judged; says so when there is nobody to judge it.</summary>
    public static async Task AssertValidAsync(Sandbox sandbox, ITestOutputHelper output)
    {
        string script = Path.Combine(BuildPlaces.Samples, "verify.py");
        string? missing = !File.Exists(script) ? "samples/verify.py is not in this tree" : Machine.Without("python3");
        if (missing is not null)
        {
            output.WriteLine($"The log was not verified independently: {missing}.");
            return;
        }

        // An interpreter may need this machine's environment to find itself.
        Launch verify = sandbox.Run(["python3", script, sandbox.ProjectFolder]) with
        {
            Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .ToDictionary(one => (string)one.Key, one => (string)one.Value!, StringComparer.Ordinal),
        };
        Finished verdict = await verify.PipeAsync();
        Assert.True(verdict.ExitCode == 0, verdict.Output + verdict.Errors);
    }
}
