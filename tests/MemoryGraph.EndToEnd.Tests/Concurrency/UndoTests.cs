using MemoryGraph.EndToEnd.Tests.Driving;
using Xunit.Abstractions;

namespace MemoryGraph.EndToEnd.Tests.Concurrency;

/// <summary>Taking back what another process did, also when two do it at the same moment.</summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed class UndoTests(Programs programs, ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 150;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Of_two_that_undo_the_same_call_at_once_one_does_and_the_other_is_told_so()
    {
        await using ServerProcess one = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
        await using ServerProcess other = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
        int wonByOne = 0;
        long last = 0;
        for (int round = 1; round <= Rounds; round++)
        {
            ServerProcess writer = round % 2 == 0 ? one : other;
            Answer made = await writer.DoAsync(ToolCall.Create(FormattableString.Invariant($"Entity {round}"), "is a mistake"));
            long call = made.LastRecorded!.Value - 1;
            last = made.LastRecorded.Value + 2;
            ToolCall undo = ToolCall.Undo(FormattableString.Invariant($"#{call}"));

            long[] sent = await Task.WhenAll(one.SendAsync(undo), other.SendAsync(undo));
            Answer[] answers = [await one.AnswerAsync(sent[0]), await other.AnswerAsync(sent[1])];

            Assert.All(answers, answer => Assert.False(answer.IsError, answer.Text));
            Answer done = Assert.Single(answers, answer => answer.Text.StartsWith(
                FormattableString.Invariant($"Took back #{call}. Recorded 2 events, #{last - 1} to #{last}."), StringComparison.Ordinal));
            Answer late = Assert.Single(answers, answer => answer != done);
            Assert.Contains(FormattableString.Invariant($"unchanged: #{call} is already undone, by #{last - 1}"), late.Text, StringComparison.Ordinal);
            wonByOne += done == answers[0] ? 1 : 0;
        }

        output.WriteLine($"{wonByOne} of {Rounds} rounds were won by the first.");
        IReadOnlyList<LoggedEvent> events = LoggedEvent.ReadAll(_sandbox.Log);
        Assert.Equal(Rounds, events.Count(happened => happened.Type == "entity_deleted"));
        Assert.Equal(Rounds * 4, events.Count);
        await LogVerifier.AssertValidAsync(_sandbox, output);
        string at = FormattableString.Invariant($"#{last}");
        string[] dumps = [await GraphDump.OfAsync(one, at), await GraphDump.OfAsync(other, at)];
        Assert.Equal(dumps[0], dumps[1]);
        Assert.StartsWith("0 entities, 0 observations, 0 relations.", dumps[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entity_that_an_assistant_deleted_is_back_with_all_it_had_when_another_process_undoes_that()
    {
        string[] facts = [.. Enumerable.Range(1, 50).Select(i => FormattableString.Invariant($"Fact {i} of the hub"))];
        Launch asColleague = _sandbox.Run(
            [.. programs.Any, "serve", "--store", _sandbox.Store, "--project", Sandbox.Project, "--user", "colleague"]);
        await using (ServerProcess colleague = await ServerProcess.StartAsync(asColleague))
        {
            await colleague.DoAsync(ToolCall.Create("Hub", facts));
        }

        await using ServerProcess assistant = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
        for (int i = 1; i <= 20; i++)
        {
            string spoke = FormattableString.Invariant($"Spoke {i}");
            await assistant.DoAsync(ToolCall.Create(spoke));
            await assistant.DoAsync(i % 2 == 0 ? ToolCall.Relate("Hub", "leads to", spoke) : ToolCall.Relate(spoke, "leads to", "Hub"));
        }

        string before = await GraphAsync(assistant);
        Answer deleted = await assistant.DoAsync(ToolCall.Delete("Hub"));
        Assert.Equal(21, deleted.LastRecorded - 91);
        Assert.StartsWith("20 entities, 0 observations, 0 relations.", await GraphAsync(assistant), StringComparison.Ordinal);

        await using ServerProcess other = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
        Answer undone = await other.DoAsync(ToolCall.Undo("#92"));

        Assert.StartsWith("Took back #92. Recorded 21 events, #113 to #133.", undone.Text, StringComparison.Ordinal);
        Assert.StartsWith("21 entities, 50 observations, 20 relations.", before, StringComparison.Ordinal);
        Assert.Contains("\"Hub\" [thing] #1, age by colleague via end-to-end/1.0", before, StringComparison.Ordinal);
        Assert.Equal(before, await GraphAsync(other));
        Assert.Equal(before, await GraphAsync(assistant));
        await LogVerifier.AssertValidAsync(_sandbox, output);
    }

    // Without the last line, which names the last event.
    private static async Task<string> GraphAsync(ServerProcess server) => string.Join(
        '\n', (await GraphDump.OfAsync(server, "now")).ReplaceLineEndings("\n").Split('\n').Where(line => !line.StartsWith('—')));
}
