using System.Runtime.CompilerServices;

namespace MemoryGraph.Mcp.Tests;

/// <summary>Keeps what the machine and its user have configured out of the tests.</summary>
internal static class Hermetic
{
    [ModuleInitializer]
    public static void Begin()
    {
        // A snapshot that is missing is a failure, not a new snapshot, unless somebody asks for new ones with "false".
        const string strict = "SNAPSHOOTER_STRICT_MODE";
        Environment.SetEnvironmentVariable(strict, Environment.GetEnvironmentVariable(strict) ?? "true");

        // git reads these; neither file exists.
        string none = Path.Combine(AppContext.BaseDirectory, "no.gitconfig");
        Environment.SetEnvironmentVariable("GIT_CONFIG_GLOBAL", none);
        Environment.SetEnvironmentVariable("GIT_CONFIG_SYSTEM", none);
        foreach (string variable in new[] { "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_CONFIG_COUNT" })
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }
}
