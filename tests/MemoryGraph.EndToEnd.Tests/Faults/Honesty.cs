namespace MemoryGraph.EndToEnd.Tests.Faults;

/// <summary>What a program told its client, held against what the disk told the program.</summary>
internal static class Honesty
{
    /// <summary>The calls that a trace must hold to be judged.</summary>
    public const string Calls = "fsync,pwrite64,mkdir,rename,write";

    /// <summary>Fails if the program answered "done" although a write or sync had failed since its answer before.</summary>
    public static void AssertNoFailureWasHidden(IReadOnlyList<SystemCall> trace)
    {
        SystemCall? failed = null;
        foreach (SystemCall call in trace)
        {
            if (call is { Failed: true, Name: "fsync" or "pwrite64" })
            {
                failed = call;
            }
            else if (IsAnswer(call))
            {
                Assert.True(failed is null || !Acknowledges(call), $"Acknowledged although {failed?.Name}{failed?.Text}");
                failed = null;
            }
        }
    }

    /// <summary>Fails if the program answered "done" before all that the log needs was on the device.</summary>
    /// <remarks>
    /// That is: its bytes, and the names of the file and of the folders around it. Bytes whose sync failed must be written
    /// anew, because the kernel may call them clean from then on.
    /// </remarks>
    public static void AssertNothingStayedUnsynced(IReadOnlyList<SystemCall> trace)
    {
        var unsynced = new HashSet<string>(StringComparer.Ordinal);
        var doubtful = new HashSet<string>(StringComparer.Ordinal);
        foreach (SystemCall call in trace.Where(call => !call.Failed || call.Name == "fsync"))
        {
            switch (call.Name)
            {
                case "mkdir" or "rename" when call.MadeName is { Length: > 0 } name:
                    unsynced.Add(Path.GetDirectoryName(name)!);
                    break;
                case "pwrite64" when call.Path.Contains(".jsonl", StringComparison.Ordinal):
                    unsynced.Add(call.Path);
                    doubtful.Remove(call.Path);
                    break;
                case "fsync" when call.Failed:
                    doubtful.Add(call.Path);
                    break;
                case "fsync" when Directory.Exists(call.Path) || !doubtful.Contains(call.Path):
                    unsynced.Remove(call.Path);
                    break;
                case "write" when IsAnswer(call) && Acknowledges(call):
                    Assert.True(unsynced.Count == 0, $"Acknowledged before it was synced: {string.Join(", ", unsynced)}");
                    break;
            }
        }
    }

    /// <summary>Whether a call is an answer to the client. All of them go into a pipe.</summary>
    public static bool IsAnswer(SystemCall call) =>
        call.Name == "write" && call.Path.StartsWith("pipe:", StringComparison.Ordinal)
        && (Acknowledges(call) || call.Text.Contains("\\\"isError\\\":true", StringComparison.Ordinal)
            || call.Text.Contains("failed: ", StringComparison.Ordinal));

    private static bool Acknowledges(SystemCall answer) =>
        answer.Text.Contains("\\\"isError\\\":false", StringComparison.Ordinal)
        || answer.Text.Contains("\"acknowledged", StringComparison.Ordinal);
}
