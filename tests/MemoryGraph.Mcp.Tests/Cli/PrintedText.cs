using System.Text;

namespace MemoryGraph.Mcp.Tests.Cli;

/// <summary>Standard output of a test: keeps what is printed, and tells whoever waits for it.</summary>
internal sealed class PrintedText : MemoryStream
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private TaskCompletionSource _flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Text
    {
        get
        {
            lock (_gate)
            {
                return Encoding.UTF8.GetString(GetBuffer(), 0, (int)Length);
            }
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

    public override void Write(byte[] buffer, int offset, int count)
    {
        lock (_gate)
        {
            base.Write(buffer, offset, count);
        }
    }

    public override void Flush()
    {
        lock (_gate)
        {
            _flushed.TrySetResult();
            _flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Waits until a text was printed and flushed.</summary>
    public async Task HoldsAsync(string text)
    {
        while (true)
        {
            Task flushed;
            lock (_gate)
            {
                flushed = _flushed.Task;
            }

            if (Text.Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            await flushed.WaitAsync(Patience);
        }
    }
}
