using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MemoryGraph.EndToEnd.Tests.Driving;

/// <summary>The program in its two builds, made once per run.</summary>
/// <remarks>
/// The one for the JIT comes with the build of these tests. The native one is published when it is first asked for, unless
/// <see cref="NativeVariable"/> names one that is there already.
/// </remarks>
public sealed class Programs
{
    /// <summary>Environment variable with the path of a native program, so that CI publishes only once.</summary>
    public const string NativeVariable = "MEMORY_GRAPH_NATIVE";

    /// <summary>Name of the test collection whose classes share the programs.</summary>
    public const string Collection = "programs";

    private readonly Lazy<string[]> _native = new(() => [FindOrPublish()]);

    /// <summary>Command and first arguments of the native program.</summary>
    internal string[] Native => _native.Value;

    /// <summary>Command and first arguments of the program for the JIT.</summary>
    internal string[] Jit { get; } = [DotNet, BuildPlaces.JitProgram];

    /// <summary>Whichever comes closer to what people run.</summary>
    internal string[] Any => Machine.WithoutNative is null ? Native : Jit;

    /// <summary>Command and first arguments of the log probe.</summary>
    internal string[] LogProbe { get; } = [DotNet, BuildPlaces.LogProbe];

    /// <summary>Command and first arguments of the sample with a projection of its own.</summary>
    internal string[] OwnProjection { get; } = [DotNet, BuildPlaces.OwnProjection];

    /// <summary>The path of the runtime that these tests run on, which is the SDK's.</summary>
    internal static string DotNet => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    private static string FindOrPublish()
    {
        if (Environment.GetEnvironmentVariable(NativeVariable) is { Length: > 0 } given)
        {
            Assert.True(File.Exists(given), $"{NativeVariable} names {given}, which is not there");
            return Path.GetFullPath(given);
        }

        string rid = RuntimeInformation.RuntimeIdentifier;
        string project = Path.Combine(BuildPlaces.Repository, "src", "MemoryGraph.Mcp");

        // Servers that outlive the build would keep its output open, and we would wait for them.
        var start = new ProcessStartInfo(
            DotNet, ["publish", project, "-c", "Release", "-r", rid, "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            RedirectStandardOutput = true,
        };
        foreach (string inherited in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(inherited);
        }

        using Process publish = Process.Start(start)!;
        string output = publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        Assert.True(publish.ExitCode == 0, output);
        return Path.Combine(BuildPlaces.PublishRoot, $"release_{rid}", OperatingSystem.IsWindows() ? "memory-graph.exe" : "memory-graph");
    }
}

/// <summary>All classes share the programs and run one after the other: many of them start several processes.</summary>
[CollectionDefinition(Programs.Collection)]
public sealed class ProgramsCollection : ICollectionFixture<Programs>;
