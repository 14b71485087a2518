using System.Text;
using System.Xml.Linq;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Packages;

/// <summary>The library as programs use it: from its package, outside the repository.</summary>
[Collection(Programs.Collection)]
public sealed class LibraryPackageTests(Programs programs) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [PackageFact]
    public void The_library_s_package_has_its_page_its_documentation_and_one_dependency()
    {
        string[] files = [.. Packed.Files(Packed.Library).Select(file => file.Name)];
        foreach (string file in new[] { "README.md", "icon.png", "lib/net10.0/MemoryGraph.dll", "lib/net10.0/MemoryGraph.xml" })
        {
            Assert.Contains(file, files);
        }

        XElement metadata = Specification();
        Assert.Equal("MemoryGraph", Said(metadata, "id"));
        Assert.Equal(BuildPlaces.Version, Said(metadata, "version"));
        Assert.Equal("MIT", Said(metadata, "license"));
        Assert.Equal("README.md", Said(metadata, "readme"));
        Assert.Equal("System.IO.Hashing", Assert.Single(Dependencies(metadata)).Attribute("id")!.Value);
    }

    [PackageFact]
    public async Task The_sample_projection_built_from_the_package_tells_what_the_one_built_from_the_sources_tells()
    {
        await using (ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any)))
        {
            await server.DoAsync(ToolCall.Create("Auth", "Decided to use JWT", "is written in Go"));
            await server.DoAsync(ToolCall.Supersede("Auth", "Decided to use JWT", "Decided to use sessions"));
            await server.EndAsync();
        }

        string folder = Folder();
        foreach (string file in Directory.GetFiles(Path.Combine(BuildPlaces.Samples, "own-projection"))
            .Where(file => Path.GetExtension(file) is ".cs" or ".csproj"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        string program = await BuildAsync(folder, "own-projection");

        string[] arguments = [_sandbox.Store, Sandbox.Project];
        Finished packed = (await _sandbox.Run([Programs.DotNet, program, .. arguments]).PipeAsync()).WithoutComplaint();
        Finished built = (await _sandbox.Run([.. programs.OwnProjection, .. arguments]).PipeAsync()).WithoutComplaint();
        Assert.StartsWith("1 of 2 decisions hold", packed.Output, StringComparison.Ordinal);
        Assert.Equal(built.Output, packed.Output);
    }

    [PackageFact]
    public async Task What_the_package_s_page_shows_compiles_and_does_it()
    {
        string folder = Folder();
        string page = Encoding.UTF8.GetString(Packed.Read(Packed.Library, "README.md"));
        string[] lines = [.. page.Split("```csharp\n").Skip(1).SelectMany(block => block[..block.IndexOf("```", StringComparison.Ordinal)].Split('\n'))];
        int type = Array.FindIndex(lines, line => line.StartsWith("sealed class", StringComparison.Ordinal));
        bool IsImport(string line) => line.StartsWith("using ", StringComparison.Ordinal);
        string[] program =
        [
            .. lines.Where(IsImport),
            .. lines[..type].Where(line => !IsImport(line)),
            "Console.WriteLine($\"{string.Join(\", \", found)}; {decisions.AppliedTo}\");",
            "return 0;",
            .. lines[type..].Where(line => !IsImport(line)),
        ];
        await File.WriteAllLinesAsync(Path.Combine(folder, "Program.cs"), program);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "page.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="MemoryGraph" Version="{BuildPlaces.Version}" />
              </ItemGroup>
            </Project>
            """);

        Finished ran = (await _sandbox.Run([Programs.DotNet, await BuildAsync(folder, "page")]).PipeAsync()).WithoutComplaint();

        Assert.Equal("recorded 2 events\nCheckout; #2\n", ran.Output.ReplaceLineEndings("\n"));
    }

    private static XElement Specification() => XElement
        .Parse(Encoding.UTF8.GetString(Packed.Read(Packed.Library, "MemoryGraph.nuspec")).TrimStart('\uFEFF')).Elements().Single();

    private static string Said(XElement metadata, string name) => metadata.Elements().Single(one => one.Name.LocalName == name).Value;

    private static IEnumerable<XElement> Dependencies(XElement metadata) =>
        metadata.Descendants().Where(one => one.Name.LocalName == "dependency");

    // A folder for a program, with the package and what it depends on as the only source.
    private string Folder()
    {
        string source = Directory.CreateDirectory(_sandbox.Join("source")).FullName;
        File.Copy(Packed.Library, Path.Combine(source, Path.GetFileName(Packed.Library)));
        foreach (XElement dependency in Dependencies(Specification()))
        {
            // Restored for the tests themselves; NuGet keeps each package beside what it unpacked.
            (string id, string version) = (dependency.Attribute("id")!.Value, dependency.Attribute("version")!.Value);
            string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
#pragma warning disable CA1308 // NuGet's folders are in lower case.
            string name = $"{id}.{version}.nupkg".ToLowerInvariant();
            File.Copy(Path.Combine(cache, id.ToLowerInvariant(), version, name), Path.Combine(source, name));
#pragma warning restore CA1308
        }

        string folder = Directory.CreateDirectory(Path.Combine(_sandbox.Work, "program")).FullName;
        File.WriteAllText(
            Path.Combine(folder, "nuget.config"),
            $"""<configuration><packageSources><clear /><add key="packages" value="{source}" /></packageSources></configuration>""");
        return folder;
    }

    private async Task<string> BuildAsync(string folder, string name)
    {
        Finished built = await _sandbox.Run([Programs.DotNet, "build", folder, "--nologo", "-v", "quiet", "-o", Path.Combine(folder, "out")])
            .With("NUGET_PACKAGES", _sandbox.Join("cache"))
            .With("DOTNET_CLI_HOME", _sandbox.Home)
            .With("DOTNET_NOLOGO", "1")
            .With("DOTNET_CLI_TELEMETRY_OPTOUT", "1")
            .PipeAsync();
        Assert.True(built.ExitCode == 0, built.Output + built.Errors);
        return Path.Combine(folder, "out", name + ".dll");
    }
}
