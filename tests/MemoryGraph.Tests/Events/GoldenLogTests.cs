using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Log;
using MemoryGraph.Tests.Log;

namespace MemoryGraph.Tests.Events;

public sealed class GoldenLogTests
{
    public static TheoryData<string> Names => [.. GoldenLog.All.Select(log => log.Name)];

    [Fact]
    public void Every_stored_log_is_held_to_its_released_bytes()
    {
        string[] stored =
        [
            .. Directory.GetFiles(GoldenLog.Folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(GoldenLog.Folder, path).Replace(Path.DirectorySeparatorChar, '/'))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(stored, GoldenLog.All.Select(log => log.Name).Order(StringComparer.Ordinal));
        Assert.All(GoldenLog.All, log => Assert.Equal(
            (log.Name, log.Sha256), (log.Name, Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(log.Path))))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stored_log_is_written_today_as_it_was_when_released(string name)
    {
        GoldenLog log = Named(name);
        string[] stored = File.ReadAllLines(log.Path);
        string[] written = Encoding.UTF8.GetString(log.Write()).Split('\n');
        Assert.All(stored.Zip(written), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Equal(File.ReadAllBytes(log.Path), log.Write());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stored_log_is_read_as_what_was_recorded(string name)
    {
        using var store = new TempStore();
        Directory.CreateDirectory(store.Place.Directory);
        store.LogBytes = File.ReadAllBytes(Named(name).Path);
        IReadOnlyList<RecordedEvent> read = store.ReadHealthy();
        Assert.Equal(Named(name).Records.Select(EventText.Of), read.Select(EventText.Of));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stored_log_stands_up_to_a_check_of_every_hash(string name)
    {
        FullScan scan = FullScan.Of(Named(name).Path);
        Assert.Empty(scan.Damage);
        Assert.Equal((Named(name).Records.Count, TailState.Clean), (scan.Events.Count, scan.Tail));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stored_log_adds_up_to_a_graph_with_nothing_left_over(string name)
    {
        var graph = new GraphState();
        foreach (RecordedEvent recorded in Named(name).Records)
        {
            graph.Evolve(recorded);
        }

        Assert.Equal(0, graph.Skipped);
    }

    [TheoryWithPython]
    [MemberData(nameof(Names))]
    public void A_stored_log_is_valid_for_the_script_too(string name)
    {
        VerifierAnswer answer = Verifier.Verify(Named(name).Path);
        Assert.StartsWith($"ok: {Named(name).Records.Count} events, last hash ", answer.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_type_of_event_is_in_the_catalogue()
    {
        Type[] declared = [.. typeof(MemoryEvent).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(MemoryEvent)) && !type.IsAbstract && type != typeof(UnknownEvent))];
        Assert.Equal(TypeNames(declared), TypeNames(EventCatalogue.Current.Shapes.Select(shape => shape.EventType)));
        Assert.Distinct(EventCatalogue.Current.Shapes.Select(shape => shape.Name));
    }

    [Fact]
    public void Every_version_of_every_type_of_event_and_every_key_of_a_line_is_in_a_stored_log()
    {
        string stored = string.Concat(GoldenLog.All.Select(log => File.ReadAllText(log.Path)));
        string[] missing =
        [
            .. from shape in EventCatalogue.Current.Shapes
               from version in Enumerable.Range(1, shape.Version)
               where !Regex.IsMatch(stored, $"\"event_type\":\"{shape.Name}\",[^{{}}]*\"v\":{version},")
               select $"{shape.Name} in version {version}",
            .. from key in new[] { "undoes", "ignorable", "reason", "origin", "redacted_by" }
               where !stored.Contains($",\"{key}\":", StringComparison.Ordinal)
               select key,
        ];
        Assert.Empty(missing);
    }

    private static GoldenLog Named(string name) => GoldenLog.All.Single(log => log.Name == name);

    private static IEnumerable<string> TypeNames(IEnumerable<Type> types) =>
        types.Select(type => type.Name).Order(StringComparer.Ordinal);
}
