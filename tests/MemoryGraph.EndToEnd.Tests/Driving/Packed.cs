using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace MemoryGraph.EndToEnd.Tests.Driving;

/// <summary>The packages that <c>build/pack</c> made.</summary>
internal static class Packed
{
    /// <summary>Environment variable with their folder: only who has just made them knows that they are of these sources.</summary>
    public const string FolderVariable = "MEMORY_GRAPH_PACKAGES";

    /// <summary>The package that people name; it points to the two with a program.</summary>
    public static string Tool => At($"MemoryGraph.Mcp.{BuildPlaces.Version}.nupkg");

    /// <summary>The library, for programs.</summary>
    public static string Library => At($"MemoryGraph.{BuildPlaces.Version}.nupkg");

    public static string AnyTool => At($"MemoryGraph.Mcp.any.{BuildPlaces.Version}.nupkg");

    public static string NativeTool => At($"MemoryGraph.Mcp.linux-x64.{BuildPlaces.Version}.nupkg");

    public static string Archive => At($"memory-graph-{BuildPlaces.Version}-linux-x64.tar.gz");

    public static string Bundle => At($"memory-graph-{BuildPlaces.Version}-linux-x64.mcpb");

    public static string Extension => At($"memory-graph-vscode-{BuildPlaces.Version}.vsix");

    public static string Folder => Environment.GetEnvironmentVariable(FolderVariable) ?? "";

    /// <summary>Null when there is a package whose name ends so, else why not.</summary>
    public static string? Without(string kind) =>
        !Directory.Exists(Folder) ? $"there are no packages: run build/pack and have {FolderVariable} name artifacts/packages"
        : Directory.GetFiles(Folder, "*" + kind).Length == 0 ? $"build/pack left out *{kind}" : null;

    /// <summary>Every file in a package, of whichever kind, with its content.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Files(string package) =>
        package.EndsWith(".tar.gz", StringComparison.Ordinal) ? InTar(package) : InZip(package);

    /// <summary>The content of one file in a package.</summary>
    public static byte[] Read(string package, string name) => Files(package).Single(file => file.Name == name).Content;

    public static JsonElement ReadJson(string package, string name)
    {
        using JsonDocument document = JsonDocument.Parse(Read(package, name));
        return document.RootElement.Clone();
    }

    private static IEnumerable<(string Name, byte[] Content)> InZip(string package)
    {
        using ZipArchive zip = ZipFile.OpenRead(package);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using Stream content = entry.Open();
            yield return (entry.FullName, Whole(content));
        }
    }

    private static IEnumerable<(string Name, byte[] Content)> InTar(string package)
    {
        using var tar = new TarReader(new GZipStream(File.OpenRead(package), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } content)
            {
                yield return (entry.Name, Whole(content));
            }
        }
    }

    private static byte[] Whole(Stream content)
    {
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string At(string name) => Path.Combine(Folder, name);
}
