using System.Globalization;
using System.IO.Pipes;

namespace MemoryGraph.Mcp.Tests.Cli;

/// <summary><c>import</c>: whatever the file is.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private readonly Prompt _prompt = new();

    public void Dispose() => _prompt.Dispose();

    [Fact]
    public async Task A_file_that_is_a_pipe_is_read_like_any_other()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var writing = new AnonymousPipeServerStream(PipeDirection.Out);
        await using var reading = new AnonymousPipeClientStream(PipeDirection.In, writing.ClientSafePipeHandle);
        await writing.WriteAsync("""{"type":"entity","name":"Ada","entityType":"person","observations":[]}"""u8.ToArray());
        await writing.DisposeAsync();
        string name = string.Create(CultureInfo.InvariantCulture, $"/dev/fd/{reading.SafePipeHandle.DangerousGetHandle()}");

        string told = await _prompt.TellAsync("import", "server-memory", name);

        Assert.StartsWith($"Imported \"server-memory:{name}\": recorded 1 event", told, StringComparison.Ordinal);
    }
}
