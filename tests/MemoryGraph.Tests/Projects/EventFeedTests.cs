using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Tests.Events;
using MemoryGraph.Tests.Log;

namespace MemoryGraph.Tests.Projects;

public sealed class EventFeedTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Every_line_comes_once_and_as_it_stands_in_the_file()
    {
        using EventFeed feed = Open();
        Assert.Empty(Read(feed));

        await AppendAsync(1, 2);
        await AppendAsync(3);
        Assert.Equal(_store.LogLines[1..], Read(feed));
        Assert.Empty(Read(feed));

        await AppendAsync(1);
        Assert.Equal(_store.LogLines[^1..], Read(feed));
    }

    [Fact]
    public async Task It_begins_at_the_event_asked_for_which_may_be_still_to_come()
    {
        await AppendAsync(2, 2);
        using EventFeed third = Open(from: 3);
        using EventFeed sixth = Open(from: 6);
        Assert.Equal(_store.LogLines[3..], Read(third));
        Assert.Empty(Read(sixth));

        await AppendAsync(3);
        Assert.Equal(_store.LogLines[6..], Read(sixth));
    }

    [Fact]
    public async Task A_commit_is_kept_back_until_its_writer_has_synced_it()
    {
        await AppendAsync(1);
        using EventFeed feed = Open();
        Assert.Single(Read(feed));
        IReadOnlyList<string>? during = null;
        using (EventLog writer = _store.OpenLog(new SpiedDisk(_store.LogPath, () => during ??= Read(feed))))
        {
            await writer.AppendCommitAsync(2, 1);
        }

        Assert.NotNull(during);
        Assert.Empty(during);
        Assert.Equal(3, Read(feed).Count);
    }

    [Fact]
    public async Task What_a_writer_left_that_died_is_synced_before_it_is_handed_out()
    {
        await AppendAsync(1);
        await AppendAsync(2);
        var disk = new WatchedDisk();
        using EventFeed feed = Open(disk: disk);

        Assert.Equal(3, Read(feed).Count);
        Assert.Equal(_store.LogBytes.Length, disk.SyncedLength(_store.LogPath));
        Assert.DoesNotContain(disk.Requests, request => request.Call is DiskCall.Write or DiskCall.Truncate);
    }

    [Fact]
    public async Task Bytes_whose_sync_failed_wait_until_a_writer_wrote_them_again()
    {
        await AppendAsync(1);
        var failing = new FailingSync(_store.LogPath) { Fails = true };
        using EventFeed feed = Open(disk: failing);
        Assert.Equal("disk_failed", Assert.ThrowsAny<LogException>(() => Read(feed)).Code);

        // A second sync that succeeds would prove nothing.
        failing.Fails = false;
        Assert.Empty(Read(feed));

        await AppendAsync(1);
        Assert.Equal(_store.LogLines[1..], Read(feed));
    }

    [Fact]
    public async Task Of_a_torn_commit_the_whole_calls_come_and_the_rest_never()
    {
        await AppendAsync(1);
        await AppendAsync(2, 2);
        string[] whole = _store.LogLines[1..4];
        _store.LogBytes = _store.LogBytes[..^20];
        using EventFeed feed = Open();
        Assert.Equal(whole, Read(feed));

        // The next writer takes the rest out and says so.
        await AppendAsync(1);
        Assert.Equal(_store.LogLines[4..], Read(feed));
        Assert.Contains("log_repaired", _store.LogLines[4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    public async Task The_last_line_comes_without_what_stands_for_its_newline(string end)
    {
        await AppendAsync(2);
        string[] lines = _store.LogLines[1..];
        _store.LogBytes = [.. _store.LogBytes[..^1], .. Encoding.ASCII.GetBytes(end)];
        using EventFeed feed = Open();

        Assert.Equal(lines, Read(feed));
    }

    [Fact]
    public async Task A_damaged_log_is_told_and_nothing_of_it_is_handed_out()
    {
        await AppendAsync(1);
        await AppendAsync(1);
        string[] lines = _store.LogLines;
        _store.LogLines = [lines[0], lines[1].Replace("user", "User", StringComparison.Ordinal), lines[2]];
        using EventFeed feed = Open();

        Assert.Equal("damaged", Assert.ThrowsAny<LogException>(() => Read(feed)).Code);
    }

    [Fact]
    public async Task A_log_that_was_replaced_while_it_was_followed_is_told()
    {
        await AppendAsync(1);
        await AppendAsync(1);
        using EventFeed feed = Open();
        Read(feed);
        File.Delete(_store.LogPath);
        await AppendAsync(1);
        await AppendAsync(1);
        await AppendAsync(1);

        Assert.Equal("replaced", Assert.ThrowsAny<LogException>(() => Read(feed)).Code);
    }

    [Fact]
    public async Task An_erased_text_comes_as_an_event_and_its_line_is_handed_out_as_it_is()
    {
        await AppendAsync(2);
        using EventFeed before = Open();
        Read(before);
        var erasing = new RecordedEvent(
            new EventId(3), 0, new EventId(3), 1, new EventId(3), new EventId(3), TempStore.Someone, null, new EventRedacted([new EventId(2)]));
        using (EventLog log = _store.OpenLog())
        using (LogWriter writer = await log.LockAsync(CancellationToken.None))
        {
            writer.CatchUp();
            writer.Prepare();
            writer.Append([erasing]);
        }

        string[] lines = _store.LogLines;
        lines[2] = LineForge.Redact(lines[2], 3);
        await File.WriteAllTextAsync(_store.LogPath, string.Concat(lines.Select(line => line + '\n')));
        using EventFeed after = Open();

        Assert.Equal(lines[3..], Read(before));
        Assert.Contains("\"refs\":[2]", lines[3], StringComparison.Ordinal);
        Assert.Equal(lines[1..], Read(after));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public async Task A_text_whose_redaction_is_recorded_is_not_handed_out_though_it_still_stands(int overwritten)
    {
        await AppendAsync(2);
        byte[] whole = _store.LogBytes;
        await using (MemoryProject project = _store.OpenProject())
        {
            await project.RedactAsync(Redaction.OfEvents([new EventRange(new EventId(2), new EventId(2))]), TempStore.Someone, null);
        }

        string[] erased = _store.LogLines;
        byte[] log = _store.LogBytes;
        int text = Commits.LineStarts(whole)[2] + EventJson.TextStart(Encoding.UTF8.GetBytes(erased[2]));
        whole.AsSpan()[(text + overwritten)..].CopyTo(log.AsSpan(text + overwritten));
        _store.LogBytes = log;
        using EventFeed feed = Open();

        Assert.Equal(erased[1..], Read(feed));
    }

    [Fact]
    public async Task A_repair_that_gave_up_the_last_event_taken_does_not_lose_the_cursor()
    {
        await AppendAsync(1);
        await AppendAsync(1);
        await KeepAllAsync();
        await AppendAsync(1);
        string[] lines = _store.LogLines;
        _store.LogLines = [lines[0], lines[1], lines[2].Replace("\"user\"", "\"User\"", StringComparison.Ordinal), lines[3]];
        await using (MemoryProject project = _store.OpenProject())
        {
            Assert.Equal(new EventId(2), Assert.Single((await project.RepairAsync(TempStore.Someone, null, apply: true)).Lost).Id);
        }

        using EventFeed feed = Open(cursor: "shop");

        Assert.Equal(_store.LogLines[3..], Read(feed));
        Assert.Contains("log_repaired", _store.LogLines[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_goes_on_behind_what_was_kept_and_not_behind_what_was_only_read()
    {
        await AppendAsync(3);
        using (EventFeed first = Open(from: 2, cursor: "shop"))
        {
            StoredEvent[] read = [.. first.ReadOn()];
            first.Keep(read[0]);
        }

        await AppendAsync(1);
        using EventFeed second = Open(from: 1, cursor: "shop");
        Assert.Equal(_store.LogLines[3..], Read(second));
    }

    [Fact]
    public async Task Two_cannot_follow_with_one_cursor_at_once()
    {
        await AppendAsync(1);
        using (EventFeed first = Open(cursor: "shop"))
        {
            LogException refused = Assert.ThrowsAny<LogException>(() => Open(cursor: "shop"));
            Assert.Equal("cursor_in_use", refused.Code);
            Assert.Contains("cursor \"shop\"", refused.Message, StringComparison.Ordinal);
            using EventFeed other = Open(cursor: "shop.2");
        }

        using EventFeed after = Open(cursor: "shop");
    }

    [Fact]
    public async Task A_cursor_in_a_log_that_was_replaced_is_refused_with_what_to_do()
    {
        await AppendAsync(2);
        await KeepAllAsync();
        File.Delete(_store.LogPath);
        await AppendAsync(3);
        using EventFeed feed = Open(cursor: "shop");

        LogException lost = Assert.ThrowsAny<LogException>(() => Read(feed));
        Assert.Equal("cursor_lost", lost.Code);
        Assert.Contains($"delete {Path.Combine(_store.Place.Directory, "cursors", "shop.json")}", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_ahead_of_an_older_log_is_refused()
    {
        await AppendAsync(1);
        byte[] older = _store.LogBytes;
        await AppendAsync(2);
        await KeepAllAsync();
        _store.LogBytes = older;
        using EventFeed feed = Open(cursor: "shop");

        Assert.Equal("cursor_lost", Assert.ThrowsAny<LogException>(() => Read(feed)).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"event_id":"1","hash":"x"}""")]
    [InlineData("""{"event_id":1,"hash":"short"}""")]
    public async Task A_file_that_is_no_cursor_is_refused(string content)
    {
        await AppendAsync(1);
        await KeepAllAsync();
        await File.WriteAllTextAsync(Path.Combine(_store.Place.Directory, "cursors", "shop.json"), content);

        Assert.Equal("cursor_lost", Assert.ThrowsAny<LogException>(() => Open(cursor: "shop")).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("..\\x")]
    [InlineData("đ")]
    [InlineData("a b")]
    public void A_name_that_means_something_in_a_path_is_no_cursor(string name)
    {
        Assert.False(EventFeed.IsCursorName(name));
        Assert.Throws<ArgumentException>(() => Open(cursor: name));
    }

    [Fact]
    public void A_cursor_s_name_has_64_letters_at_most()
    {
        Assert.True(EventFeed.IsCursorName(new string('a', 64)));
        Assert.False(EventFeed.IsCursorName(new string('a', 65)));
    }

    private async Task AppendAsync(params int[] eventsPerCall)
    {
        using EventLog log = _store.OpenLog();
        await log.AppendCommitAsync(eventsPerCall);
    }

    private EventFeed Open(long from = 0, string? cursor = null, IDisk? disk = null) =>
        new(disk ?? new SystemDisk(), _store.Place, "tests", new ManualClock(), new EventId(from), cursor);

    private Task KeepAllAsync()
    {
        using EventFeed feed = Open(cursor: "shop");
        feed.Keep(feed.ReadOn().Last());
        return Task.CompletedTask;
    }

    private static IReadOnlyList<string> Read(EventFeed feed) =>
        [.. feed.ReadOn().Select(stored => Encoding.UTF8.GetString(stored.Line.Span))];

    private sealed class FailingSync(string log) : RelayDisk
    {
        public bool Fails { get; set; }

        protected override void Relay(DiskCall call, string path, Action pass)
        {
            if (Fails && call == DiskCall.Sync && path == log)
            {
                throw new DiskException(DiskFault.Failed, "make durable", path, "the device said no");
            }

            pass();
        }
    }
}
