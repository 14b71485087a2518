using System.CommandLine;

namespace MemoryGraph.Mcp.Cli;

/// <summary>A command about one memory.</summary>
internal abstract class ProjectCommand : Command
{
    /// <param name="hasUser">Whether <c>--user</c> says who a change is made for, as it usually does.</param>
    /// <param name="hasJson">Whether it answers a script by <c>--json</c>, as it usually does.</param>
    protected ProjectCommand(
        string name, string description, CliOptions frame, bool hasUser = true, bool hasJson = true)
        : base(name, description)
    {
        if (hasJson)
        {
            Options.Add(frame.Json);
        }

        if (hasUser)
        {
            Options.Add(frame.User);
        }

        SetAction((parsed, cancel) => frame.RunAsync(parsed, RunAsync, cancel));
    }

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> RunAsync(CommandContext call);
}
