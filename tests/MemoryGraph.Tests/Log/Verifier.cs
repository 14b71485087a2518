using System.Diagnostics;

namespace MemoryGraph.Tests.Log;

/// <summary>Runs <c>samples/verify.py</c>, which shares nothing with the program but the format.</summary>
internal static class Verifier
{
    private const string Python = "python3";

    private static readonly Lazy<string?> Missing = new(WhyMissing);

    /// <summary>Why it cannot run here; null when it can.</summary>
    public static string? Obstacle => Missing.Value;

    public static VerifierAnswer Verify(string projectOrFile)
    {
        using Process process = Start(ScriptPath(), projectOrFile);
        string answer = process.StandardOutput.ReadToEnd();
        string trouble = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(trouble.Length == 0, trouble);
        return new VerifierAnswer(process.ExitCode, answer.TrimEnd());
    }

    /// <summary>Asserts that a second implementation finds a log valid; does nothing without Python.</summary>
    public static void Accepts(TempStore store)
    {
        if (Obstacle is null)
        {
            VerifierAnswer answer = Verify(store.Place.Directory);
            Assert.True(answer.ExitCode == 0, answer.Words);
        }
    }

    private static string ScriptPath()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MemoryGraph.Mcp.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "samples", "verify.py");
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(Python, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static string? WhyMissing()
    {
        try
        {
            using Process process = Start("--version");
            process.WaitForExit();
            return null;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"{Python} does not run here: {e.Message}";
        }
    }
}

/// <summary>What the script said, and its exit code: 0 valid, 1 not.</summary>
internal sealed record VerifierAnswer(int ExitCode, string Words);

/// <summary>A test of <c>samples/verify.py</c>: reported as skipped where there is no Python, never passed silently.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithPythonAttribute : FactAttribute
{
    public FactWithPythonAttribute() => Skip = Verifier.Obstacle;
}

/// <inheritdoc cref="FactWithPythonAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithPythonAttribute : TheoryAttribute
{
    public TheoryWithPythonAttribute() => Skip = Verifier.Obstacle;
}
