namespace MemoryGraph.Tests.Log;

public sealed class VerifyScriptTests
{
    [FactWithPython]
    public async Task A_log_of_ours_is_valid_as_a_folder_and_as_a_file()
    {
        using var store = new TempStore();
        await store.AppendCommitsAsync(1, 3, 2);
        foreach (string path in new[] { store.Place.Directory, store.LogPath })
        {
            VerifierAnswer answer = Verifier.Verify(path);
            Assert.StartsWith("ok: 6 events, last hash ", answer.Words, StringComparison.Ordinal);
            Assert.Equal(0, answer.ExitCode);
        }
    }
}
