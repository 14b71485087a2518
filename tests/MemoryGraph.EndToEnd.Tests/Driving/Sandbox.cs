using System.Runtime.Versioning;

namespace MemoryGraph.EndToEnd.Tests.Driving;

/// <summary>A temporary folder with all that a program may see of the world: its home, its store, where it works.</summary>
internal sealed class Sandbox : IDisposable
{
    public const string Project = "demo";

    public Sandbox()
    {
        Root = Directory.CreateTempSubdirectory("memory-graph-e2e-").FullName;
        Home = Directory.CreateDirectory(Path.Combine(Root, "home")).FullName;
        Work = Directory.CreateDirectory(Path.Combine(Root, "work")).FullName;
        Store = Path.Combine(Root, "store");
    }

    public string Root { get; }

    public string Home { get; }

    public string Work { get; }

    /// <summary>Not there before the first write.</summary>
    public string Store { get; }

    /// <summary>The project's folder; there after the first write.</summary>
    public string ProjectFolder => Assert.Single(Directory.GetDirectories(Store, Project + "-*"));

    public string Log => Path.Combine(ProjectFolder, "events-000000000001.jsonl");

    public string LockFile => Path.Combine(ProjectFolder, "lock");

    public string Join(string name) => Path.Combine(Root, name);

    /// <summary>Puts a program's command into a folder of its own, as an installation would.</summary>
    /// <returns>The folder, for a search path.</returns>
    [UnsupportedOSPlatform("windows")]
    public string Install(IEnumerable<string> program)
    {
        string bin = Directory.CreateDirectory(Join("bin")).FullName;
        string launcher = Path.Combine(bin, "memory-graph");
        File.WriteAllText(launcher, $"#!/bin/sh\nexec {string.Join(' ', program.Select(part => $"'{part}'"))} \"$@\"\n");
        File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return bin;
    }

    /// <summary>A program with nothing of this machine's environment but the search path.</summary>
    public Launch Run(IEnumerable<string> command) => new(Work, [.. command], new Dictionary<string, string>
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
        ["HOME"] = Home,
        ["USERPROFILE"] = Home,
        ["GIT_CONFIG_NOSYSTEM"] = "1",
    });

    /// <summary>A server on this sandbox's project.</summary>
    public Launch Serve(string[] program, params string[] more) =>
        Run([.. program, "serve", "--store", Store, "--project", Project, "--user", "tester", .. more]);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
