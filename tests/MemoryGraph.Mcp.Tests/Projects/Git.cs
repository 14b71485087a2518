using System.Diagnostics;

namespace MemoryGraph.Mcp.Tests.Projects;

/// <summary>The real git, with nobody's configuration.</summary>
internal static class Git
{
    public static void Run(string folder, params IEnumerable<string> arguments)
    {
        string[] settled = ["-c", "user.name=tester", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main"];
        using Process git = Process.Start(new ProcessStartInfo("git", [.. settled, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        Task<string> errors = git.StandardError.ReadToEndAsync();
        git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, $"git {string.Join(' ', arguments)}: {errors.GetAwaiter().GetResult()}");
    }

    /// <summary>Makes a repository with one commit.</summary>
    public static string Init(string folder)
    {
        Directory.CreateDirectory(folder);
        Run(folder, "init", "-q");
        Run(folder, "commit", "-q", "--allow-empty", "-m", "first");
        return folder;
    }
}
