using System.Text.Json;

namespace MemoryGraph.Mcp.Tests.Resources;

/// <summary>What is offered while a person types.</summary>
public sealed class CompletionTests
{
    private const string Entity = """{"type":"ref/resource","uri":"memory://entity/{name}"}""";
    private const string GraphAt = """{"type":"ref/resource","uri":"memory://graph/at/{point}"}""";

    [Theory]
    [InlineData(Entity, "name", "log", "Login", "old login bug", "Catalogue")]
    [InlineData(Entity, "name", "DANG", "Đăng nhập")]
    [InlineData(Entity, "name", "nothing like it")]
    [InlineData("""{"type":"ref/prompt","name":"record_after_work"}""", "about", "cat", "Catalogue")]
    [InlineData(GraphAt, "point", "last", "last session", "last week", "last month", "last year")]
    [InlineData("""{"type":"ref/prompt","name":"review_changes"}""", "since", "Y", "yesterday", "2 days ago", "last year")]
    [InlineData("""{"type":"ref/prompt","name":"recall_before_work"}""", "task", "mend")]
    public async Task What_may_be_meant_is_offered(string reference, string argument, string typed, params string[] offered)
    {
        await using var memory = new Memory();
        await memory.TellAsync("remember", """
            {"entities":[{"name":"Catalogue","entityType":"t"},{"name":"old login bug","entityType":"t"},{"name":"Login","entityType":"t"},
                {"name":"Đăng nhập","entityType":"t"}]}
            """);
        foreach (bool is2026 in new[] { false, true })
        {
            await using Client client = await Client.GreetAsync(memory, is2026);

            JsonElement completion = await CompleteAsync(client, reference, argument, typed);

            Assert.Equal(offered, completion.GetProperty("values").EnumerateArray().Select(value => value.GetString()));
            Assert.Equal(offered.Length, completion.GetProperty("total").GetInt32());
            Assert.False(completion.GetProperty("hasMore").GetBoolean());
        }
    }

    [Fact]
    public async Task Of_many_names_a_hundred_are_offered_and_all_counted()
    {
        await using var memory = new Memory();
        IEnumerable<string> entities = Enumerable.Range(0, 150).Select(i => $$"""{"name":"Thing {{i}}","entityType":"t"}""");
        await memory.TellAsync("remember", $$"""{"entities":[{{string.Join(',', entities)}}]}""");
        await using Client client = await Client.GreetAsync(memory, is2026: false);

        JsonElement completion = await CompleteAsync(client, Entity, "name", "");

        Assert.Equal(100, completion.GetProperty("values").GetArrayLength());
        Assert.Equal(150, completion.GetProperty("total").GetInt32());
        Assert.True(completion.GetProperty("hasMore").GetBoolean());
    }

    [Theory]
    [InlineData(Entity, "point")]
    [InlineData("""{"type":"ref/resource","uri":"memory://graph"}""", "name")]
    [InlineData("""{"type":"ref/prompt","name":"no_such"}""", "since")]
    public async Task What_cannot_be_completed_is_told_what_can(string reference, string argument)
    {
        await using var memory = new Memory();
        await using Client client = await Client.GreetAsync(memory, is2026: false);

        (int Code, string Message) fault = await client.FaultAsync(
            "completion/complete", Parameters(reference, argument, ""));

        Assert.Equal(-32602, fault.Code);
        Assert.StartsWith($"\"{argument}\" of ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Names complete in memory://entity/{name}", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> CompleteAsync(Client client, string reference, string argument, string typed)
    {
        JsonElement result = await client.DoAsync("completion/complete", Parameters(reference, argument, typed));
        return result.GetProperty("completion");
    }

    private static string Parameters(string reference, string argument, string typed) =>
        $"\"ref\":{reference},\"argument\":{{\"name\":\"{argument}\",\"value\":\"{typed}\"}}";
}
