using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using MemoryGraph.Search;
using MemoryGraph.Tests.Log;
using MemoryGraph.Text;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Projects;

/// <summary>What is redacted is in no file and in no answer; all else is as it was, and the chain holds.</summary>
public sealed class RedactionTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task The_name_of_an_entity_is_erased_wherever_it_stands()
    {
        await using MemoryProject project = _store.OpenProject();
        await DoAsync(project, Create("Đặng Thị Mai", "person", "likes tea"));
        await DoAsync(project, Create("Auth", "module", "reviewed by dang thi mai", "fast"));
        await DoAsync(project, new CreateRelation("Đặng Thị Mai", "owns", "Auth"));
        await DoAsync(project, new UpdateEntity("Auth", null, "service") { Reason = "ĐẶNG_THỊ_MAI said so" });

        RedactionReceipt receipt = await RedactAsync(project, Redaction.OfEntity("Đặng Thị Mai"));

        Assert.Equal([1, 2, 4, 6, 7], receipt.Found.Events.Select(line => line.Id.Value));
        Assert.Equal(["dang thi mai", "ĐẶNG_THỊ_MAI", "Đặng Thị Mai"], receipt.Found.Spellings.Order(StringComparer.Ordinal));

        // Of an update that was erased, nobody can tell any more whether it gave a name.
        Assert.Equal([new RedactedName(Id(1), "Đặng Thị Mai"), new RedactedName(Id(3), "Auth")], receipt.Found.NamesLost);
        AssertGone("dang thi mai", "likes tea");
        Assert.Equal(
            """
            [#1 redacted by #8] [[redacted by #8]]
              [redacted by #8]
              -[redacted by #8]-> [#7 redacted by #8]
            [#7 redacted by #8] [module]
              [redacted by #8]
              fast
            """, Brief(project));
    }

    [Fact]
    public async Task A_text_is_found_with_other_case_and_diacritics_and_inside_words()
    {
        await using MemoryProject project = _store.OpenProject();
        await DoAsync(project, Create("Ghi chú", "note", "Mật khẩu là hunter2", "MAT KHAU cu~", "khac"));
        await DoAsync(project, Create("Xmậtkhẩu", "note") with { Reason = "vì ma\u0323\u0302t kha\u0302\u0309u" });
        await DoAsync(project, Create("mậtkhẩu", "note"));

        RedactionReceipt receipt = await RedactAsync(project, Redaction.OfText("mat khau"));

        Assert.Equal([2, 3, 5], receipt.Found.Events.Select(line => line.Id.Value));
        Assert.Equal(["reason"], receipt.Found.Events[2].Where);
        Assert.Equal(
            ["MAT KHAU", "Mật khẩu", "ma\u0323\u0302t kha\u0302\u0309u"], receipt.Found.Spellings.Order(StringComparer.Ordinal));
        AssertGone("mat khau");
    }

    [Fact]
    public async Task An_observation_goes_with_the_events_that_removed_and_restored_it()
    {
        await using MemoryProject project = _store.OpenProject();
        await DoAsync(project, Create("Ada", "person", "phone 555-1234", "likes tea"));
        await DoAsync(project, new DeleteObservations("Ada", ["phone 555-1234"]));
        await DoAsync(project, new Undo(UndoTarget.Of([new EventRange(Id(4), Id(4))])));
        await DoAsync(project, new DeleteObservations("Ada", ["phone 555-1234"]));
        Assert.IsType<ObservationRestored>(_store.ReadHealthy()[4].Event);

        RedactionReceipt receipt = await RedactAsync(project, OfEvents(2));

        Assert.Equal([2, 4, 5, 6], receipt.Found.Events.Select(line => line.Id.Value));
        AssertGone("555-1234");
        Assert.Equal("Ada [person]\n  likes tea", Brief(project));
        Assert.Equal("Ada [person]\n  [redacted by #7]\n  likes tea", Brief(project, Id(3)));
        Assert.Equal(Id(7), _store.ReadHealthy()[1].RedactedBy);
    }

    [Fact]
    public async Task What_was_redacted_is_not_brought_back_by_an_undo()
    {
        await using MemoryProject project = _store.OpenProject();
        await DoAsync(project, Create("Ada", "person", "phone 555-1234"));
        await DoAsync(project, new DeleteObservations("Ada", ["#2"]));
        await RedactAsync(project, OfEvents(2));

        Receipt undone = await project.SubmitAsync(new Undo(UndoTarget.Of([new EventRange(Id(3), Id(3))])), TempStore.Someone);

        Assert.Contains(undone.Notices.Append(undone.Refused?.Message ?? ""), one => one.Contains("redacted", StringComparison.Ordinal));
        AssertGone("555-1234");
    }

    [Fact]
    public async Task An_entity_goes_with_those_that_were_merged_into_it_under_all_their_names()
    {
        await using MemoryProject project = _store.OpenProject();
        await DoAsync(project, Create("Bob", "person", "born 1970"));
        await DoAsync(project, Create("Robert", "person", "works at night"));
        await DoAsync(project, new UpdateEntity("Bob", "Bobby", null));
        await DoAsync(project, new UpdateEntity("Bobby", "Robert", null, Merge: true));
        await DoAsync(project, Create("Note", "note", "call bob, not Bobsled", "Bobsled race"));

        await RedactAsync(project, Redaction.OfEntity("Robert"));

        AssertGone("Robert", "Bobby", "call bob", "born 1970", "works at night");
        Assert.Contains("Bobsled race", Brief(project), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_is_erased_from_every_event_and_from_the_record_of_the_redaction()
    {
        await using MemoryProject project = _store.OpenProject();
        await DoAsync(project, Create("Ada", "person"));
        await project.SubmitAsync(Create("Linh's note", "note"), new Author("Trần Linh", "cursor/1.7"));
        await project.SubmitAsync(Add("Ada", "likes tea"), new Author("tran linh", "cursor/1.7"));

        RedactionReceipt receipt = await project.RedactAsync(
            Redaction.OfUser("Tran Linh"), new Author("Trần Linh", "cursor/1.7"), "asked to be forgotten");

        Assert.Equal([2, 3], receipt.Found.Events.Select(line => line.Id.Value));
        Assert.Equal(["Trần Linh", "tran linh"], receipt.Found.Spellings);
        Assert.Equal(new Author("", "cursor/1.7"), receipt.Recorded!.Author);
        Assert.Equal(["[redacted]", "[redacted]"], _store.ReadHealthy().Where(one => one.RedactedBy is not null).Select(one => one.Author.User));
        AssertGone("tran linh");
        Assert.Contains("Ada [person]", Brief(project), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_in_the_middle_of_a_call_leaves_the_others_whole()
    {
        await using MemoryProject project = _store.OpenProject();
        await DoAsync(project, Create("Ada", "person", "one", "secret", "three") with { Reason = "an interview" });

        await RedactAsync(project, Redaction.OfText("secret"));

        AssertGone("secret");
        Assert.Equal("Ada [person]\n  one\n  [redacted by #5]\n  three", Brief(project));
        Assert.Equal((4, "an interview"), (_store.ReadHealthy()[2].CallLength, _store.ReadHealthy()[0].Reason));
    }

    [Fact]
    public async Task Erased_names_stay_unique_and_each_entity_can_be_found_by_its_own()
    {
        await using MemoryProject project = _store.OpenProject();
        await DoAsync(project, Create("secret one", "person"));
        await DoAsync(project, Create("secret two", "person"));
        await DoAsync(project, Create("Eve", "person"));
        await DoAsync(project, new UpdateEntity("Eve", "secret three", null));

        await RedactAsync(project, Redaction.OfText("secret"));

        Assert.Equal(
            "[#1 redacted by #5] [[redacted by #5]]\n[#2 redacted by #5] [[redacted by #5]]\n[#4 redacted by #5] [person]", Brief(project));
        await DoAsync(project, Add("[#2 redacted by #5]", "still here"));
        Assert.Contains("[#2 redacted by #5] [[redacted by #5]]\n  still here", Brief(project), StringComparison.Ordinal);
        await using MemoryProject again = _store.OpenProject();
        Assert.Equal(Brief(project), Brief(again));
    }

    [Fact]
    public async Task The_reason_of_an_earlier_redaction_can_be_redacted_too()
    {
        await using MemoryProject project = _store.OpenProject();
        await DoAsync(project, Create("Ada", "person", "phone 555-1234"));
        await project.RedactAsync(OfEvents(2), TempStore.Someone, "the number of Ms Lovelace");

        await RedactAsync(project, Redaction.OfText("lovelace"));

        AssertGone("lovelace", "555-1234");
        Assert.Equal([null, 3, 4, null], _store.ReadHealthy().Select(one => one.RedactedBy?.Value));
    }

    [Fact]
    public async Task A_reason_that_repeats_what_is_erased_is_refused()
    {
        await using MemoryProject project = _store.OpenProject();
        await DoAsync(project, Create("Ada", "person", "phone 555-1234"));
        byte[] before = _store.LogBytes;

        foreach (Redaction redaction in new[]
        {
            Redaction.OfText("555"), Redaction.OfEntity("Ada"), Redaction.OfUser("duyan"), OfEvents(1),
        })
        {
            RedactionReceipt receipt = await project.RedactAsync(redaction, TempStore.Someone, "ADA by Duyan, 5551234");
            Assert.Equal("reason_repeats", receipt.Found.Refused?.Code);
        }

        Assert.Equal(before, _store.LogBytes);
    }

    [Fact]
    public async Task What_was_redacted_before_is_said_and_nothing_changes()
    {
        await using MemoryProject project = _store.OpenProject();
        await DoAsync(project, Create("Ada", "person", "secret"));
        await RedactAsync(project, OfEvents(2));
        byte[] before = _store.LogBytes;

        foreach ((Redaction redaction, string? code) in new (Redaction, string?)[]
        {
            (OfEvents(2), null),
            (Redaction.OfText("secret"), null),
            (Redaction.OfUser("nobody"), null),
            (OfEvents(9), "event_not_found"),
            (OfEvents(), "nothing_asked"),
            (Redaction.OfText(" \u0301 "), "nothing_asked"),
            (Redaction.OfUser(" "), "nothing_asked"),
            (Redaction.OfEntity("Eve"), "entity_not_found"),
        })
        {
            RedactionReceipt receipt = await project.RedactAsync(redaction, TempStore.Someone, null);
            Assert.Equal((code, null, 0), (receipt.Found.Refused?.Code, receipt.Recorded, receipt.Found.Events.Count));
        }

        Assert.Equal([Id(2)], project.PreviewRedaction(OfEvents(2)).AlreadyRedacted);

        Assert.Equal(before, _store.LogBytes);
    }

    [Fact]
    public async Task A_preview_changes_nothing_and_names_what_keeps_the_text()
    {
        await using MemoryProject project = _store.OpenProject();
        await DoAsync(project, Create("test", "person"));
        byte[] before = _store.LogBytes;

        RedactionPreview preview = project.PreviewRedaction(Redaction.OfEntity("test"));

        Assert.Equal(before, _store.LogBytes);
        Assert.Equal("entity_created \"test\" [person]", Assert.Single(preview.Events).What);
        Assert.Equal(["The file lock mentions it, and stays as it is.", "The file project.json mentions it, and stays as it is."],
            project.PreviewRedaction(Redaction.OfText("test")).Unreached);
    }

    [Fact]
    public async Task Search_does_not_find_the_text_and_history_shows_the_gap()
    {
        await using MemoryProject project = _store.OpenProject();
        await DoAsync(project, Create("Ada", "person", "secret handshake"));
        Assert.NotEmpty(Search(project, "handshake"));

        await RedactAsync(project, Redaction.OfText("handshake"));

        Assert.Empty(Search(project, "handshake"));
        Assert.Equal(
            ["#3 event_redacted text of #2 erased", "#2 observation_added \"[redacted by #3]\": \"[redacted by #3]\"", "#1 entity_created \"Ada\" [person]"],
            project.Ask(new HistoryQuery(null, null, null, null, null, null, AsOf.Now), "", (answer, _) =>
                answer.Lines.Select(line => $"{line.Recorded.Id} {line.EventType} {line.What}").ToArray()));
    }

    [Fact]
    public async Task Caches_and_quarantine_go_too()
    {
        await using (MemoryProject project = _store.OpenProject())
        {
            await DoAsync(project, Create("Ada", "person", "secret"));
            await DoAsync(project, Create("Eve", "person", "secret"));
        }

        _store.LogBytes = _store.LogBytes[..^40];
        string snapshots = Path.Combine(_store.Place.Directory, "snapshots");
        Directory.CreateDirectory(snapshots);
        await File.WriteAllTextAsync(Path.Combine(snapshots, "graph"), "secret");
        await File.WriteAllTextAsync(_store.LogPath + ".tmp", "secret, in a repair that was broken off");

        await using MemoryProject again = _store.OpenProject();
        await RedactAsync(again, Redaction.OfText("secret"));

        AssertGone("secret");
        Assert.Empty(Directory.GetFiles(snapshots));
        Assert.Empty(_store.Quarantined());
        Assert.Single(_store.ReadHealthy(), one => one.Event is LogRepaired);
    }

    [Fact]
    public async Task A_text_that_only_quarantine_holds_is_pointed_to()
    {
        await using MemoryProject project = _store.OpenProject();
        await DoAsync(project, Create("Ada"));
        Directory.CreateDirectory(_store.QuarantinePath);
        await File.WriteAllTextAsync(Path.Combine(_store.QuarantinePath, "old.bin"), "{\"text\":\"SECRET");

        RedactionReceipt receipt = await project.RedactAsync(Redaction.OfText("secret"), TempStore.Someone, null);

        Assert.Null(receipt.Recorded);
        Assert.Equal(["The file quarantine/old.bin mentions it, and stays as it is."], receipt.Found.Unreached);
    }

    [Fact]
    public async Task A_damaged_log_is_not_written_for_a_redaction()
    {
        await using (MemoryProject project = _store.OpenProject())
        {
            await DoAsync(project, Create("Ada", "person", "secret"));
            await DoAsync(project, Create("Eve"));
        }

        byte[] damaged = _store.LogBytes;
        damaged[^700] ^= 1;
        _store.LogBytes = damaged;
        await using MemoryProject again = _store.OpenProject();

        Assert.Equal("read_only", (await Assert.ThrowsAnyAsync<LogException>(() => RedactAsync(again, Redaction.OfText("secret")))).Code);
        Assert.Equal(damaged, _store.LogBytes);
    }

    private static Redaction OfEvents(params long[] ids) => Redaction.OfEvents([.. ids.Select(id => new EventRange(Id(id), Id(id)))]);

    private static async Task DoAsync(MemoryProject project, Command command) =>
        Assert.Null((await project.SubmitAsync(command, TempStore.Someone)).Refused);

    private static async Task<RedactionReceipt> RedactAsync(MemoryProject project, Redaction redaction)
    {
        RedactionReceipt receipt = await project.RedactAsync(redaction, TempStore.Someone, null);
        Assert.Null(receipt.Found.Refused);
        return receipt;
    }

    private static string[] Search(MemoryProject project, string words) =>
        project.Ask(new SearchQuery(words, null, AsOf.Now), "", (answer, _) => answer.Hits.Select(hit => hit.Entity.Name).ToArray());

    private static string Brief(MemoryProject project, EventId? at = null) => project.Ask(
        new OverviewQuery(null, null, at is { } id ? AsOf.Of(id) : AsOf.Now),
        "",
        (answer, _) => string.Join('\n', answer.Cards.SelectMany(card => new[] { $"{card.Name} [{card.EntityType}]" }
            .Concat(card.Observations.Select(one => $"  {one.Text}"))
            .Concat(card.Relations.Where(one => one.From == card.Name).Select(one => $"  -{one.RelationType}-> {one.To}")))));

    // In no byte of no file, however spelled; and the log is valid for our own reader and for the script.
    private void AssertGone(params string[] texts)
    {
        foreach (string path in Directory.GetFiles(_store.Place.Store, "*", SearchOption.AllDirectories))
        {
            string content = LetterFolding.Fold(Encoding.UTF8.GetString(File.ReadAllBytes(path)));
            Assert.All(texts, text => Assert.DoesNotContain(LetterFolding.Fold(text), content, StringComparison.Ordinal));
        }

        FullScan scan = FullScan.Of(_store.LogPath);
        Assert.Empty(scan.Damage);
        Assert.Empty(scan.Unerased);
        Verifier.Accepts(_store);
    }
}
