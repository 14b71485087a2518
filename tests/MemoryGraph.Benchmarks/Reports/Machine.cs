using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MemoryGraph.Benchmarks.Reports;

/// <summary>Where and when something was measured.</summary>
internal static class Machine
{
    private const string LoadPath = "/proc/loadavg";

    /// <summary>What is known before anything is measured, one line for each fact.</summary>
    /// <param name="data">A folder on the disk that was measured.</param>
    /// <param name="repository">Whose commit is meant.</param>
    public static IReadOnlyList<string> Facts(string data, string repository, TimeProvider clock) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC, commit {Commit(repository)}"),
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0} GB"),
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}; the store on {FileSystem(data)}",
        RuntimeInformation.FrameworkDescription,
        $"load of the machine before: {Load()}",
    ];

    /// <summary>What can only be told when all was measured.</summary>
    /// <param name="quick">Whether figures come from too few runs to be quoted.</param>
    public static string FactAfter(bool quick) => $"after: {Load()}{(quick ? "; a quick run, not to be quoted" : "")}";


    // How many processes wanted to run, on average of the last minute.
    private static string Load() => File.Exists(LoadPath) ? File.ReadAllText(LoadPath).Split(' ')[0] : "unknown";

    private static string Processor()
    {
        const string path = "/proc/cpuinfo";
        string? line = File.Exists(path)
            ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? "an unnamed processor" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static string FileSystem(string folder)
    {
        string path = Path.GetFullPath(folder);
        return DriveInfo.GetDrives()
            .Where(drive => drive.IsReady && path.StartsWith(drive.Name, StringComparison.Ordinal))
            .MaxBy(drive => drive.Name.Length)?.DriveFormat ?? "an unnamed file system";
    }

    private static string Commit(string repository)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", ["-C", repository, "describe", "--always", "--dirty", "--exclude=*"])
        {
            RedirectStandardOutput = true,
        })!;
        string commit = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return commit.Length > 0 ? commit : "unknown";
    }
}
