using System.Text;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Sessions;

/// <summary>Words with diacritics, however they are typed.</summary>
[Collection(Programs.Collection)]
public sealed class VietnameseTests(Programs programs) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    // Spelled out: these tests run with invariant globalization, where string.Normalize does nothing.
    [Theory]
    [InlineData("đăng nhập")]
    [InlineData("DANG NHAP")]
    [InlineData("Đăng Nhập")]
    [InlineData("đa\u0306ng nha\u0323\u0302p")]
    [InlineData("đa\u0306ng nha\u0302\u0323p")]
    [InlineData("dang nhap")]
    public async Task All_spellings_find_the_same_observation(string query)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
        await server.DoAsync(ToolCall.Create("LoginForm", "Người dùng không đăng nhập được", "Nothing of the kind"));
        Answer found = await server.DoAsync(ToolCall.Search(query));
        Assert.Contains("\n  #2: \"Người dùng không đăng nhập được\"\n", found.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing of the kind", found.Text, StringComparison.Ordinal);
        await server.EndAsync();
    }

    [Fact]
    public async Task A_decomposed_name_is_the_same_name()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
        await server.DoAsync(ToolCall.Create("Đăng nhập", "is slow"));
        Answer opened = await server.DoAsync(ToolCall.Open("Đa\u0306ng nha\u0323\u0302p"));
        Assert.Contains("is slow", opened.Text, StringComparison.Ordinal);
        Answer again = await server.DoAsync(ToolCall.Create("Đa\u0306ng nha\u0323\u0302p", "is slow"));
        Assert.StartsWith("Nothing changed", again.Text, StringComparison.Ordinal);
        await server.EndAsync();
        string log = await File.ReadAllTextAsync(_sandbox.Log, Encoding.UTF8);
        Assert.Contains("Đăng nhập", log, StringComparison.Ordinal);
    }
}
