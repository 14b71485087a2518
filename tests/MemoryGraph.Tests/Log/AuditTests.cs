using System.Text;
using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Integrity;
using MemoryGraph.Log;
using MemoryGraph.Tests.Events;

namespace MemoryGraph.Tests.Log;

/// <summary>Whatever is done to a log is found, named and located, over a log with every type of event and over random ones.</summary>
public sealed class AuditTests
{
    private const int LostAt = 18;
    private const int RedactedAt = 20;
    private static readonly string[] Golden = File.ReadAllLines(GoldenLog.EveryEvent.Path);

    public static TheoryData<string> Kinds => [.. Tampering.Kinds];

    [Fact]
    public void A_log_of_ours_is_intact_and_tells_who_repaired_and_redacted_what()
    {
        AuditReport report = Verify(Golden);

        Assert.Empty(report.Findings);
        Assert.True(report.IsIntact);
        Assert.Equal((22, GoldenLog.Project), (report.Events, report.Project));
        Assert.Equal(new EventId(17), Assert.Single(report.Repairs).Id);
        Assert.Equal(new EventId(21), Assert.Single(report.Redactions).Id);
        Assert.Empty(report.Restarts);
    }

    [Fact]
    public void Any_log_of_ours_is_intact() => AnyLog.Lines.Sample(lines =>
    {
        AuditReport report = Verify(lines);
        Assert.Equal((0, lines.Length - 1), (report.FindingsTotal, report.Events));
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_done_to_an_event_of_any_type_is_found_and_located(string kind)
    {
        for (int id = 1; id < Golden.Length; id++)
        {
            // Behind an event that was given up the chain starts anew, so there a head is only checked by what follows.
            if (kind != "head" || id != LostAt + 1)
            {
                AssertFound(new Tampering(kind, id), Golden);
            }
        }
    }

    [Fact]
    public void Where_the_chain_starts_anew_is_told() =>
        Assert.Equal([new EventId(LostAt + 1)], Verify(new Tampering("head", LostAt + 1).Of(Golden)).Restarts);

    [Fact]
    public void What_is_done_to_any_log_is_found_and_located() =>
        Gen.Select(AnyLog.Lines, Gen.OneOfConst([.. Tampering.Kinds]), Gen.Int[0, int.MaxValue])
            .Sample((log, kind, pick) => AssertFound(new Tampering(kind, 1 + (pick % (log.Length - 1))), log));

    [Fact]
    public void Every_finding_of_many_is_listed_where_it_lies()
    {
        string[] log = new Tampering("text", 19).Of(new Tampering("head", 14).Of(new Tampering("garbage", 9).Of(
            new Tampering("doubled", 5).Of(Golden))));

        Assert.Equal(
            ["#5 repeated", "#8 altered", "#13 altered", "#18 altered"],
            Verify(log).Findings.Select(one => $"{one.First} {one.Kind.ToString().ToLowerInvariant()}"));
    }

    [Fact]
    public void Lines_that_were_cut_out_and_put_in_elsewhere_were_moved()
    {
        string[] down = [.. Golden[..4], .. Golden[9..14], .. Golden[4..9], .. Golden[14..]];
        string[] up = [.. Golden[..4], .. Golden[9..], .. Golden[4..9]];

        Assert.All(Verify(down).Findings, one => Assert.Equal(AuditKind.Moved, one.Kind));
        Assert.Equal([9L, 10, 11, 12, 13], Verify(down).Findings.Select(one => one.First.Value));
        Assert.All(Verify(up).Findings, one => Assert.Equal(AuditKind.Moved, one.Kind));
    }

    [Fact]
    public void Several_removed_events_are_one_finding()
    {
        AuditFinding finding = Assert.Single(Verify([.. Golden[..5], .. Golden[8..]]).Findings);
        Assert.Equal((AuditKind.Removed, new EventId(5), new EventId(7)), (finding.Kind, finding.First, finding.Last));
    }

    [Theory]
    [InlineData(",\"redacted_by\":21 ", ",\"redacted_by\":21,\"x\":1 ")]
    [InlineData(",\"redacted_by\":21 ", ",\"redacted_by\":021 ")]
    [InlineData(",\"redacted_by\":21 ", ",\"redacted_by\": 21 ")]
    [InlineData(",\"redacted_by\":21 ", "   ,\"redacted_by\":21 ")]
    public void Behind_a_redaction_nothing_else_can_hide(string from, string to)
    {
        string[] log = [.. Golden];
        log[RedactedAt] = LineForge.Edit(log[RedactedAt], from, to);
        AuditFinding finding = Verify(log).Findings[0];
        Assert.Equal((AuditKind.Altered, new EventId(RedactedAt)), (finding.Kind, finding.First));
    }

    [Fact]
    public void A_redaction_that_was_broken_off_in_a_line_is_no_tampering()
    {
        string[] log = [.. Golden];
        log[RedactedAt] = log[RedactedAt].Replace("     ,\"crc\"", "er2\"},\"crc\"", StringComparison.Ordinal);
        AuditReport report = Verify(log);
        Assert.Equal(AuditKind.UnfinishedErasure, Assert.Single(report.Findings).Kind);
        Assert.True(report.IsIntact);
    }

    [Theory]
    [InlineData("changed", 1)]
    [InlineData("of another project", 1)]
    [InlineData("removed", 1)]
    public void A_header_that_is_not_its_own_is_named(string how, int line)
    {
        string[] log = how switch
        {
            "changed" => [Golden[0].Replace("\"first_event_id\":1", "\"first_event_id\":7", StringComparison.Ordinal), .. Golden[1..]],
            "of another project" => [LineForge.Header("ffffffffffffffffffffffffffffffff"), .. Golden[1..]],
            _ => Golden[1..],
        };

        AuditFinding finding = Assert.Single(Verify(log, known: true).Findings);
        Assert.Equal((AuditKind.Header, line), (finding.Kind, finding.Place.Line));
        Assert.Single(Verify(log).Findings);
    }

    [Fact]
    public void A_cut_at_any_byte_is_an_unfinished_end_or_shows_only_against_a_checkpoint()
    {
        string[] lines = Golden[..RedactedAt];
        byte[] log = Encoding.UTF8.GetBytes(Tampering.Text(lines));
        Checkpoint head = Verify(lines).Head!;
        for (int cut = Commits.LineStarts(log)[1]; cut < log.Length - 1; cut++)
        {
            IReadOnlyList<AuditFinding> findings = Verify(log[..cut], head).Findings;
            Assert.Single(findings, one => one.Kind == AuditKind.CutOff);
            Assert.All(findings, one => Assert.True(one.Kind is AuditKind.CutOff or AuditKind.UnfinishedEnd, $"cut at {cut}: {one}"));
        }
    }

    [Fact]
    public void Only_the_last_newline_missing_costs_no_event()
    {
        byte[] log = Encoding.UTF8.GetBytes(Tampering.Text(Golden));
        foreach (byte[] spoilt in new byte[][] { log[..^1], [.. log[..^1], (byte)'x'] })
        {
            AuditReport report = Verify(spoilt, Verify(Golden).Head);
            Assert.Equal((AuditKind.UnfinishedEnd, 22L), (Assert.Single(report.Findings).Kind, report.Events));
            Assert.True(report.IsIntact);
        }
    }

    [Fact]
    public void A_checkpoint_shows_a_log_that_was_cut_rewritten_or_exchanged()
    {
        string[] log = AnyLog.Write(
            AnyCommand.Played([.. Enumerable.Range(0, 9).Select(i => new CreateEntity($"{i}", "thing", []))]).Recorded, callsPerCommit: 2);
        Checkpoint head = Verify(log).Head!;
        Checkpoint early = Verify(log[..4]).Head!;
        string[] rewritten = Rewrite(log, at: 2);

        Assert.True(Verify(log, head).IsIntact);
        Assert.True(Verify(log, early).IsIntact);
        Assert.Empty(Verify(rewritten).Findings);
        AuditFinding finding = Assert.Single(Verify(rewritten, head).Findings);
        Assert.Equal((AuditKind.Rewritten, head.Event), (finding.Kind, finding.First));
        Assert.Equal(AuditKind.OtherProject, Assert.Single(Verify(log, head with { Project = "another" }).Findings).Kind);
    }

    private static void AssertFound(Tampering tampering, string[] log)
    {
        if (!tampering.Concerns(log))
        {
            return;
        }

        string[] tampered = tampering.Of(log);
        AuditReport report = Verify(tampered);
        (AuditKind kind, long id, long line) = tampering.Expected(log);
        long offset = tampered.Take((int)line - 1).Sum(one => Encoding.UTF8.GetByteCount(one) + 1);
        Assert.True(report.FindingsTotal > 0, $"{tampering} went unseen");
        AuditFinding first = report.Findings[0];
        Assert.True(
            (kind, id, line, offset) == (first.Kind, first.First.Value, first.Place.Line, first.Place.Offset),
            $"{tampering} was called\n{string.Join('\n', report.Findings)}\ninstead of {kind} of #{id} in line {line}");
    }

    // Edits an event and makes every hash and checksum from there on right again.
    private static string[] Rewrite(string[] log, int at)
    {
        var buffer = new Utf8Buffer();
        var reader = new EventLineReader(EventCatalogue.Current);
        byte[] header = Encoding.UTF8.GetBytes(log[0]);
        EventHash hash = SegmentHeader.Parse(header)!.ChainStart(header);
        for (int id = 1; id < log.Length; id++)
        {
            RecordedEvent recorded = EventJson.Read(Encoding.UTF8.GetBytes(log[id]), reader).Recorded;
            hash = EventJson.Write(
                buffer,
                id == at ? recorded with { Author = new Author("nobody", "") } : recorded,
                EventCatalogue.Current,
                hash,
                new byte[EventJson.SaltBytes]);
        }

        return [log[0], .. Encoding.UTF8.GetString(buffer.Written[..^1]).Split('\n')];
    }

    private static AuditReport Verify(string[] log, Checkpoint? against = null, bool known = false) =>
        Verify(Encoding.UTF8.GetBytes(Tampering.Text(log)), against, known);

    private static AuditReport Verify(byte[] log, Checkpoint? against, bool known = false)
    {
        var disk = new MemoryDisk { ["log"] = log };
        using IDiskFile file = disk.Open("log", writable: false);
        return LogAudit.Run(
            LogFiles.Of(("log", file)), EventCatalogue.Current, known ? SegmentHeader.First(GoldenLog.Project) : null, against)
            .Report();
    }
}
