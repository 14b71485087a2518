using MemoryGraph.Graph;
using MemoryGraph.Tests.Events;

namespace MemoryGraph.Tests.Snapshots;

/// <summary>
/// A snapshot is believed when its fold has this program's version; so what a fold comes to must not change unnoticed.
/// </summary>
public sealed class FoldVersionTests
{
    // The fold's version, a stored log, and a hash of all columns that it comes to.
    private static readonly string[] Folds =
    [
        "2 v0.1/every-event.jsonl dd5be940a793bdad ff52c4321d9db2e3 2c547aef854a1043 aefea0deae34359d",
        "2 v0.1/every-use.jsonl 1f362f965db1ff88 b0bbb2be78666752 a96afb7a40eca35a 14bd96788b85503a",
    ];

    [Fact]
    public void The_stored_logs_still_add_up_to_the_same_columns()
    {
        string[] now = [.. GoldenLog.All.Select(log => FormattableString.Invariant(
            $"{GraphState.FoldVersion} {log.Name} {InMemoryGraph.Replay(log.Records).Ask(new GraphDigest())}"))];

        Assert.True(
            now.SequenceEqual(Folds),
            "What is folded lies in the columns in another way. Raise GraphState.FoldVersion, so that snapshots of before are "
            + $"made anew, and put down here what it is now:\n{string.Join('\n', now)}");
    }
}
