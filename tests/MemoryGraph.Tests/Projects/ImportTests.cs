using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Exchange;
using MemoryGraph.Integrity;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using MemoryGraph.Tests.Log;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Projects;

/// <summary>The events of one log in another project: as they are where that is empty, else as news.</summary>
public sealed class ImportTests : IDisposable
{
    private const int RequestsMax = 1000;

    private readonly TempStore _source = new();
    private readonly TempStore _store = new();

    public void Dispose()
    {
        _source.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task A_whole_log_is_restored_byte_for_byte_and_goes_on()
    {
        byte[] log = await SourceAsync();
        await using MemoryProject project = _store.OpenProject();
        AuditReport? report = await project.RestoreAsync(new MemoryStream(log));
        Assert.Equal(0, report?.FindingsTotal);
        Assert.Equal(log, _store.LogBytes);

        await project.SubmitAsync(Add("Ada", "likes rum"), TempStore.Someone);
        Assert.Equal(log, _store.LogBytes[..log.Length]);
        Assert.True(project.Verify().IsIntact);
        Assert.Equal(report!.Project, project.Id);
        Assert.Equal(report.Project, ProjectFolder.ReadProject(new SystemDisk(), _store.Place.Directory)?.Id);
    }

    [Fact]
    public async Task A_project_with_events_is_never_replaced()
    {
        byte[] log = await SourceAsync();
        await using MemoryProject project = _store.OpenProject();
        await project.SubmitAsync(Create("Eve"), TempStore.Someone);
        byte[] before = _store.LogBytes;

        Assert.Null(await project.RestoreAsync(new MemoryStream(log)));
        Assert.Equal(before, _store.LogBytes);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.99)]
    public async Task A_log_that_is_not_whole_is_not_restored_and_its_good_lines_are_imported(double at)
    {
        byte[] log = await SourceAsync();
        log[(int)(log.Length * at)] ^= 1;
        await using MemoryProject project = _store.OpenProject();
        AuditReport? report = await project.RestoreAsync(new MemoryStream(log));
        Assert.True(report?.FindingsTotal > 0);
        Assert.False(File.Exists(_store.LogPath) && _store.LogLines.Length > 1);

        ImportReport imported = await ImportAsync(project, log);
        Assert.Contains(imported.Notes, note => note.What.Contains("checksum", StringComparison.Ordinal));
        Assert.True(imported.Recorded > 0);
    }

    [Theory]
    [InlineData(DiskFault.Failed, false, true)]
    [InlineData(DiskFault.Full, true, true)]
    [InlineData(DiskFault.ReadOnly, true, false)]
    internal async Task A_fault_at_any_request_to_the_disk_leaves_the_whole_log_or_none(DiskFault fault, bool forEver, bool halfWritten)
    {
        byte[] log = await SourceAsync();
        for (int request = 0; request < RequestsMax; request++)
        {
            using var store = new TempStore();
            var disk = new FaultyDisk(fault, forEver, halfWritten);
            bool passed = true;
            await using (MemoryProject project = store.OpenProject(disk))
            {
                disk.FailAfter(request);
                try
                {
                    await project.RestoreAsync(new MemoryStream(log));
                }
                catch (LogException)
                {
                    passed = false;
                }
            }

            Assert.True(!File.Exists(store.LogPath) || store.LogBytes.AsSpan().SequenceEqual(log), $"half a log after request {request}");
            await using MemoryProject again = store.OpenProject();
            await again.RestoreAsync(new MemoryStream(log));
            Assert.Equal(log, store.LogBytes);
            await again.SubmitAsync(Add("Ada", "likes rum"), TempStore.Someone);
            Assert.True(again.Verify().IsIntact, $"after request {request}");
            if (passed && !disk.Failed)
            {
                return;
            }
        }

        Assert.Fail("the restoration never passed untouched");
    }

    [Fact]
    public async Task An_import_that_a_fault_broke_off_is_completed_by_doing_it_again()
    {
        byte[] log = await SourceAsync();
        for (int request = 0; request < RequestsMax; request++)
        {
            using var store = new TempStore();
            await using (MemoryProject project = store.OpenProject())
            {
                await project.SubmitAsync(Create("Eve", "ship", "is fast"), TempStore.Someone);
            }

            var disk = new FaultyDisk(DiskFault.Failed, forEver: false, halfWritten: true);
            bool passed = true;
            await using (MemoryProject project = store.OpenProject(disk))
            {
                project.Ask(new StatusQuery(), "", (_, _) => 0);
                disk.FailAfter(request);
                try
                {
                    await ImportAsync(project, log);
                }
                catch (LogException)
                {
                    passed = false;
                }
            }

            await using MemoryProject again = store.OpenProject();
            await ImportAsync(again, log);
            ImportReport nothing = await ImportAsync(again, log);
            Assert.Equal(0, nothing.Recorded);
            Assert.Equal(
                ["Eve: is fast", "Eve: likes rum", "Ada: likes tea"],
                again.Ask(new OverviewQuery(null, null, AsOf.Now), "", (answer, _) => answer.Cards
                    .SelectMany(card => card.Observations, (card, said) => $"{card.Name}: {said.Text}").ToArray()));
            if (passed && !disk.Failed)
            {
                return;
            }
        }

        Assert.Fail("the import never passed untouched");
    }

    [Fact]
    public async Task A_preview_tells_what_the_import_then_does_and_records_nothing()
    {
        byte[] log = await SourceAsync();
        await using MemoryProject project = _store.OpenProject();
        await project.SubmitAsync(Create("Eve", "ship"), TempStore.Someone);
        byte[] before = _store.LogBytes;
        using var file = new MemoryStream(log);
        ImportReport preview = await project.PreviewImportAsync(EventsFile.Of(file)!, file, TempStore.Someone);
        string[] told = [.. preview.Changes!.Entities.Select(one => $"{one.Before?.Name}>{one.After?.Name}")];
        Assert.Equal(before, _store.LogBytes);

        ImportReport done = await ImportAsync(project, log);
        Assert.Equal(preview.Recorded, done.Recorded);
        Assert.Equal(preview.Notes, done.Notes);
        Assert.Equal(["Eve>Eve", ">Ada"], told);
    }

    [Fact]
    public async Task What_was_one_call_there_is_one_call_here_with_its_reason_and_origin()
    {
        byte[] log = await SourceAsync();
        await using (MemoryProject project = _store.OpenProject())
        {
            await project.SubmitAsync(Create("Zoe"), TempStore.Someone);
            await ImportAsync(project, log);
        }

        RecordedEvent[] imported = [.. _store.ReadHealthy().Skip(1)];
        Assert.Equal([2, 2, 4, 4, 6], imported.Select(one => one.Call.Value));
        Assert.Equal([2, 2, 2, 2, 1], imported.Select(one => one.CallLength));
        Assert.Equal("because", imported[0].Reason);
        Assert.All(imported, (one, place) => Assert.Equal((place + 1L, "duyan", "tests/1.0"), (one.Origin!.Id.Value, one.Origin.User, one.Origin.Agent)));
    }

    // Ada likes tea, Eve likes rum, and they know each other no longer.
    private async Task<byte[]> SourceAsync()
    {
        await using (MemoryProject source = _source.OpenProject())
        {
            await source.SubmitAsync(Create("Ada", "person", "likes tea") with { Reason = "because" }, TempStore.Someone);
            await source.SubmitAsync(Create("Eve", "person", "likes rum"), TempStore.Someone);
            await source.SubmitAsync(new CreateRelation("Ada", "knows", "Eve"), TempStore.Someone);
        }

        return _source.LogBytes;
    }

    private static async Task<ImportReport> ImportAsync(MemoryProject project, byte[] log)
    {
        using var file = new MemoryStream(log);
        return await project.ImportAsync(EventsFile.Of(file)!, file, TempStore.Someone);
    }
}
