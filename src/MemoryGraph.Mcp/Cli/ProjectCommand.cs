using System.CommandLine;

namespace MemoryGraph.Mcp.Cli;

/// <summary>A command about one memory.</summary>
internal abstract class ProjectCommand : Command
{
    protected ProjectCommand(string name, string description, CommandFrame frame)
        : base(name, description)
    {
        Options.Add(frame.Json);
        SetAction((parsed, cancel) => frame.RunAsync(parsed, RunAsync, cancel));
    }

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> RunAsync(CommandCall call);
}
