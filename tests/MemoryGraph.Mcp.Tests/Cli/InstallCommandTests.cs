using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Install;
using MemoryGraph.Mcp.Tests.Declarations;
using MemoryGraph.Mcp.Tests.Snapshots;

namespace MemoryGraph.Mcp.Tests.Cli;

/// <summary>What people and scripts see of <c>install</c> and <c>uninstall</c>, and what becomes of real files.</summary>
public sealed class InstallCommandTests : IDisposable
{
    private const string Foreign =
        """
        {
          // Mine.
          "theme": "dark",
          "mcpServers": {
            "github": { "command": "gh-mcp", "env": { "TOKEN": "x" } }, // keep
          },
        }

        """;

    private readonly Prompt _prompt = new();

    public InstallCommandTests() => Directory.CreateDirectory(_prompt.Machine.Join("app", ".git"));

    public static IEnumerable<object[]> EveryScope =>
        from client in ClientCatalogue.All
        from scope in client.Scopes
        select new object[] { client.Name, ScopeName(scope) };

    private string ClaudeFile => Path.Combine(_prompt.Machine.Home, ".claude.json");

    private string App => _prompt.Machine.Join("app");

    public void Dispose() => _prompt.Dispose();

    [Theory]
    [MemberData(nameof(EveryScope))]
    public async Task A_missing_file_is_made_in_every_scope_and_goes_again(string client, string scope)
    {
        await _prompt.TellAsync("install", client, "--scope", scope);
        string file = FileOf(client, scope);

        Assert.Equal(Path.Combine(_prompt.Machine.Program, "memory-graph"), Command(file, client, scope));
        Assert.Equal(scope == "project" ? [] : [file], FilesUnder(_prompt.Machine.Home));
        Assert.Equal(scope == "project" ? [file] : [], FilesUnder(App));

        string told = await _prompt.TellAsync("uninstall", client, "--scope", scope);
        Assert.StartsWith($"Removed \"memory-graph\" from {file}.", told, StringComparison.Ordinal);
        Assert.False(File.Exists(file), "A file that held nothing else goes.");
    }

    [Theory]
    [MemberData(nameof(EveryScope))]
    public async Task What_else_a_file_holds_is_there_before_and_after_byte_for_byte(string client, string scope)
    {
        string file = Write(FileOf(client, scope), Foreign);
        await _prompt.TellAsync("install", client, "--scope", scope);

        string with = await File.ReadAllTextAsync(file);
        Assert.All(["// Mine.", "\"theme\": \"dark\"", "\"env\": { \"TOKEN\": \"x\" } }, // keep"], kept => Assert.Contains(kept, with, StringComparison.Ordinal));
        Assert.NotNull(Command(file, client, scope));

        await _prompt.TellAsync("uninstall", client, "--scope", scope);
        Assert.Equal(Foreign, await File.ReadAllTextAsync(file));
    }

    [Theory]
    [InlineData("missing", null)]
    [InlineData("empty", "")]
    [InlineData("white space", " \r\n\t\n")]
    [InlineData("no servers", "{\n  \"numStartups\": 3\n}\n")]
    [InlineData("empty servers", "{\n  \"mcpServers\": {}\n}\n")]
    [InlineData("spaced empty servers", "{\n  \"mcpServers\": {  }\n}\n")]
    [InlineData("CRLF", "{\r\n  \"mcpServers\": {\r\n    \"x\": {}\r\n  }\r\n}\r\n")]
    [InlineData("byte order mark", "\uFEFF{\"a\":1}")]
    [InlineData("tabs", "{\n\t\"a\": 1\n}")]
    [InlineData("one line", """{"a":1,"mcpServers":{"x":{"command":"y"}}}""")]
    [InlineData("trailing commas", "{\"a\":[1,2,],}")]
    public async Task Installing_and_uninstalling_leaves_the_file_as_it_was(string what, string? text)
    {
        if (text is not null)
        {
            Write(ClaudeFile, text);
        }

        await _prompt.TellAsync("install", "claude-code");
        Assert.Equal((what, true), (what, Command(ClaudeFile, "claude-code", "user") is not null));
        await _prompt.TellAsync("install", "claude-code", "--tools", "core");
        await _prompt.TellAsync("uninstall", "claude-code");

        Assert.Equal((what, text), (what, File.Exists(ClaudeFile) ? Encoding.UTF8.GetString(await File.ReadAllBytesAsync(ClaudeFile)) : null));
    }

    [Fact]
    public async Task In_a_file_that_was_changed_since_exactly_the_entry_goes()
    {
        await _prompt.TellAsync("install", "claude-code");
        string text = (await File.ReadAllTextAsync(ClaudeFile)).Replace("{\n  \"mcp", "{\n  \"numStartups\": 1,\n  \"mcp", StringComparison.Ordinal);
        Write(ClaudeFile, text);

        await _prompt.TellAsync("uninstall", "claude-code");

        Assert.Equal("{\n  \"numStartups\": 1,\n  \"mcpServers\": {}\n}\n", await File.ReadAllTextAsync(ClaudeFile));
    }

    [Fact]
    public async Task An_installation_reads_as_it_was_approved()
    {
        Write(ClaudeFile, Foreign);
        await _prompt.RunAsync("install", "claude-code", "--dry-run", "--store", ".memory");
        await _prompt.RunAsync("install", "claude-code");
        await _prompt.RunAsync("install", "claude-code");
        await _prompt.RunAsync("install", "claude-code", "--project", "work", "--tools", "core");
        await _prompt.RunAsync("install", "claude-desktop");
        await _prompt.RunAsync("install", "cursor", "--instructions");
        await _prompt.RunAsync("install", "vscode", "--scope", "user");
        await _prompt.RunAsync("uninstall", "claude-code", "--dry-run");
        await _prompt.RunAsync("uninstall", "claude-code");
        await _prompt.RunAsync("uninstall", "claude-code");
        await _prompt.RunAsync("uninstall", "cursor");

        Approved.Match(Shown(), "cli_install");
        Assert.Equal("", _prompt.Errors);
    }

    [Fact]
    public async Task An_installation_for_scripts_reads_as_it_was_approved()
    {
        await _prompt.RunAsync("install", "vscode", "--json", "--read-only");
        await _prompt.RunAsync("install", "vscode", "--json", "--read-only");
        await _prompt.RunAsync("uninstall", "vscode", "--json");
        await _prompt.RunAsync("uninstall", "vscode", "--json");

        Approved.Match(Shown(), "cli_install_json");
        Assert.Equal("", _prompt.Errors);
    }

    [Theory]
    [InlineData("install")]
    [InlineData("uninstall")]
    public async Task A_dry_run_changes_nothing(string command)
    {
        if (command == "uninstall")
        {
            await _prompt.TellAsync("install", "cursor", "--instructions");
        }

        (string, string)[] before = Everything();
        string[] more = command == "install" ? ["--instructions"] : [];
        string told = await _prompt.TellAsync([command, "cursor", "--dry-run", .. more]);

        Assert.Equal(before, Everything());
        Assert.Contains(command == "install" ? "+    \"memory-graph\": {" : "-    \"memory-graph\": {", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_there_before_a_change_is_kept_beside_it_and_nothing_where_nothing_changes()
    {
        Write(ClaudeFile, Foreign);
        await _prompt.TellAsync("install", "claude-code");
        string[] kept = Directory.GetFiles(_prompt.Machine.Home, "*.backup-*");
        await _prompt.TellAsync("install", "claude-code");

        Assert.Equal([ClaudeFile + ".backup-20260102T030405Z"], kept);
        Assert.Equal(Foreign, await File.ReadAllTextAsync(kept[0]));
        Assert.Equal(kept, Directory.GetFiles(_prompt.Machine.Home, "*.backup-*"));
    }

    [Theory]
    [InlineData("{\"mcpServers\": ")]
    [InlineData("[1]")]
    [InlineData("{\"mcpServers\": [\"x\"]}")]
    [InlineData("{\n\"mcpServers\": {},\n\"mcpServers\": {}\n}")]
    [InlineData("{\"mcpServers\": {\"memory-graph\": {\"args\": [], \"args\": []}}}")]
    public async Task A_file_that_is_not_understood_is_refused_and_stays(string text)
    {
        Write(ClaudeFile, text);

        Assert.Equal(1, await _prompt.RunAsync("install", "claude-code", "--instructions"));

        Wording.Match(_prompt.ScrubbedErrors, text);
        Assert.Equal("", _prompt.Output);
        Assert.Equal([(ClaudeFile, text)], Everything());
    }

    // Permission bits do not bind the administrator, as whom tests may run; that a file is marked read-only is looked at
    // all the same, and a folder where a file belongs binds everybody.
    [Theory]
    [InlineData("read-only file")]
    [InlineData("read-only folder")]
    [InlineData("folder for a file")]
    [InlineData("file for a folder")]
    [InlineData("device")]
    [InlineData("link to itself")]
    [UnsupportedOSPlatform("windows")]
    public async Task A_place_that_cannot_be_written_is_refused_and_nothing_is_half_done(string what)
    {
        string folder = Path.Combine(App, ".cursor");
        string file = Path.Combine(folder, "mcp.json");
        Make(what, folder, file);
        (string, string)[] before = Everything();

        Assert.Equal(1, await _prompt.RunAsync("install", "cursor", "--instructions"));
        if (what == "read-only folder")
        {
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.UserWrite);
        }

        Wording.Match(_prompt.ScrubbedErrors, what);
        Assert.Equal(before, Everything());
    }

    [Fact]
    public async Task When_the_second_file_cannot_be_written_the_first_is_as_it_was()
    {
        string servers = Write(Path.Combine(App, ".mcp.json"), Foreign);
        Directory.CreateDirectory(Path.Combine(App, "CLAUDE.md"));

        Assert.Equal(1, await _prompt.RunAsync("install", "claude-code", "--scope", "project", "--instructions"));

        Wording.Match(_prompt.ScrubbedErrors);
        Assert.Equal([(servers, Foreign)], Everything());
    }

    [UnsupportedOSPlatform("windows")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Behind_a_link_the_file_changes_and_the_link_stays(bool dangling)
    {
        string target = Path.Combine(_prompt.Machine.Make("dotfiles"), "claude.json");
        File.CreateSymbolicLink(ClaudeFile, target);
        if (!dangling)
        {
            Write(target, Foreign);
        }

        await _prompt.TellAsync("install", "claude-code");

        Assert.Equal(target, new FileInfo(ClaudeFile).LinkTarget);
        Assert.NotNull(Command(target, "claude-code", "user"));
        await _prompt.TellAsync("uninstall", "claude-code");
        Assert.Equal((target, !dangling), (new FileInfo(ClaudeFile).LinkTarget, File.Exists(target)));
    }

    [UnsupportedOSPlatform("windows")]
    [Fact]
    public async Task A_file_keeps_its_permissions_and_a_new_one_at_home_is_its_owner_s_alone()
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await _prompt.TellAsync("install", "claude-code");
        string shared = Write(Path.Combine(App, ".mcp.json"), "{}");
        File.SetUnixFileMode(shared, owner | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
        await _prompt.TellAsync("install", "claude-code", "--scope", "project");

        Assert.Equal(owner, File.GetUnixFileMode(ClaudeFile));
        Assert.Equal(owner | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, File.GetUnixFileMode(shared));
        Assert.Equal(owner | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, File.GetUnixFileMode(Directory.GetFiles(App, "*.backup-*").Single()));
    }

    [Theory]
    [InlineData("claude-code", "CLAUDE.md")]
    [InlineData("vscode", "AGENTS.md")]
    [InlineData("cursor", ".cursor/rules/memory-graph.mdc")]
    public async Task The_text_for_assistants_is_written_when_asked_once_and_goes_again(string client, string name)
    {
        string file = Path.Combine(App, name);
        await _prompt.TellAsync("install", client);
        Assert.False(File.Exists(file), "Nobody asked.");

        await _prompt.TellAsync("install", client, "--instructions");
        string written = await File.ReadAllTextAsync(file);
        await _prompt.TellAsync("install", client, "--instructions");
        Assert.Equal(written, await File.ReadAllTextAsync(file));
        Assert.StartsWith(client == "cursor" ? "---\ndescription: " : Instructions.Begin, written, StringComparison.Ordinal);
        Assert.Contains(Instructions.Marked, written, StringComparison.Ordinal);

        await _prompt.TellAsync("uninstall", client);
        Assert.False(File.Exists(file), "It held nothing else.");
    }

    [Fact]
    public async Task An_older_text_is_brought_up_to_date_and_what_others_wrote_stays()
    {
        string file = Write(Path.Combine(App, "CLAUDE.md"), $"# House rules\n\n{Instructions.Begin}\nold\n{Instructions.End}\n\nMore.\n");

        await _prompt.TellAsync("install", "claude-code", "--instructions");
        Assert.Equal($"# House rules\n\n{Instructions.Marked}\n\nMore.\n", await File.ReadAllTextAsync(file));

        await _prompt.TellAsync("uninstall", "claude-code");
        Assert.Equal("# House rules\n\nMore.\n", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task The_text_for_assistants_is_printed_when_asked_and_names_only_tools_that_every_set_has()
    {
        string printed = await _prompt.TellAsync("install", "claude-desktop", "--show-instructions");

        Assert.Equal(Instructions.Text + "\n", printed);
        Assert.Empty(Everything());
        string[] named = [.. printed.Split('`').Where((_, i) => i % 2 == 1)];
        Assert.Empty(named.Except([.. Served.Declared(ToolSet.Core).Select(tool => tool.Declaration.Name), "supersedes"]));
        Assert.Contains("undo", named);
    }

    [Fact]
    public async Task Uninstalling_finds_the_scope_and_asks_where_there_are_two()
    {
        await _prompt.TellAsync("install", "claude-code", "--scope", "local");
        await _prompt.TellAsync("install", "claude-code", "--scope", "project");
        (string, string)[] before = Everything();

        Assert.Equal(1, await _prompt.RunAsync("uninstall", "claude-code"));
        Wording.Match(_prompt.ScrubbedErrors);
        Assert.Equal(before, Everything());

        _prompt.Clear();
        await _prompt.TellAsync("uninstall", "claude-code", "--scope", "project");
        await _prompt.TellAsync("uninstall", "claude-code");
        Wording.Match(_prompt.Scrubbed, "one left");
    }

    [Fact]
    public async Task Servers_under_other_names_are_left_alone()
    {
        await _prompt.TellAsync("install", "claude-code", "--name", "work");
        await _prompt.TellAsync("uninstall", "claude-code");
        Wording.Match(_prompt.Scrubbed);
        Assert.Contains("\"work\"", await File.ReadAllTextAsync(ClaudeFile), StringComparison.Ordinal);
        await _prompt.TellAsync("uninstall", "claude-code", "--name", "work");
        Assert.False(File.Exists(ClaudeFile));
    }

    [Theory]
    [InlineData("--name", "work")]
    [InlineData("--scope", "local")]
    public async Task The_text_for_assistants_goes_with_the_last_server(string option, string value)
    {
        string file = Path.Combine(App, "CLAUDE.md");
        await _prompt.TellAsync("install", "claude-code", "--instructions");
        await _prompt.TellAsync("install", "claude-code", option, value);

        await _prompt.TellAsync("uninstall", "claude-code", option, value);
        Assert.True(File.Exists(file), "A server stays, and the text with it.");

        await _prompt.TellAsync("uninstall", "claude-code");
        Assert.False(File.Exists(file), "No server is left.");
    }

    [Fact]
    public async Task A_path_is_written_whole_and_a_file_of_a_project_lies_at_its_root()
    {
        _prompt.Machine.Make("other", ".git");
        string inside = _prompt.Machine.Make("other", "src");

        await _prompt.TellAsync("install", "claude-desktop", "--project", "../other/src");
        await _prompt.TellAsync("install", "claude-code", "--scope", "project", "--project", inside);

        Assert.Equal(["--project", inside], Arguments(FileOf("claude-desktop", "user")));
        Assert.True(File.Exists(_prompt.Machine.Join("other", ".mcp.json")));
    }

    [Fact]
    public async Task A_variable_that_a_client_may_not_see_is_told()
    {
        _prompt.Variables["MEMORY_GRAPH_STORE"] = "/memories";

        Assert.Contains("MEMORY_GRAPH_STORE is set here", await _prompt.TellAsync("install", "claude-code"), StringComparison.Ordinal);
        Assert.DoesNotContain("is set here", await _prompt.TellAsync("install", "claude-code", "--store", "/memories"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blank_argument_is_as_good_as_none()
    {
        string plain = await _prompt.TellAsync("install", "claude-desktop", "--dry-run");

        Assert.Equal(plain, await _prompt.TellAsync("install", "claude-desktop", "--dry-run", "--project", "", "--store", " "));
    }

    [Fact]
    public async Task A_relative_store_is_whole_for_a_client_without_projects_and_the_project_s_own_elsewhere()
    {
        await _prompt.TellAsync("install", "claude-desktop", "--store", "memories");
        await _prompt.TellAsync("install", "claude-code", "--store", "memories");

        Assert.Equal(["--project", "default", "--store", Path.Combine(App, "memories")], Arguments(FileOf("claude-desktop", "user")));
        Assert.Equal(["--store", "memories"], Arguments(ClaudeFile));
    }

    [Theory]
    [InlineData("install", "emacs")]
    [InlineData("install")]
    [InlineData("install", "claude-desktop", "--scope", "project")]
    [InlineData("uninstall", "cursor", "--scope", "global")]
    [InlineData("install", "cursor", "--tools", "some")]
    [InlineData("install", "cursor", "--name", "a b")]
    [InlineData("uninstall", "cursor", "--name", "")]
    [InlineData("install", "cursor", "--name", "memory\n")]
    [InlineData("install", "claude-desktop", "--instructions")]
    [InlineData("install", "cursor", "--instructions", "--read-only")]
    [InlineData("install", "cursor", "--instructions", "--tools", "server-memory")]
    [InlineData("install", "cursor", "--project", "./missing")]
    [InlineData("install", "cursor", "--project", "~")]
    [InlineData("install", "claude-code", "--project", "/", "--instructions")]
    public async Task What_makes_no_sense_is_a_usage_error_and_nothing_is_written(params string[] arguments)
    {
        Assert.Equal(2, await _prompt.RunAsync(arguments));

        Wording.Match(_prompt.ScrubbedErrors, string.Join(' ', arguments));
        Assert.Equal("", _prompt.Output);
        Assert.Empty(Everything());
    }

    private static string ScopeName(ClientScope scope) =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(scope.ToString());

    private static string Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, Encoding.UTF8.GetBytes(text));
        return file;
    }

    private static JsonNode Read(string file) => JsonNode.Parse(
        File.ReadAllText(file),
        documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true })!;

    private static IEnumerable<string?> Arguments(string file) =>
        Read(file)["mcpServers"]!["memory-graph"]!["args"]!.AsArray().Select(argument => (string?)argument);

    private static string[] FilesUnder(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories);

    [UnsupportedOSPlatform("windows")]
    private static void Make(string what, string folder, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        switch (what)
        {
            case "read-only file":
                File.SetUnixFileMode(Write(file, "{}"), UnixFileMode.UserRead);
                break;
            case "read-only folder":
                Write(file, "{}");
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
                break;
            case "folder for a file":
                Directory.CreateDirectory(file);
                break;
            case "file for a folder":
                Write(folder, "");
                break;
            case "device":
                Directory.CreateDirectory(folder);
                File.CreateSymbolicLink(file, "/dev/null");
                break;
            default:
                Directory.CreateDirectory(folder);
                File.CreateSymbolicLink(file, file);
                break;
        }
    }

    private string? Command(string file, string client, string scope)
    {
        JsonNode node = Read(file);
        node = scope == "local" ? node["projects"]![App]! : node;
        return (string?)node[client == "vscode" ? "servers" : "mcpServers"]!["memory-graph"]!["command"];
    }

    private string FileOf(string client, string scope) => ClientCatalogue.All.Single(one => one.Name == client).Places(
        Enum.Parse<ClientScope>(scope, ignoreCase: true),
        new InstallEnvironment(
            _prompt.Machine.Home, App,
            OperatingSystem.IsWindows() ? Platform.Windows : OperatingSystem.IsMacOS() ? Platform.MacOS : Platform.Linux, _ => null))[0].File;

    // Every file at home and at work, and what is in it; of a link, that it is one.
    private (string File, string Text)[] Everything() =>
    [
        .. from folder in new[] { _prompt.Machine.Home, _prompt.Machine.Work }
           from file in FilesUnder(folder).Order(StringComparer.Ordinal)
           select (file, new FileInfo(file).LinkTarget ?? File.ReadAllText(file)),
    ];

    private string Shown() => _prompt.Scrubbed.Replace(_prompt.Machine.Program, "(program)", StringComparison.Ordinal);
}
