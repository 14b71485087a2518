using System.Text.Json;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Operations;
using MemoryGraph.Mcp.Protocol;
using MemoryGraph.Mcp.Resources;
using MemoryGraph.Mcp.ServerMemory;
using MemoryGraph.Queries;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Tests;

/// <summary>A memory called "tested" in a temporary folder, its tools, and a clock to set.</summary>
internal sealed class Memory : IAsyncDisposable
{
    public const string Project = "tested";
    public const string User = "ada";
    public const string Agent = "tests/1";

    private readonly TemporaryFolder _folder;
    private readonly bool _isOwner;
    private readonly Subscriptions _subscriptions;

    public Memory(ToolSet set = ToolSet.Default, bool readOnly = false, string project = Project)
        : this(new TemporaryFolder(), new SetClock(), isOwner: true, set, readOnly, project)
    {
    }

    private Memory(TemporaryFolder folder, SetClock clock, bool isOwner, ToolSet set, bool readOnly, string project)
    {
        _folder = folder;
        _isOwner = isOwner;
        Clock = clock;
        Projects = new CurrentProject(
            new ProjectOptions(folder.Join("store"), project, User, folder.Path, folder.Join("home"), folder.Join("program"), _ => null),
            "tests 1",
            clock);
        _subscriptions = new Subscriptions(Projects, TextWriter.Null);
        Tools = OperationCatalogue.Tools(set, readOnly, Projects);
    }

    public SetClock Clock { get; }

    public CurrentProject Projects { get; }

    public IReadOnlyList<MemoryTool> Tools { get; }

    /// <summary>What a server of this memory serves.</summary>
    public McpServerOptions Options(TextWriter? errors = null) =>
        McpServerSetup.Options(Tools, Projects, _subscriptions, errors ?? TextWriter.Null);

    /// <summary>What a server serves that stands in for the reference server.</summary>
    /// <param name="former">Path of the reference server's file; null for none.</param>
    public McpServerOptions OptionsOfServerMemory(string? former = null, bool readOnly = false, TextWriter? errors = null) =>
        McpServerSetup.OptionsOfServerMemory(
            readOnly,
            Projects,
            new ReferenceFileImport(former, _folder.Path, readOnly, errors ?? TextWriter.Null),
            _subscriptions,
            errors ?? TextWriter.Null);

    /// <summary>A path beside the memory.</summary>
    public string Join(string name) => _folder.Join(name);

    /// <summary>The last event, as a number: how many there are.</summary>
    public long Events => Projects.Current!.Ask(new StatusQuery(), Agent, (answer, _) => answer.Last?.Id.Value ?? 0);

    /// <summary>The same files as another program sees them.</summary>
    public Memory OpenAgain(bool readOnly = false, string project = Project) => OpenAgain(ToolSet.Default, readOnly, project);

    /// <inheritdoc cref="OpenAgain(bool, string)"/>
    public Memory OpenAgain(ToolSet set, bool readOnly = false, string project = Project) =>
        new(_folder, Clock, isOwner: false, set, readOnly, project);

    public Task<ToolAnswer> CallAsync(string tool, string arguments, string agent = Agent) => CallAsync(Tools, tool, arguments, agent);

    /// <summary>Calls a tool on a memory that the test found by itself.</summary>
    public static Task<ToolAnswer> CallAsync(CurrentProject projects, string tool, string arguments, string agent = Agent) =>
        CallAsync(OperationCatalogue.Tools(ToolSet.All, readOnly: false, projects), tool, arguments, agent);

    /// <summary>The text of a call that is carried out.</summary>
    public async Task<string> TellAsync(string tool, string arguments, string agent = Agent)
    {
        ToolAnswer answer = await CallAsync(tool, arguments, agent);
        Assert.False(answer.IsError, answer.Text);
        return answer.Text;
    }

    /// <summary>The text of a call that is not carried out.</summary>
    public async Task<string> FaultAsync(string tool, string arguments)
    {
        ToolAnswer answer = await CallAsync(tool, arguments);
        Assert.True(answer.IsError, answer.Text);
        return answer.Text;
    }

    public async ValueTask DisposeAsync()
    {
        _subscriptions.Dispose();
        await Projects.DisposeAsync();
        if (_isOwner)
        {
            _folder.Dispose();
        }
    }

    private static Task<ToolAnswer> CallAsync(IEnumerable<MemoryTool> tools, string tool, string arguments, string agent)
    {
        IEnumerable<KeyValuePair<string, JsonElement>> given = JsonElement.Parse(arguments)
            .EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value));
        return tools.Single(one => one.Declaration.Name == tool).CallAsync(given, agent, CancellationToken.None);
    }
}
