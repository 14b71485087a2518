using System.Text;
using System.Text.Json.Nodes;
using MemoryGraph.EndToEnd.Tests.Driving;
using Xunit.Abstractions;

namespace MemoryGraph.EndToEnd.Tests.Sessions;

/// <summary>One server erases, another that holds the text in memory forgets it.</summary>
[Collection(Programs.Collection)]
public sealed class RedactionTests(Programs programs, ITestOutputHelper output) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task What_one_server_erases_is_in_no_file_and_in_no_answer_of_another()
    {
        Launch launch = _sandbox.Serve(programs.Jit, "--tools", "all");
        await using ServerProcess eraser = await ServerProcess.StartAsync(launch);
        await using ServerProcess other = await ServerProcess.StartAsync(launch);
        await eraser.DoAsync(ToolCall.Create("Đặng Mai", "phone 555-1234", "likes tea"));
        await other.DoAsync(ToolCall.Add("Đặng Mai", "DANG MAI moved"));
        Assert.Contains("555-1234", (await other.DoAsync(ToolCall.Open("Đặng Mai"))).Text, StringComparison.Ordinal);

        await eraser.DoAsync(new ToolCall("redact", new JsonObject { ["entity"] = "Đặng Mai", ["confirm"] = true }));

        string[] answers =
        [
            (await other.DoAsync(ToolCall.GraphAt("#4", cursor: null))).Text,
            (await other.DoAsync(ToolCall.GraphAt("#5", cursor: null))).Text,
            (await other.DoAsync(ToolCall.Search("tea"))).Text,
            (await other.DoAsync(new ToolCall("get_history", []))).Text,
        ];
        Assert.Contains("[#1 redacted by #5]", answers[0], StringComparison.Ordinal);
        Assert.All(answers, answer => Assert.DoesNotContain("Mai", answer, StringComparison.OrdinalIgnoreCase));
        Assert.All(answers, answer => Assert.DoesNotContain("555-1234", answer, StringComparison.Ordinal));
        await other.EndAsync();
        await eraser.EndAsync();
        foreach (string path in Directory.GetFiles(_sandbox.Store, "*", SearchOption.AllDirectories))
        {
            string content = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(path));
            Assert.All(
                ["Đặng Mai", "DANG MAI", "555-1234", "likes tea"],
                text => Assert.False(content.Contains(text, StringComparison.Ordinal), $"{path} still says {text}"));
        }

        await LogVerifier.AssertValidAsync(_sandbox, output);
    }
}
