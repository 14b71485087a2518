using System.Globalization;
using System.Text;
using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Tests.Log;

namespace MemoryGraph.Tests.Projects;

/// <summary>After any history and any redaction: the same graph at every point, but for the texts of what was named.</summary>
[Trait("size", "torture")]
public sealed class RedactionPropertyTests
{
    private const int Runs = 150;

    private static readonly ProjectPlace Place = new("/store", "/store/project", "test", null, null, InWorkTree: false);
    private static readonly string LogPath = Path.Combine(Place.Directory, SegmentHeader.FileName(new(1)));
    private static readonly Author Linh = new("linh", "claude-code/2.1");

    private static readonly Gen<Redaction> AnyRedaction = Gen.OneOf(
        Gen.Int[1, 40].Select(id => Redaction.OfEvents([new EventRange(new EventId(id), new EventId(id))])),
        Gen.OneOfConst("Ada", "Eve", "T", "Đăng nhập", "dang-nhap").Select(Redaction.OfEntity),
        Gen.OneOfConst("linh", "DUYAN").Select(Redaction.OfUser),
        Gen.OneOfConst("tea", "LIK", "a", "dang nhap", "knows", "2026-01-01", "person").Select(Redaction.OfText));

    [Fact]
    public async Task Only_the_texts_of_what_is_named_are_gone() => await Gen.Select(AnyCommand.SequenceWithUndo, AnyRedaction).SampleAsync(
        async (commands, redaction) =>
        {
            var disk = new MemoryDisk();
            RedactionReceipt receipt;
            List<RecordedEvent> before;
            await using (var project = new MemoryProject(disk, Place, "tests", new ManualClock()))
            {
                foreach ((int place, Command command) in commands.Index())
                {
                    await project.SubmitAsync(command, place % 3 == 0 ? Linh : TempStore.Someone);
                }

                before = Read(disk);
                receipt = await project.RedactAsync(redaction, TempStore.Someone, null);
            }

            List<RecordedEvent> after = Read(disk);
            HashSet<EventId> named = [.. receipt.Found.Events.Select(line => line.Id)];
            Assert.Equal(before.Count + (named.Count > 0 ? 1 : 0), after.Count);
            Assert.Equal(before.Where(one => !named.Contains(one.Id)).Select(Line), after.Take(before.Count).Where(one => one.RedactedBy is null).Select(Line));
            Assert.All(after.Where(one => named.Contains(one.Id)), one => Assert.Equal(receipt.Recorded!.Id, one.RedactedBy));
            AssertSameStructure(InMemoryGraph.Replay(before).Graph, InMemoryGraph.Replay(after).Graph, before.Count);
        },
        iter: Runs, print: one => $"{AnyCommand.Print(one.Item1)}\n{one.Item2}");

    private static void AssertSameStructure(GraphState before, GraphState after, int events)
    {
        Assert.Equal(before.Skipped, after.Skipped);
        for (EventId point = new(1); point.Value <= events; point = point.Next)
        {
            Assert.Equal(Structure(before.AsOf(point)), Structure(after.AsOf(point)));
            Assert.Equal(before.Events.TimeOf(point), after.Events.TimeOf(point));
            GraphView view = after.AsOf(point);
            Assert.All(view.Entities(), entity => Assert.Equal(entity, view.Find(view.NameOf(entity))));
        }
    }

    // Ids, who has what, and what links what; no text.
    private static string Structure(GraphView view)
    {
        var lines = new StringBuilder();
        foreach (Entity entity in view.Entities())
        {
            string observations = string.Join(' ', view.ObservationsOf(entity).Select(one => one.Id));
            string relations = string.Join(' ', view.OutgoingOf(entity).Select(one => $"{one.Id}>{view.OwnerOf(one.To).Id}"));
            lines.Append(CultureInfo.InvariantCulture, $"{entity.Id}: {observations} | {relations}\n");
        }

        return lines.ToString();
    }

    private static string Line(RecordedEvent recorded) => $"{recorded.Id} {recorded.Call} {recorded.Commit} {recorded.Author} {EventDescription.Summary(recorded.Event, 1000)}";

    // As another program finds it, every hash recomputed.
    private static List<RecordedEvent> Read(MemoryDisk disk)
    {
        using var reader = new EventLog(disk, Place, "tests", new ManualClock(), EventCatalogue.Current);
        reader.CatchUp();
        if (!disk.Paths.Contains(LogPath))
        {
            return [];
        }

        FullScan scan = FullScan.Of(disk, LogPath);
        Assert.Empty(scan.Damage);
        Assert.Empty(scan.Unerased);
        return scan.Events;
    }
}
