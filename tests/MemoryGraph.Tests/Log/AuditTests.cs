using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

public sealed class AuditTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_log_of_ours_is_intact()
    {
        await _store.AppendCommitsAsync(1, 3, 2);
        AuditReport report = Verify();
        Assert.Empty(report.Findings);
        Assert.True(report.IsIntact);
        Assert.Equal(6, report.Events);
    }

    private AuditReport Verify(Checkpoint? against = null)
    {
        using EventLog log = _store.OpenLog();
        return log.Audit(against, null, CancellationToken.None);
    }
}
