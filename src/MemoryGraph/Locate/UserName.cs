using System.Diagnostics;

namespace MemoryGraph.Locate;

/// <summary>
/// Who changes are made for: <c>--user</c>, <c>MEMORY_GRAPH_USER</c>, git's <c>user.name</c>, else the system's user.
/// </summary>
/// <remarks>
/// git is asked itself, because its configuration has includes and conditions; for at most a second, once.
/// </remarks>
internal static class UserName
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async Task<string> FindAsync(ProjectOptions options, string? root)
    {
        foreach (string? said in new[] { options.User, options.Environment(ProjectOptions.UserVariable) })
        {
            if (!string.IsNullOrWhiteSpace(said))
            {
                return said.Trim();
            }
        }

        return await AskGitAsync(root ?? options.WorkingDirectory) is { Length: > 0 } name ? name : Environment.UserName;
    }

    private static async Task<string> AskGitAsync(string directory)
    {
        // Its own pipes: the protocol's streams must not reach a child.
        var start = new ProcessStartInfo("git", ["config", "--get", "user.name"])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var patience = new CancellationTokenSource(Patience);
        Process? git = null;
        try
        {
            git = Process.Start(start)!;
            git.StandardInput.Close();
            string name = await git.StandardOutput.ReadToEndAsync(patience.Token);
            await git.WaitForExitAsync(patience.Token);
            return git.ExitCode == 0 ? name.Trim() : "";
        }
        catch (OperationCanceledException)
        {
            git?.Kill();
            return "";
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            return "";
        }
        finally
        {
            git?.Dispose();
        }
    }
}
