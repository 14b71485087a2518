using System.Reflection;

namespace MemoryGraph.EndToEnd.Tests.Driving;

/// <summary>Where the build put things, as it wrote into this assembly.</summary>
internal static class BuildPlaces
{
    private static readonly Dictionary<string, string> Places = typeof(BuildPlaces).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(place => place.Value is not null)
        .GroupBy(place => place.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First().Value!, StringComparer.Ordinal);

    public static string JitProgram => Places["JitProgram"];

    public static string LogProbe => Places["LogProbe"];

    public static string OwnProjection => Places["OwnProjection"];

    public static string Repository => Places["Repository"];

    public static string PublishRoot => Places["PublishRoot"];

    /// <summary>The version that everything built here bears.</summary>
    public static string Version => Places["Version"];

    public static string[] RuntimeIdentifiers => Places["RuntimeIdentifiers"].Split(';');

    public static string Samples => Path.Combine(Repository, "samples");

    /// <summary>The folder with the packers from npm.</summary>
    public static string Packers => Path.Combine(Repository, "build", "npm");

    /// <summary>The folder with clients from npm.</summary>
    public static string Clients => Path.Combine(Repository, "tests", "MemoryGraph.EndToEnd.Tests", "npm");

    /// <summary>The folder with the protocol's conformance suite.</summary>
    public static string Conformance => Path.Combine(Clients, "conformance");

    /// <summary>The folder with programs from npm that read what is exported.</summary>
    public static string Formats => Path.Combine(Clients, "formats");
}
