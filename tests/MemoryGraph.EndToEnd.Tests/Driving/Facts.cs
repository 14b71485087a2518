namespace MemoryGraph.EndToEnd.Tests.Driving;

/// <summary>Runs where the native program can be had.</summary>
internal sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute() => Skip = Machine.WithoutNative;
}

/// <summary>Runs on Unix, on whichever program there is.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = Machine.WithoutUnix;
}

/// <summary>Runs on Unix, on whichever program there is.</summary>
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = Machine.WithoutUnix;
}

/// <summary>Runs where the native program can be traced.</summary>
internal sealed class StraceFactAttribute : FactAttribute
{
    public StraceFactAttribute() => Skip = Machine.WithoutStrace;
}

/// <summary>Runs where the native program can be traced.</summary>
internal sealed class StraceTheoryAttribute : TheoryAttribute
{
    public StraceTheoryAttribute() => Skip = Machine.WithoutStrace;
}

/// <summary>Runs where file systems may be mounted.</summary>
internal sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute() => Skip = Machine.WithoutMounts;
}

/// <summary>Runs where a limit of a running process can be lifted.</summary>
internal sealed class LimitFactAttribute : FactAttribute
{
    public LimitFactAttribute() => Skip = Machine.WithoutUnix ?? Machine.Without("prlimit");
}

/// <summary>Runs where a shell can hold a lock.</summary>
internal sealed class LockTheoryAttribute : TheoryAttribute
{
    public LockTheoryAttribute() => Skip = Machine.WithoutUnix ?? Machine.Without("flock");
}

/// <summary>Runs where both shells are: the one that most people have, and one that knows only what POSIX says.</summary>
internal sealed class ShellTheoryAttribute : TheoryAttribute
{
    public ShellTheoryAttribute() => Skip = Machine.WithoutShells;
}

/// <summary>Runs where both shells and jq are.</summary>
internal sealed class JqTheoryAttribute : TheoryAttribute
{
    public JqTheoryAttribute() => Skip = Machine.WithoutShells ?? Machine.Without("jq");
}

/// <summary>Runs where git is.</summary>
internal sealed class GitFactAttribute : FactAttribute
{
    public GitFactAttribute() => Skip = Machine.WithoutUnix ?? Machine.Without("git");
}

/// <summary>Runs on Linux, where Python is.</summary>
internal sealed class LinuxPythonFactAttribute : FactAttribute
{
    public LinuxPythonFactAttribute() =>
        Skip = OperatingSystem.IsLinux() ? Machine.Without("python3") : "this reads /proc, which only Linux has";
}

/// <summary>Runs where node is; no packages from npm are needed.</summary>
internal sealed class PlainNodeFactAttribute : FactAttribute
{
    public PlainNodeFactAttribute() => Skip = Machine.WithoutUnix ?? Machine.Without("node");
}

/// <summary>Runs where packages were made.</summary>
internal sealed class PackageFactAttribute : FactAttribute
{
    /// <param name="kind">The end of the name of a package that must be among them.</param>
    public PackageFactAttribute(string kind = ".nupkg")
    {
        Kind = kind;
        Skip = Machine.WithoutUnix ?? Packed.Without(kind);
    }

    public string Kind { get; }
}

/// <summary>Runs where the clients from npm are installed.</summary>
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = Machine.WithoutClients;
}

/// <summary>Runs where the clients from npm are installed.</summary>
internal sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute() => Skip = Machine.WithoutClients;
}

/// <summary>Runs where the conformance suite is installed.</summary>
internal sealed class ConformanceFactAttribute : FactAttribute
{
    public ConformanceFactAttribute() => Skip = Machine.WithoutConformance;
}

/// <summary>Runs where the conformance suite is installed.</summary>
internal sealed class ConformanceTheoryAttribute : TheoryAttribute
{
    public ConformanceTheoryAttribute() => Skip = Machine.WithoutConformance;
}

/// <summary>Runs where programs from npm are installed that read what is exported.</summary>
internal sealed class FormatsFactAttribute : FactAttribute
{
    public FormatsFactAttribute() => Skip = Machine.WithoutFormats;
}
