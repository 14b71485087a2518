using System.Text.Json;
using MemoryGraph.Mcp.Tests.Resources;
using MemoryGraph.Mcp.Tests.Tools;

namespace MemoryGraph.Mcp.Tests.ServerMemory;

/// <summary>What becomes of the file that <c>MEMORY_FILE_PATH</c> names.</summary>
public sealed class FormerMemoryTests : IAsyncLifetime
{
    private const string Lines = """
        {"type":"entity","name":"Ada","entityType":"person","observations":["likes tea"]}
        {"type":"relation","from":"Ada","to":"Engine","relationType":"describes"}
        """;

    private static readonly DateTime Written = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly Memory _memory = new();
    private readonly StringWriter _errors = new();

    private string File => _memory.Join("memory.jsonl");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _errors.DisposeAsync();
        await _memory.DisposeAsync();
    }

    [Fact]
    public async Task It_is_imported_with_the_first_call_and_left_as_it_is()
    {
        await WriteAsync(Lines);
        byte[] before = await System.IO.File.ReadAllBytesAsync(File);
        await using Client client = await GreetAsync();
        await client.DoAsync("tools/list");
        Assert.Equal("", _errors.ToString());
        Assert.False(Directory.Exists(_memory.Join("store")), "Nothing is touched before the memory is needed.");

        JsonElement found = (await client.CallAsync("open_nodes", """{"names":["Ada"]}""")).GetProperty("structuredContent");

        Assert.Equal("likes tea", found.GetProperty("entities")[0].GetProperty("observations")[0].GetString());
        Assert.Equal("Engine", found.GetProperty("relations")[0].GetProperty("to").GetString());
        Wording.Match(Told());
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File));
        Assert.Equal(Written, System.IO.File.GetLastWriteTimeUtc(File));
        Assert.Contains("server-memory:", await HistoryAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_imported_once_and_what_was_deleted_since_stays_deleted()
    {
        await WriteAsync(Lines);
        await using (Client first = await GreetAsync())
        {
            await first.CallAsync("delete_entities", """{"entityNames":["Ada"]}""");
        }

        long events = _memory.Events;
        await WriteAsync(Lines + "\n" + """{"type":"entity","name":"Eve","entityType":"person","observations":[]}""");
        await using Memory later = _memory.OpenAgain();
        await using Client second = await Client.GreetAsync(later.OptionsOfServerMemory(File, errors: _errors), is2026: false);

        Assert.Equal(0, await CountAsync(second));
        Assert.Equal(events, _memory.Events);
        Assert.Single(_errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task What_was_erased_does_not_come_back_from_it()
    {
        await WriteAsync(Lines);
        await using (Client first = await GreetAsync())
        {
            await CountAsync(first);
        }

        await Memory.CallAsync(_memory.Projects, "redact", """{"events":"1-4","confirm":true}""");
        await using Memory later = _memory.OpenAgain();
        await using Client second = await Client.GreetAsync(later.OptionsOfServerMemory(File, errors: _errors), is2026: false);

        Assert.DoesNotContain("likes tea", (await second.CallAsync("read_graph", "{}")).ToString(), StringComparison.Ordinal);
        Wording.Match(Told());
    }

    [Fact]
    public async Task The_resource_shows_it_too()
    {
        await WriteAsync(Lines);
        await using Client client = await GreetAsync();

        Assert.Contains("likes tea", await client.ReadAsync("memory://knowledge-graph"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relative_path_is_meant_from_the_folder_the_server_was_started_in()
    {
        await WriteAsync(Lines);
        await using Client client = await Client.GreetAsync(_memory.OptionsOfServerMemory("memory.jsonl", errors: _errors), is2026: false);

        Assert.Equal(1, await CountAsync(client));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_once()
    {
        await using Client client = await GreetAsync();

        Assert.Equal(0, await CountAsync(client));
        Assert.Equal(0, await CountAsync(client));
        Wording.Match(Told());
    }

    [Fact]
    public async Task Lines_that_cannot_be_read_are_counted_and_the_others_imported()
    {
        await WriteAsync("{\"type\":\"entity\",\"name\n" + Lines + "\nno JSON");
        await using Client client = await GreetAsync();

        Assert.Equal(1, await CountAsync(client));
        Wording.Match(Told());
    }

    [Fact]
    public async Task A_server_that_may_not_write_says_that_it_does_not_import()
    {
        await WriteAsync(Lines);
        await using Client client = await Client.GreetAsync(_memory.OptionsOfServerMemory(File, readOnly: true, _errors), is2026: false);

        Assert.Equal(0, await CountAsync(client));
        Wording.Match(Told());
        Assert.False(Directory.Exists(_memory.Join("store")), "Nothing was written.");
    }

    [Fact]
    public async Task While_it_cannot_be_read_calls_say_so_instead_of_beginning_without_it()
    {
        Directory.CreateDirectory(File);
        await using Client client = await GreetAsync();

        JsonElement refused = await client.CallAsync("read_graph", "{}");
        Assert.True(refused.GetProperty("isError").GetBoolean());
        Assert.Contains(File, Conversation.Text(refused), StringComparison.Ordinal);
        Wording.Match(Scrub(Conversation.Text(refused)));

        Directory.Delete(File);
        await WriteAsync(Lines);
        Assert.Equal(1, await CountAsync(client));
    }

    // What the people who run the server are told.
    private string Told() => Scrub(_errors.ToString());

    private string Scrub(string text) => text.Replace(File, "(file)", StringComparison.Ordinal);

    private Task<Client> GreetAsync() => Client.GreetAsync(_memory.OptionsOfServerMemory(File, errors: _errors), is2026: false);

    private async Task WriteAsync(string lines)
    {
        await System.IO.File.WriteAllTextAsync(File, lines);
        System.IO.File.SetLastWriteTimeUtc(File, Written);
    }

    private Task<string> HistoryAsync() => _memory.TellAsync("get_history", """{"entity":"Ada"}""");

    private static async Task<int> CountAsync(Client client)
    {
        JsonElement read = await client.CallAsync("read_graph", "{}");
        return read.GetProperty("structuredContent").GetProperty("entities").GetArrayLength();
    }
}
