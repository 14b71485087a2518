using System.IO.Compression;
using System.Text;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Packages;

/// <summary>
/// Installs the tool where there is nothing but the .NET SDK: an empty home, no compiler, and the packages as the only source.
/// </summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed class ToolInstallTests(Programs programs) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    private string Source => _sandbox.Join("source");

    private string GlobalTools => Path.Combine(_sandbox.Home, ".dotnet", "tools");

    public void Dispose() => _sandbox.Dispose();

    [PackageFact("linux-x64*.nupkg")]
    public void What_these_tests_drive_is_the_native_program_out_of_the_package()
    {
        (string name, byte[] packed) = Assert.Single(Packed.Files(Packed.NativeTool), file => file.Name.StartsWith("tools/", StringComparison.Ordinal)
            && !file.Name.EndsWith("DotnetToolSettings.xml", StringComparison.Ordinal));
        Assert.Equal("tools/any/linux-x64/memory-graph", name);
        Assert.Equal("\u007fELF"u8, packed.AsSpan(0, 4));
        Assert.True(packed.AsSpan().SequenceEqual(File.ReadAllBytes(Assert.Single(programs.Any))), $"{programs.Any[0]} is another program");
    }

    [PackageFact("linux-x64*.nupkg")]
    public async Task The_readme_s_commands_install_a_tool_that_serves_and_honours_the_store()
    {
        OfferPackages();
        string[] commands = [.. ReadmeCommands()];
        Assert.Contains(commands, command => command.StartsWith("dotnet tool install ", StringComparison.Ordinal));
        Assert.Contains(commands, command => command.StartsWith("dotnet dnx ", StringComparison.Ordinal));
        foreach (string command in commands)
        {
            Finished ran = await OnBareMachine(["sh", "-c", command]).PipeAsync();
            Assert.True(ran.ExitCode == 0, $"`{command}` ended with {ran.ExitCode}:\n{ran.Output}{ran.Errors}");
        }

        Launch installed = OnBareMachine(["sh", "-c", "memory-graph"]).With("MEMORY_GRAPH_STORE", _sandbox.Store).With("PATH", $"{GlobalTools}:{Bare()}");
        await AssertAnswersAsync(installed);

        Assert.NotEmpty(Directory.GetFiles(_sandbox.Store, "events-*.jsonl", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(Path.Combine(_sandbox.Home, ".memory-graph")), "it wrote into the home folder as well");
    }

    [PackageFact]
    public async Task Run_without_being_installed_it_says_nothing_but_its_answers()
    {
        OfferPackages();
        await AssertAnswersAsync(OnBareMachine(["dotnet", "dnx", "MemoryGraph.Mcp", "--yes"]).With("MEMORY_GRAPH_STORE", _sandbox.Store));
        Assert.NotEmpty(Directory.GetFiles(_sandbox.Store, "events-*.jsonl", SearchOption.AllDirectories));
    }

    [PackageFact]
    public async Task Where_there_is_no_native_package_the_portable_one_is_installed_and_serves()
    {
        OfferPackages();
        HideNativePackage();

        Finished installed = await OnBareMachine(["dotnet", "tool", "install", "--global", "MemoryGraph.Mcp"]).PipeAsync();

        Assert.True(installed.ExitCode == 0, installed.Output + installed.Errors);
        Assert.NotEmpty(Directory.GetFiles(GlobalTools, "memory-graph.dll", SearchOption.AllDirectories));
        await AssertAnswersAsync(OnBareMachine([Path.Combine(GlobalTools, "memory-graph")])
            .With("MEMORY_GRAPH_STORE", _sandbox.Store).With("DOTNET_ROOT", Path.GetDirectoryName(Programs.DotNet)!));
    }

    // A line of the README's Install section that needs nothing but the SDK.
    private static IEnumerable<string> ReadmeCommands()
    {
        string readme = File.ReadAllText(Path.Combine(BuildPlaces.Repository, "README.md"));
        string section = readme[readme.IndexOf("\n## Install\n", StringComparison.Ordinal)..readme.IndexOf("\n## What an assistant can do", StringComparison.Ordinal)];
        return section.Split('\n').Where(line =>
            line.StartsWith("dotnet tool ", StringComparison.Ordinal) || line.StartsWith("dotnet dnx ", StringComparison.Ordinal));
    }

    // The packages, as the only source that NuGet knows in the working directory.
    private void OfferPackages()
    {
        Directory.CreateDirectory(Source);
        foreach (string package in Directory.GetFiles(Packed.Folder, "*.nupkg"))
        {
            File.Copy(package, Path.Combine(Source, Path.GetFileName(package)));
        }

        File.WriteAllText(
            Path.Combine(_sandbox.Work, "nuget.config"),
            $"""<configuration><packageSources><clear /><add key="packages" value="{Source}" /></packageSources></configuration>""");
    }

    // The package that people name says for which machines there is a native one: here it says that for another machine.
    private void HideNativePackage()
    {
        using ZipArchive tool = ZipFile.Open(Path.Combine(Source, Path.GetFileName(Packed.Tool)), ZipArchiveMode.Update);
        ZipArchiveEntry settings = tool.Entries.Single(entry => entry.Name == "DotnetToolSettings.xml");
        string text = Encoding.UTF8.GetString(Packed.Read(Packed.Tool, settings.FullName));
        using Stream content = settings.Open();
        content.SetLength(0);
        content.Write(Encoding.UTF8.GetBytes(text.Replace("linux-x64", "linux-s390x", StringComparison.Ordinal)));
    }

    private static async Task AssertAnswersAsync(Launch server)
    {
        string session = await File.ReadAllTextAsync(Path.Combine(BuildPlaces.Samples, "first-session.jsonl"));
        Finished finished = (await server.PipeAsync(session)).WithoutComplaint();
        Assert.Equal(11, finished.Answers.Count);
        Assert.All(finished.Answers, answer => Assert.False(answer.IsError, answer.Text));
    }

    private Launch OnBareMachine(string[] command) => _sandbox.Run([Path.Combine(Bare(), command[0]), .. command.Skip(1)])
        .With("PATH", Bare())
        .With("DOTNET_CLI_HOME", _sandbox.Home)
        .With("DOTNET_NOLOGO", "1")
        .With("DOTNET_CLI_TELEMETRY_OPTOUT", "1");

    // All that can be found on the search path. The SDK itself runs chmod.
    private string Bare()
    {
        string bare = _sandbox.Join("bare");
        if (!Directory.Exists(bare))
        {
            Directory.CreateDirectory(bare);
            File.CreateSymbolicLink(Path.Combine(bare, "dotnet"), Programs.DotNet);
            foreach (string tool in new[] { "sh", "chmod" })
            {
                File.CreateSymbolicLink(Path.Combine(bare, tool), Machine.Find(tool)!);
            }
        }

        return bare;
    }
}
