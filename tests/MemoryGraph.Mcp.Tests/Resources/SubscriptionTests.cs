using System.Text.Json;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Tests.Stdio;

namespace MemoryGraph.Mcp.Tests.Resources;

/// <summary>Who is told of changes, and of which.</summary>
public sealed class SubscriptionTests : IAsyncLifetime
{
    private const string Auth = "memory://entity/Auth";

    private readonly Memory _memory = new();

    // The same files, as another process has them.
    private readonly Memory _other;

    public SubscriptionTests() => _other = _memory.OpenAgain();

    public async Task InitializeAsync() => await _memory.TellAsync("remember", """
        {"entities":[{"name":"Auth","entityType":"module","observations":["slow"]},{"name":"Bug","entityType":"bug"},
            {"name":"Ada","entityType":"person","observations":["likes tea"]}],
         "relations":[{"from":"Bug","relationType":"affects","to":"Auth"}]}
        """);

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _memory.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_another_process_wrote_is_told_without_being_asked_for(bool is2026)
    {
        await using Client client = await SubscribeAsync(is2026, "memory://graph", "memory://timeline", "memory://activity", Auth);

        await _other.TellAsync("add_observation", """{"entity":"Auth","observations":["written in C#"]}""");
        _memory.Clock.Ring();

        Assert.Equal("memory://graph", Told(await client.NextAsync(), is2026));
        Assert.Equal("memory://timeline", Told(await client.NextAsync(), is2026));
        Assert.Equal("memory://activity", Told(await client.NextAsync(), is2026));
        Assert.Equal(Auth, Told(await client.NextAsync(), is2026));
        Assert.Contains("written in C#", await client.ReadAsync(Auth), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_this_process_wrote_is_told_before_the_answer(bool is2026)
    {
        await using Client client = await SubscribeAsync(is2026, Auth);

        int id = await client.SendAsync(
            "tools/call", "\"name\":\"add_observation\",\"arguments\":{\"entity\":\"Auth\",\"observations\":[\"written in C#\"]}");

        Assert.Equal(Auth, Told(await client.NextAsync(), is2026));
        Assert.Equal(id, (await client.NextAsync()).GetProperty("id").GetInt32());
    }

    [Theory]
    [InlineData(true, "add_observation", """{"entity":"Auth","observations":["fast"]}""")]
    [InlineData(true, "delete_observation", """{"entity":"Auth","observations":["slow"]}""")]
    [InlineData(true, "create_relation", """{"from":"Ada","relationType":"owns","to":"Auth"}""")]
    [InlineData(true, "create_relation", """{"from":"Bug","relationType":"affects","to":"Auth","validFrom":"2026-01-01"}""")]
    [InlineData(true, "delete_relation", """{"from":"Bug","relationType":"affects","to":"Auth"}""")]
    [InlineData(true, "update_entity", """{"entity":"Auth","entityType":"service"}""")]
    [InlineData(true, "update_entity", """{"entity":"Auth","newName":"Login"}""")]
    [InlineData(true, "update_entity", """{"entity":"Bug","newName":"Login bug"}""")]
    [InlineData(true, "update_entity", """{"entity":"Ada","newName":"Auth","merge":true}""")]
    [InlineData(true, "delete_entity", """{"entity":"Auth"}""")]
    [InlineData(true, "delete_entity", """{"entity":"Bug"}""")]
    [InlineData(false, "delete_entity", """{"entity":"Ada"}""")]
    [InlineData(false, "add_observation", """{"entity":"Ada","observations":["likes Auth"]}""")]
    [InlineData(false, "add_observation", """{"entity":"Auth","observations":["slow"]}""")]
    [InlineData(false, "create_entity", """{"name":"auth","entityType":"module"}""")]
    [InlineData(false, "create_relation", """{"from":"Ada","relationType":"found","to":"Bug"}""")]
    [InlineData(false, "update_entity", """{"entity":"Ada","newName":"Countess"}""")]
    public async Task An_entity_has_changed_when_it_would_be_shown_in_other_words(bool told, string tool, string arguments)
    {
        await using Client client = await SubscribeAsync(is2026: false, Auth);

        await _other.TellAsync(tool, arguments);

        Assert.Equal(told ? [Auth] : [], await RingAsync(client));
    }

    [Theory]
    [InlineData(true, """{"containing":"slow","confirm":true}""")]
    [InlineData(true, """{"entity":"Bug","confirm":true}""")]
    [InlineData(false, """{"containing":"likes tea","confirm":true}""")]
    public async Task What_another_process_erased_is_told_to_those_who_saw_it(bool told, string arguments)
    {
        await using Client client = await SubscribeAsync(is2026: false, Auth);
        await using Memory eraser = _memory.OpenAgain(ToolSet.All);

        await eraser.TellAsync("redact", arguments);

        Assert.Equal(told ? [Auth] : [], await RingAsync(client));
    }

    [Fact]
    public async Task An_entity_that_is_still_to_come_can_be_waited_for()
    {
        await using Client client = await SubscribeAsync(is2026: false, "memory://entity/Zoe");
        await _other.TellAsync("create_entity", """{"name":"Yan","entityType":"person"}""");
        Assert.Empty(await RingAsync(client));

        await _other.TellAsync("create_entity", """{"name":"Zoe","entityType":"person"}""");
        Assert.Equal(["memory://entity/Zoe"], await RingAsync(client));
    }

    [Fact]
    public async Task Time_alone_changes_nothing()
    {
        await using Client client = await SubscribeAsync(is2026: false, "memory://graph", Auth);

        _memory.Clock.Now += TimeSpan.FromDays(40);

        Assert.Empty(await RingAsync(client));
    }

    [Fact]
    public async Task A_change_is_told_once()
    {
        await using Client client = await SubscribeAsync(is2026: false, Auth, Auth, "memory://graph");
        await _other.TellAsync("add_observation", """{"entity":"Auth","observations":["a","b","c"]}""");

        Assert.Equal([Auth, "memory://graph"], await RingAsync(client));
        Assert.Empty(await RingAsync(client));
    }

    [Fact]
    public async Task What_was_known_when_subscribing_is_not_told()
    {
        await _other.TellAsync("add_observation", """{"entity":"Auth","observations":["a"]}""");
        await using Client client = await SubscribeAsync(is2026: false, Auth, "memory://graph");

        Assert.Empty(await RingAsync(client));
    }

    [Theory]
    [InlineData("#2")]
    [InlineData("%232")]
    [InlineData("2 days ago")]
    public async Task The_graph_of_a_past_point_is_accepted_and_not_watched(string point)
    {
        await using Client client = await SubscribeAsync(is2026: false, $"memory://graph/at/{point}");

        Assert.Equal(0, _memory.Clock.Timers);
    }

    [Fact]
    public async Task Nobody_is_told_after_unsubscribing_and_nothing_is_watched()
    {
        await using Client client = await SubscribeAsync(is2026: false, Auth, "memory://graph");
        await client.DoAsync("resources/unsubscribe", Client.Uri(Auth));
        await _other.TellAsync("add_observation", """{"entity":"Auth","observations":["a"]}""");
        Assert.Equal(["memory://graph"], await RingAsync(client));

        await client.DoAsync("resources/unsubscribe", Client.Uri("memory://graph"));
        Assert.Equal(0, _memory.Clock.Timers);
        await client.DoAsync("resources/unsubscribe", Client.Uri("memory://never"));
    }

    [Fact]
    public async Task Without_a_subscription_there_is_no_timer()
    {
        await using Client client = await Client.GreetAsync(_memory, is2026: false);
        await client.ReadAsync("memory://graph");
        await client.DoAsync("tools/call", "\"name\":\"memory_status\"");
        Assert.Equal(0, _memory.Clock.Timers);

        await client.DoAsync("resources/subscribe", Client.Uri("memory://graph"));
        Assert.Equal(1, _memory.Clock.Timers);
    }

    [Fact]
    public async Task A_wrong_address_is_refused()
    {
        await using Client client = await Client.GreetAsync(_memory, is2026: false);

        (int Code, string Message) fault = await client.FaultAsync("resources/subscribe", Client.Uri("memory://grpah"));

        Assert.Equal(-32002, fault.Code);
        Assert.Contains("There are: memory://graph, ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, _memory.Clock.Timers);
    }

    [Fact]
    public async Task Listening_is_acknowledged_once_with_what_is_watched()
    {
        await using Client client = await Client.GreetAsync(_memory, is2026: true);

        JsonElement acknowledged = await ListenAsync(client, Auth, "memory://nothing", "memory://graph/at/%231", "memory://graph", Auth);

        Assert.Equal(
            """{"notifications":{"resourceSubscriptions":["memory://entity/Auth","memory://graph"]},"_meta":{"io.modelcontextprotocol/subscriptionId":1}}""",
            acknowledged.GetRawText());
    }

    [Fact]
    public async Task Two_that_listen_are_told_each_by_its_own_id()
    {
        await using Client client = await Client.GreetAsync(_memory, is2026: true);
        await ListenAsync(client, Auth);
        await ListenAsync(client, "memory://graph", Auth);
        await _other.TellAsync("add_observation", """{"entity":"Auth","observations":["a"]}""");
        _memory.Clock.Ring();

        JsonElement[] told = [await client.NextAsync(), await client.NextAsync(), await client.NextAsync()];
        Assert.Equal([(1, Auth), (2, "memory://graph"), (2, Auth)], told.Select(one => (Id(one), one.GetProperty("params").GetProperty("uri").GetString()!)));
    }

    [Fact]
    public async Task Listening_holds_no_request_back_and_ends_when_it_is_cancelled()
    {
        await using Client client = await Client.GreetAsync(_memory, is2026: true);
        await ListenAsync(client, "memory://graph");
        await client.DoAsync("resources/list");
        Assert.Equal(1, _memory.Clock.Timers);

        await client.Session.SendAsync(Wire.Cancel(1));
        await _memory.Clock.Stopped;
        await _other.TellAsync("add_observation", """{"entity":"Auth","observations":["a"]}""");
        _memory.Clock.Ring();
        await client.DoAsync("resources/list");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_end_of_input_ends_a_session_with_a_subscription(bool is2026)
    {
        await using Client client = await SubscribeAsync(is2026, "memory://graph");

        // What the protocol lets a server say here is a result, or nothing.
        Assert.DoesNotContain(await client.Session.EndAsync(), line => line.Contains("error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_for_a_while_is_told_of_later()
    {
        await using Client client = await SubscribeAsync(is2026: false, "memory://graph");
        await _other.TellAsync("add_observation", """{"entity":"Auth","observations":["a"]}""");
        string log = Directory.GetFiles(_memory.Projects.Current!.Folder, "events-*.jsonl").Single();
        File.Move(log, log + ".away");
        File.CreateSymbolicLink(log, log + ".away");
        Assert.Empty(await RingAsync(client));

        File.Delete(log);
        File.Move(log + ".away", log);
        Assert.Equal(["memory://graph"], await RingAsync(client));
    }

    /// <summary>Subscribes as the era wants it.</summary>
    private async Task<Client> SubscribeAsync(bool is2026, params string[] uris)
    {
        Client client = await Client.GreetAsync(_memory, is2026);
        if (is2026)
        {
            await ListenAsync(client, uris);
        }
        else
        {
            foreach (string uri in uris)
            {
                await client.DoAsync("resources/subscribe", Client.Uri(uri));
            }
        }

        return client;
    }

    /// <returns>The params of the acknowledgement.</returns>
    private static async Task<JsonElement> ListenAsync(Client client, params string[] uris)
    {
        await client.SendAsync("subscriptions/listen", $"\"notifications\":{{\"resourceSubscriptions\":{Client.Texts(uris)}}}");
        JsonElement acknowledged = await client.NextAsync();
        Assert.Equal("notifications/subscriptions/acknowledged", acknowledged.GetProperty("method").GetString());
        return acknowledged.GetProperty("params");
    }

    // Lets the moment to look come; a question asked after it tells where the notifications end.
    private async Task<IReadOnlyList<string>> RingAsync(Client client)
    {
        _memory.Clock.Ring();
        int id = await client.SendAsync("ping", "");
        List<string> told = [];
        JsonElement next = await client.NextAsync();
        for (; !next.TryGetProperty("id", out _); next = await client.NextAsync())
        {
            told.Add(Told(next, is2026: false));
        }

        Assert.Equal(id, next.GetProperty("id").GetInt32());
        return told;
    }

    private static string Told(JsonElement message, bool is2026)
    {
        Assert.Equal("notifications/resources/updated", message.GetProperty("method").GetString());
        JsonElement parameters = message.GetProperty("params");
        Assert.Equal(is2026, parameters.TryGetProperty("_meta", out _));
        return parameters.GetProperty("uri").GetString()!;
    }

    private static int Id(JsonElement message) => message.GetProperty("params").GetProperty("_meta")
        .GetProperty("io.modelcontextprotocol/subscriptionId").GetInt32();
}
