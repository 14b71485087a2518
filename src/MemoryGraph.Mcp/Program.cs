using System.Runtime.InteropServices;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Cli;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Operations;
using MemoryGraph.Mcp.Protocol;
using MemoryGraph.Mcp.Resources;
using MemoryGraph.Mcp.ServerMemory;
using MemoryGraph.Mcp.Terminals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

#pragma warning disable RS0030 // The one place that knows the console; everything else is handed its streams.
using Stream input = Console.OpenStandardInput();
using Stream output = PipeOutput.Or(Console.OpenStandardOutput());
TextWriter errors = Console.Error;
bool piped = Console.IsInputRedirected;
bool plain = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
    || Environment.GetEnvironmentVariable("TERM") == "dumb";
var terminal = new Terminal(output, errors)
{
    Input = () => new StreamReader(input),
    InputBytes = input,
    IsWatched = !Console.IsOutputRedirected,
    ErrorsAreWatched = !Console.IsErrorRedirected,
    HasColours = !plain,
    Width = Console.IsOutputRedirected ? Terminal.WidthUnknown : Math.Max(Console.WindowWidth, Terminal.WidthLeast),
    ReaderIsGone = PipeOutput.ReaderIsGone,
};

// Standard output is the protocol's: whatever a library prints must not reach it.
Console.SetOut(errors);
#pragma warning restore RS0030

// A write beyond the allowed file size is an error to report, not an end to the process.
const int fileSizeExceeded = 25;
using PosixSignalRegistration? oversized =
    OperatingSystem.IsWindows() ? null
    : PosixSignalRegistration.Create((PosixSignal)fileSizeExceeded, signal => signal.Cancel = true);

var frame = new CliOptions(
    said => ProjectOptions.OfSurroundings(said.Store, said.Project, said.User), terminal, TimeProvider.System);
return await new CommandLine(ServeAsync, frame, serveByDefault: piped).RunAsync(args, CancellationToken.None);

async Task<int> ServeAsync(ServeSettings settings, CancellationToken cancel)
{
    await using var projects = new CurrentProject(settings.Project, ProductVersion.NameAndNumber, TimeProvider.System);
    using var subscriptions = new Subscriptions(projects, errors);

    // The empty builder: the usual one reads appsettings.json of the client's working directory and logs to standard
    // output.
    HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
    builder.Services.AddSingleton(_ => new StdioTransport(input, output));
    var former = new ReferenceFileImport(
        settings.Project.Environment(ReferenceFileImport.Variable),
        settings.Project.WorkingDirectory,
        settings.ReadOnly,
        errors);
    builder.Services.AddSingleton(settings.Tools == ToolSet.ServerMemory
        ? McpServerSetup.OptionsOfServerMemory(settings.ReadOnly, projects, former, subscriptions, errors)
        : McpServerSetup.Options(
            OperationCatalogue.Tools(settings.Tools, settings.ReadOnly, projects), projects, subscriptions, errors));
    builder.Services.AddHostedService<McpSession>();
    using IHost host = builder.Build();
    IHostApplicationLifetime lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
    using PosixSignalRegistration? hangUp =
        OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
    await host.RunAsync(cancel);
    return ExitCode.Done;

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        lifetime.StopApplication();
    }
}
