using CsCheck;
using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Projects;

public sealed class MemoryProjectTests : IDisposable
{
    private static readonly HistoryQuery Everything = new(null, null, null, null, null, null, AsOf.Now);

    private readonly ProjectFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task An_empty_project_answers_and_makes_no_folder()
    {
        await using MemoryProject project = _fixture.Open();

        Assert.Equal((0, EventId.None), project.Ask(
            new OverviewQuery(null, null, AsOf.Now), "", (answer, standing) => (answer.Entities, standing.Last)));
        Assert.False(Directory.Exists(project.Folder));
    }

    [Fact]
    public async Task What_a_receipt_says_is_read_at_once_by_another_process()
    {
        await using MemoryProject writer = _fixture.Open();
        await using MemoryProject reader = _fixture.Open();
        Assert.Empty(Read(reader));

        Receipt first = await writer.SubmitAsync(Create("Ada", "person", "likes tea"), ProjectFixture.Duyan);
        Assert.Equal(first.Recorded, Read(reader));
        Assert.Equal(first.Recorded, Read(writer));

        Receipt second = await reader.SubmitAsync(Add("Ada", "born 1815"), ProjectFixture.Duyan);
        Assert.Equal([.. first.Recorded, .. second.Recorded], Read(writer));
        Assert.Equal(new EventId(3), second.Standing.Last);
    }

    [Fact]
    public async Task A_restart_gives_the_same_graph()
    {
        string before;
        await using (MemoryProject project = _fixture.Open())
        {
            await project.SubmitAsync(Create("Đăng nhập", "tính năng", "dòng một\ndòng hai", "🚀"), ProjectFixture.Duyan);
            await project.SubmitAsync(Create("Ada"), new Author("", ""));
            await project.SubmitAsync(new CreateRelation("Ada", "knows", "Đăng nhập", "2026-01-01"), ProjectFixture.Duyan);
            await project.SubmitAsync(new UpdateEntity("Ada", "Countess", "lady"), ProjectFixture.Duyan);
            await project.SubmitAsync(new DeleteObservations("Đăng nhập", ["🚀"]), ProjectFixture.Duyan);
            before = ProjectFixture.Dump(project);
        }

        await using MemoryProject again = _fixture.Open();
        Assert.Equal(before, ProjectFixture.Dump(again));
        Assert.Contains("dòng một", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_commands_come_to_the_same_on_disk_as_in_memory() => await AnyCommand.Sequence.SampleAsync(
        async commands =>
        {
            using var fixture = new ProjectFixture();
            var memory = new InMemoryGraph { Author = ProjectFixture.Duyan };
            await using (MemoryProject project = fixture.Open())
            {
                foreach (Command command in commands)
                {
                    Receipt receipt = await project.SubmitAsync(command, ProjectFixture.Duyan);
                    Decision decision = memory.Do(command);
                    Assert.Equal(decision.Refused, receipt.Refused);
                    Assert.Equal(decision.Events, receipt.Recorded.Select(one => one.Event));
                }
            }

            await using MemoryProject again = fixture.Open();
            Assert.Equal(memory.Recorded.Select(one => one.Event), Read(again).Select(one => one.Event));
        },
        iter: 10, print: AnyCommand.Print);

    [Fact]
    public async Task The_reason_stands_on_the_first_event_of_its_call_alone()
    {
        await using MemoryProject project = _fixture.Open();
        Receipt receipt = await project.SubmitAsync(
            Create("Ada", "person", "likes tea", "born 1815") with { Reason = "said at breakfast" }, ProjectFixture.Duyan);

        Assert.Equal(["said at breakfast", null, null], receipt.Recorded.Select(one => one.Reason));
        Assert.All(receipt.Recorded, one => Assert.Equal((new EventId(1), 3), (one.Call, one.CallLength)));
        Assert.Equal(receipt.Recorded, Read(project));
    }

    [Fact]
    public async Task A_session_is_the_first_event_that_its_process_wrote()
    {
        await using MemoryProject one = _fixture.Open();
        await using MemoryProject other = _fixture.Open();
        await one.SubmitAsync(Create("Ada"), ProjectFixture.Duyan);
        await other.SubmitAsync(Create("Ada"), ProjectFixture.Duyan);
        await other.SubmitAsync(Create("Eve", "person", "likes tea"), ProjectFixture.Duyan);
        await one.SubmitAsync(Add("Ada", "likes tea"), ProjectFixture.Duyan);
        await other.SubmitAsync(Add("Eve", "born 1815"), ProjectFixture.Duyan);

        Assert.Equal([1, 2, 2, 1, 2], Read(one).Select(written => (int)written.Session.Value));
    }

    [Fact]
    public async Task What_is_refused_or_already_holds_writes_nothing()
    {
        await using MemoryProject project = _fixture.Open();
        await project.SubmitAsync(Create("Ada"), ProjectFixture.Duyan);
        long bytes = project.LogBytes;

        Receipt refused = await project.SubmitAsync(Add("Eve", "likes tea"), ProjectFixture.Duyan);
        Receipt repeated = await project.SubmitAsync(Create("Ada"), ProjectFixture.Duyan);

        Assert.Equal("entity_not_found", refused.Refused?.Code);
        Assert.Equal(["#1 \"Ada\""], repeated.Unchanged);
        Assert.Empty(refused.Recorded.Concat(repeated.Recorded));
        Assert.Equal((bytes, new EventId(1)), (project.LogBytes, repeated.Standing.Last));
    }

    [Fact]
    public async Task Commands_that_wait_together_are_decided_one_after_the_other()
    {
        await using MemoryProject project = _fixture.Open();
        Task<Receipt>[] calls = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0
            ? project.SubmitAsync(Create("Ada", "person", "likes tea"), ProjectFixture.Duyan)
            : project.SubmitAsync(Create($"N{i}"), ProjectFixture.Duyan))];
        Receipt[] receipts = await Task.WhenAll(calls);

        Assert.All(receipts, receipt => Assert.Null(receipt.Refused));
        Assert.Single(receipts, receipt => receipt.Recorded.Count == 2);
        Assert.Equal(102, Read(project).Length);
        Assert.Equal(Read(project).Select(one => one.Id), receipts.SelectMany(receipt => receipt.Recorded).Select(one => one.Id).Order());
    }

    [Fact]
    public async Task A_command_called_off_before_its_turn_is_never_carried_out()
    {
        await using MemoryProject project = _fixture.Open();
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => project.SubmitAsync(Create("Ada"), ProjectFixture.Duyan, cancel.Token));
        Assert.Empty(Read(project));
    }

    // Oldest first.
    private static RecordedEvent[] Read(MemoryProject project) =>
        project.Ask(Everything, "", (answer, _) => answer.Lines.Select(line => line.Recorded).Reverse().ToArray());
}
