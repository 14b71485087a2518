using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MemoryGraph.EndToEnd.Tests.Driving;
using Xunit.Abstractions;

namespace MemoryGraph.EndToEnd.Tests.Packages;

/// <summary>What is in the packages, and what they say of themselves.</summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed partial class PackageContentTests(Programs programs, ITestOutputHelper output) : IDisposable
{
    private const int RegistryDescriptionMax = 100;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [PackageFact]
    public async Task The_program_says_the_version_that_it_was_built_as()
    {
        Finished told = (await _sandbox.Run([.. programs.Any, "--version"]).PipeAsync()).WithoutComplaint();
        Finished met = (await _sandbox.Serve(programs.Any).PipeAsync(Request.Initialize(0) + "\n")).WithoutComplaint();

        Assert.Equal(BuildPlaces.Version, told.Output.TrimEnd());
        Assert.Equal(
            BuildPlaces.Version, Assert.Single(met.Answers).Result.GetProperty("serverInfo").GetProperty("version").GetString());
    }

    [PackageFact("any.*.nupkg")]
    public void Tool_packages_say_what_they_are()
    {
        foreach ((string package, string id, string[] types) in new[]
        {
            (Packed.Tool, "MemoryGraph.Mcp", new[] { "DotnetTool", "McpServer" }),
            (Packed.AnyTool, "MemoryGraph.Mcp.any", ["DotnetToolRidPackage"]),
            (Packed.NativeTool, "MemoryGraph.Mcp.linux-x64", ["DotnetToolRidPackage"]),
        }.Where(package => File.Exists(package.Item1)))
        {
            XElement metadata = XElement.Parse(Encoding.UTF8.GetString(Packed.Read(package, id + ".nuspec")).TrimStart('\uFEFF')).Elements().Single();
            string Said(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
            Assert.Equal(id, Said("id"));
            Assert.Equal(BuildPlaces.Version, Said("version"));
            Assert.Equal("MIT", Said("license"));
            Assert.Equal("README.md", Said("readme"));
            Assert.Contains("MCP", Said("tags"), StringComparison.Ordinal);
            Assert.Equal(types, metadata.Descendants().Where(one => one.Name.LocalName == "packageType").Select(one => one.Attribute("name")!.Value));
        }
    }

    /// <summary>The registry's schema of 2025-12-11, as far as it asks for anything of a package on NuGet.</summary>
    [PackageFact]
    public async Task The_server_json_has_what_registries_ask_for()
    {
        JsonElement server = Packed.ReadJson(Packed.Tool, ".mcp/server.json");
        string name = server.GetProperty("name").GetString()!;
        Assert.Matches(ServerName(), name);
        Assert.InRange(name.Length, 3, 200);
        Assert.InRange(server.GetProperty("description").GetString()!.Length, 1, RegistryDescriptionMax);
        Assert.InRange(server.GetProperty("title").GetString()!.Length, 1, RegistryDescriptionMax);
        Assert.Equal(BuildPlaces.Version, server.GetProperty("version").GetString());
        Assert.EndsWith("/2025-12-11/server.schema.json", server.GetProperty("$schema").GetString(), StringComparison.Ordinal);

        JsonElement package = Assert.Single(server.GetProperty("packages").EnumerateArray());
        Assert.Equal("nuget", package.GetProperty("registryType").GetString());
        Assert.Equal("MemoryGraph.Mcp", package.GetProperty("identifier").GetString());
        Assert.Equal(BuildPlaces.Version, package.GetProperty("version").GetString());
        Assert.Equal("stdio", package.GetProperty("transport").GetProperty("type").GetString());

        // The registry believes that the package is the server's because the readme in it says so.
        Assert.Contains($"<!-- mcp-name: {name} -->", Encoding.UTF8.GetString(Packed.Read(Packed.Tool, "README.md")), StringComparison.Ordinal);

        // What it says of arguments and variables is what the program takes.
        Finished help = (await _sandbox.Run([.. programs.Any, "serve", "--help"]).PipeAsync()).WithoutComplaint();
        foreach (JsonElement argument in package.GetProperty("packageArguments").EnumerateArray())
        {
            Assert.Equal("named", argument.GetProperty("type").GetString());
            Assert.Contains($"  {argument.GetProperty("name").GetString()} ", help.Output, StringComparison.Ordinal);
        }

        foreach (JsonElement variable in package.GetProperty("environmentVariables").EnumerateArray())
        {
            Assert.Contains($"${variable.GetProperty("name").GetString()}", help.Output, StringComparison.Ordinal);
            Assert.NotEqual("", variable.GetProperty("description").GetString());
        }

        Assert.DoesNotContain("@", server.GetRawText(), StringComparison.Ordinal);
    }

    [PackageFact(".mcpb")]
    public async Task The_bundle_lists_the_tools_that_the_server_lists()
    {
        JsonElement manifest = Packed.ReadJson(Packed.Bundle, "manifest.json");
        Finished session = (await _sandbox.Serve(programs.Any).PipeAsync(
            $"{Request.Initialize(0)}\n{Request.Initialized}\n{Request.ToolsList(1)}\n")).WithoutComplaint();

        Assert.Equal(BuildPlaces.Version, manifest.GetProperty("version").GetString());
        Assert.Equal(
            session.Answers[1].Result.GetProperty("tools").EnumerateArray().Select(NameAndDescription),
            manifest.GetProperty("tools").EnumerateArray().Select(NameAndDescription));
        Assert.DoesNotContain("@", manifest.GetProperty("author").GetRawText(), StringComparison.Ordinal);

        static (string?, string?) NameAndDescription(JsonElement tool) =>
            (tool.GetProperty("name").GetString(), tool.GetProperty("description").GetString());
    }

    [PackageFact(".vsix")]
    public void The_extension_in_its_package_is_the_sample_with_the_version_filled_in()
    {
        Assert.Equal(
            File.ReadAllText(Path.Combine(BuildPlaces.Samples, "vscode-extension", "extension.js")),
            Encoding.UTF8.GetString(Packed.Read(Packed.Extension, "extension/extension.js")));
        Assert.Equal(BuildPlaces.Version, Packed.ReadJson(Packed.Extension, "extension/package.json").GetProperty("version").GetString());
    }

    [PackageFact]
    public void No_package_holds_symbols_or_tells_where_it_was_built()
    {
        string[] folders = [.. new[] { "src", "artifacts" }.Select(folder => Path.Combine(BuildPlaces.Repository, folder))];

        // Texts in an assembly have two bytes a letter, its paths one.
        byte[][] places = [.. folders.Select(Encoding.UTF8.GetBytes), .. folders.Select(Encoding.Unicode.GetBytes)];
        foreach (string package in Packages())
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{Path.GetFileName(package)}: {new FileInfo(package).Length:N0} bytes"));
            foreach ((string name, byte[] content) in Packed.Files(package))
            {
                Assert.False(Path.GetExtension(name) is ".pdb" or ".dbg", $"{package} holds {name}");
                Assert.All(places, place => Assert.True(
                    content.AsSpan().IndexOf(place) < 0, $"{name} in {package} names a folder it was built in, of {string.Join(" and ", folders)}"));
            }
        }
    }

    [PackageFact(".tar.gz")]
    public void The_archive_has_the_same_bytes_whoever_makes_it()
    {
        using var tar = new TarReader(new GZipStream(File.OpenRead(Packed.Archive), CompressionMode.Decompress));
        List<TarEntry> entries = [];
        while (tar.GetNextEntry() is { } entry)
        {
            entries.Add(entry);
        }

        Assert.Equal(entries.Select(entry => entry.Name).Order(StringComparer.Ordinal), entries.Select(entry => entry.Name));
        Assert.All(entries, entry => Assert.Equal((0, 0, entries[0].ModificationTime), (entry.Uid, entry.Gid, entry.ModificationTime)));
    }

    [PackageFact]
    public void Every_package_is_listed_with_its_checksum() => Assert.Equal(
        Packages().Select(package => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(package)))}  {Path.GetFileName(package)}")
            .Order(StringComparer.Ordinal),
        File.ReadAllLines(Path.Combine(Packed.Folder, "SHA256SUMS")).Order(StringComparer.Ordinal));

    private static string[] Packages() => [.. Directory.GetFiles(Packed.Folder).Where(file => Path.GetFileName(file) != "SHA256SUMS")];

    [GeneratedRegex("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex ServerName();
}
