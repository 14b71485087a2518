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

/// <summary>Runs where programs from npm are installed that read what is exported.</summary>
internal sealed class FormatsFactAttribute : FactAttribute
{
    public FormatsFactAttribute() => Skip = Machine.WithoutFormats;
}
