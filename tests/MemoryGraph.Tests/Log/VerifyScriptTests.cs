using System.Text;
using MemoryGraph.Integrity;
using MemoryGraph.Memory;
using MemoryGraph.Tests.Events;

namespace MemoryGraph.Tests.Log;

[Trait("size", "torture")]
public sealed class VerifyScriptTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [FactWithPython]
    public async Task A_log_of_ours_is_valid_as_a_folder_and_as_a_file()
    {
        await _store.AppendCommitsAsync(1, 3, 2);
        foreach (string path in new[] { _store.Place.Directory, _store.LogPath })
        {
            VerifierAnswer answer = Verifier.Verify(path);
            Assert.StartsWith("ok: 6 events, last hash ", answer.Words, StringComparison.Ordinal);
            Assert.Equal(0, answer.ExitCode);
        }
    }

    [FactWithPython]
    public void A_project_that_was_never_written_to_has_no_log() =>
        Assert.StartsWith("line 0: ", Verifier.Verify(_store.Root).Words, StringComparison.Ordinal);

    [TheoryWithPython]
    [InlineData("\"timestamp\":17")]
    [InlineData("\"data_hash\":\"")]
    [InlineData(",\"hash\":\"")]
    [InlineData("a reason")]
    [InlineData("Điều")]
    [InlineData("\"salt\":\"")]
    [InlineData("\"crc\":\"")]
    public async Task A_changed_byte_is_found_wherever_it_lies(string place)
    {
        await _store.AppendCommitsAsync(1, 2, 1);
        byte[] log = _store.LogBytes;
        int at = Commits.LineStarts(log)[2];
        at += log.AsSpan(at).IndexOf(Encoding.UTF8.GetBytes(place)) + place.Length;
        log[at] ^= 2;
        _store.LogBytes = log;
        AssertFault("line 3: its checksum does not match");
    }

    [FactWithPython]
    public async Task A_changed_header_is_found()
    {
        await _store.AppendCommitsAsync(1);
        byte[] log = _store.LogBytes;
        log[20] ^= 1;
        _store.LogBytes = log;
        AssertFault("line 1: its checksum does not match");
    }

    [TheoryWithPython]
    [InlineData(new[] { 0, 1, 3, 4 }, "line 3: event 3 stands where 2 belongs")]
    [InlineData(new[] { 0, 1, 2, 2, 3, 4 }, "line 4: event 2 stands where 3 belongs")]
    [InlineData(new[] { 0, 1, 3, 2, 4 }, "line 3: event 3 stands where 2 belongs")]
    [InlineData(new[] { 1, 2, 3, 4 }, "line 1: it is not the header of a log")]
    [InlineData(new[] { 0, 1, 2 }, "line 3: the last call is not whole")]
    public async Task A_missing_doubled_or_swapped_line_is_found(int[] lines, string fault)
    {
        await _store.AppendCommitsAsync(1, 2, 1);
        string[] log = _store.LogLines;
        _store.LogLines = [.. lines.Select(line => log[line])];
        AssertFault(fault);
    }

    [TheoryWithPython]
    [InlineData("\"user\":\"duyan\"", "\"user\":\"nobody\"", "its text is not what was recorded")]
    [InlineData("Điều 2", "Điều 9", "its text is not what was recorded")]
    [InlineData("\",\"user\"", "\", \"user\"", "it has neither its text nor a redaction")]
    [InlineData("\"timestamp\":1767", "\"timestamp\":1667", "its hash does not follow")]
    [InlineData("\"refs\":[1]", "\"refs\":[2]", "its hash does not follow")]
    [InlineData("\"n\":2", "\"n\":1", "its hash does not follow")]
    public async Task An_edit_is_found_though_its_checksum_was_made_right(string from, string to, string fault)
    {
        await _store.AppendCommitsAsync(1, 2, 1);
        string[] log = _store.LogLines;
        log[2] = LineForge.Edit(log[2], from, to);
        _store.LogLines = log;
        AssertFault($"line 3: {fault}");
    }

    [FactWithPython]
    public async Task A_text_cannot_be_hidden_as_a_redaction_that_nobody_recorded()
    {
        await _store.AppendCommitsAsync(1, 1, 1);
        string[] log = _store.LogLines;
        log[2] = LineForge.Redact(log[2], eraser: 3);
        _store.LogLines = log;
        AssertFault("line 3: its text is gone, and event 3 does not say that it was redacted");
    }

    [FactWithPython]
    public async Task It_agrees_with_the_program_on_all_that_can_be_done_to_a_log_and_on_what_a_repair_makes_of_it()
    {
        await _store.AppendCommitsAsync(1, 2, 1, 2);
        string[] log = _store.LogLines;
        foreach (string kind in Tampering.Kinds)
        {
            _store.StartAnewFrom(Encoding.UTF8.GetBytes(Tampering.Text(new Tampering(kind, 3).Of(log))));
            await using MemoryProject project = _store.OpenProject();
            Assert.True(project.Verify().FindingsTotal > 0, kind);
            VerifierAnswer found = Verifier.Verify(_store.Place.Directory);
            Assert.True(found.ExitCode == 1, $"{kind}: {found.Words}");

            await project.RepairAsync(TempStore.Someone, null, apply: true);
            Assert.True(project.Verify().FindingsTotal == 0, kind);
            VerifierAnswer mended = Verifier.Verify(_store.Place.Directory);
            Assert.True(mended.ExitCode == 0, $"{kind}, mended: {mended.Words}");
        }
    }

    [FactWithPython]
    public async Task An_event_that_is_said_to_be_lost_needs_a_repair_that_says_so_too()
    {
        await _store.AppendCommitsAsync(1, 1, 1);
        string[] log = _store.LogLines;
        await using MemoryProject project = _store.OpenProject();
        _store.LogLines = new Tampering("text", 2).Of(log);
        await project.RepairAsync(TempStore.Someone, null, apply: true);
        _store.LogLines = _store.LogLines[..^1];

        Assert.Equal(AuditKind.Unaccepted, Assert.Single(project.Verify().Findings).Kind);
        AssertFault("line 3: event 2 is said to be lost, and no log_repaired names it");
    }

    [FactWithPython]
    public async Task A_log_that_ends_in_the_middle_of_a_line_is_torn()
    {
        await _store.AppendCommitsAsync(1, 1);
        _store.LogBytes = _store.LogBytes[..^1];
        AssertFault("line 3: it does not end in a newline");
    }

    private void AssertFault(string words)
    {
        VerifierAnswer answer = Verifier.Verify(_store.Place.Directory);
        Assert.Equal(1, answer.ExitCode);
        Assert.Contains(words, answer.Words, StringComparison.Ordinal);
    }
}
