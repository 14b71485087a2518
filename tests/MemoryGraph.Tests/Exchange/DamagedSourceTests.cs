using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Exchange;
using MemoryGraph.Graph;
using MemoryGraph.Tests.Values;

namespace MemoryGraph.Tests.Exchange;

/// <summary>Memories that are written whole are read whole; damage costs the lines that it touches.</summary>
public sealed class DamagedSourceTests
{
    private static readonly Gen<string> Rust = Gen.Select(
        Gen.OneOfConst(
            "entity_created", "entity_updated", "entity_deleted", "observation_added", "observation_removed", "relation_created", "relation_deleted"),
        Gen.OneOfConst("Ada", "Eve", "Bob"), Gen.OneOfConst("Ada", "Eve", "Bob"), Gen.OneOfConst("x", "likes tea", "{\"eventType\":"),
        Gen.Int[1, 50],
        (type, one, other, text, id) => Plain(new JsonObject
        {
            ["eventType"] = type,
            ["eventId"] = id,
            ["ts"] = 1_768_000_000,
            ["user"] = "duyan",
            ["data"] = new JsonObject
            {
                ["name"] = one,
                ["entity"] = one,
                ["from"] = one,
                ["to"] = other,
                ["entity_type"] = text,
                ["relation_type"] = text,
                ["observation"] = text,
                ["observations"] = new JsonArray(text),
            },
        }));

    private static readonly Gen<byte[]> RustFile =
        Rust.Array[1, 20].Select(lines => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    private static readonly Gen<byte[]> ServerFile =
        AnyCommand.Sequence.Select(commands => Encoding.UTF8.GetBytes(string.Join('\n', Written(AnyCommand.Played(commands).Graph.Now))));

    [Fact]
    public void A_graph_that_the_reference_server_writes_is_read_as_the_same_graph() => AnyCommand.Sequence.Sample(
        commands =>
        {
            GraphView graph = AnyCommand.Played(commands).Graph.Now;

            SourceReading read = SourceReading.OfServerMemory([.. Written(graph)]);

            Assert.Empty(read.Told);
            Assert.Equal(string.Join('\n', Written(graph)), string.Join('\n', Written(read.State.Now)));
        },
        print: AnyCommand.Print,
        iter: 500);

    [Fact]
    public void Whatever_texts_a_file_holds_what_is_read_can_be_stored() => Gen.Select(AnyText.Generator, AnyText.Generator, AnyText.Generator).Sample(
        (name, type, text) =>
        {
            foreach (SourceEvent happened in SourceReading.OfServerMemory(Entity(name, type, text)).Calls.SelectMany(call => call.Events))
            {
                Assert.All(TextsOf(happened), one => Assert.Null(StoredText.FaultIn(one.Text, one.IsName)));
                Assert.All(TextsOf(happened).Where(one => one.IsName), one => Assert.Equal(StoredText.NameOf(one.Text), one.Text));
            }
        });

    [Fact]
    public void Damage_to_a_line_of_a_memory_loses_that_line_alone() => Gen.Select(
        AnyCommand.Sequence, Gen.Int[0, 1_000], Gen.Int[0, 1_000], Gen.Byte.Array[0, 5]).Sample(
        (commands, chosen, at, garbage) =>
        {
            string[] lines = [.. Written(AnyCommand.Played(commands).Graph.Now)];
            if (lines.Length == 0)
            {
                return;
            }

            int place = chosen % lines.Length;
            byte[] line = Encoding.UTF8.GetBytes(lines[place]);
            byte[] damaged = [.. line.AsSpan(0, at % line.Length), .. garbage.Where(one => one != '\n')];
            if (damaged.AsSpan().StartsWith(line))
            {
                // Strays behind a whole item do not touch it.
                return;
            }

            byte[] file = Joined([.. lines.Select((one, index) => index == place ? damaged : Encoding.UTF8.GetBytes(one))]);

            SourceReading read = SourceReading.OfServerMemory(file);

            Assert.All(read.Problems, problem => Assert.Equal(place + 1, problem.Line));
            Assert.Equal(
                lines.Where((_, index) => index != place).Order(StringComparer.Ordinal),
                Written(read.State.Now, onlySaid: true).Order(StringComparer.Ordinal));
        },
        iter: 500);

    [Fact]
    public void No_damage_at_all_breaks_the_reading_of_a_memory() =>
        ServerFile.SelectMany(Damage).Sample(file => Is_coherent(SourceReading.OfServerMemory(file)), iter: Rounds);

    [Fact]
    public void No_damage_at_all_breaks_the_reading_of_a_whole_object() =>
        ServerFile.Select(Whole).SelectMany(Damage).Sample(file => Is_coherent(SourceReading.OfServerMemory(file)), iter: Rounds);

    [Fact]
    public void No_damage_at_all_breaks_the_reading_of_an_event_log() =>
        RustFile.SelectMany(Damage).Sample(file => Is_coherent(SourceReading.OfRust(file)), iter: Rounds);

    [Fact]
    public void Taking_an_event_log_over_again_records_nothing_whatever_its_ids() => RustFile.Sample(
        file => Nothing_is_recorded_by_taking_it_over_again(new InMemoryGraph(), file), iter: 500);

    [Fact]
    public void Taking_an_event_log_over_again_into_a_memory_that_knew_some_of_it_records_nothing() =>
        Gen.Select(AnyCommand.Sequence, RustFile).Sample(
            (known, file) => Nothing_is_recorded_by_taking_it_over_again(AnyCommand.Played(known), Numbered(file)), iter: 500);

    [Fact]
    public void An_event_that_was_given_the_id_of_one_that_was_taken_over_is_taken_over_too()
    {
        const string Line = """{"eventType":"entity_created","eventId":1001,"ts":1768000000,"user":"duyan","data":{"name":"Ada","entity_type":"person"}}""";
        string reused = Line.Replace("1768000000", "1768000100", StringComparison.Ordinal).Replace("Ada", "Eve", StringComparison.Ordinal);
        var memory = new InMemoryGraph();
        var source = new RustMemoryGraphFile("/home/ada/data/events.jsonl");

        SourceReading.TakeOver(memory, source, Encoding.UTF8.GetBytes(Line));
        SourceReading.TakeOver(memory, source, Encoding.UTF8.GetBytes(Line + "\n" + reused));
        SourceReading.TakeOver(memory, source, Encoding.UTF8.GetBytes(Line + "\n" + reused));

        Assert.Equal("Ada [person]\nEve [person]", GraphDump.Brief(memory.Graph.Now));
        Assert.Equal(2, memory.Recorded.Count);
    }

    // More with READER_ROUNDS in the environment.
    private static long Rounds => long.TryParse(Environment.GetEnvironmentVariable("READER_ROUNDS"), out long rounds) ? rounds : 300;

    private static void Is_coherent(SourceReading read)
    {
        EventId[] ids = [.. read.Calls.SelectMany(call => call.Events).Select(one => one.Id)];
        Assert.Equal(ids.Distinct().Order(), ids);
        Assert.All(read.Calls, call => Assert.NotEmpty(call.Events));
        Assert.All(read.Calls.SelectMany(call => call.Events).SelectMany(TextsOf), one => Assert.Null(StoredText.FaultIn(one.Text, one.IsName)));
        Assert.Equal(read.Problems.Select(problem => problem.Line).Order(), read.Problems.Select(problem => problem.Line));
        Assert.All(read.Told, told => Assert.Null(StoredText.FaultIn(told.Replace("\uFFFD", "", StringComparison.Ordinal), oneLine: true)));
    }

    private static void Nothing_is_recorded_by_taking_it_over_again(InMemoryGraph memory, byte[] file)
    {
        var source = new RustMemoryGraphFile("/home/ada/data/events.jsonl");
        SourceReading.TakeOver(memory, source, file);
        int recorded = memory.Recorded.Count;

        SourceReading.TakeOver(memory, source, file);

        Assert.Equal(recorded, memory.Recorded.Count);
        Assert.Equal(0, memory.Graph.Skipped);
    }

    // The same lines with ids as a program of one process gives them.
    private static byte[] Numbered(byte[] file)
    {
        string[] lines = Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Encoding.UTF8.GetBytes(string.Join('\n', lines.Select((line, place) =>
        {
            JsonObject item = JsonNode.Parse(line)!.AsObject();
            item["eventId"] = place + 1;
            return Plain(item);
        })));
    }

    private static IEnumerable<(string Text, bool IsName)> TextsOf(SourceEvent happened) => happened.Event switch
    {
        EntityCreated e => [(e.Name, true), (e.EntityType, true)],
        EntityUpdated e => new[] { e.Name, e.EntityType }.OfType<string>().Select(text => (text, true)),
        ObservationAdded e => [(e.Text, false)],
        RelationCreated e => [(e.RelationType, true)],
        _ => [],
    };

    // Cuts, flips, repeats and strays, several of them.
    private static Gen<byte[]> Damage(byte[] file) => Gen.Select(Gen.Int[0, 4], Gen.Int[0, 100_000], Gen.Int[0, 100_000], Gen.Byte).Array[1, 4].Select(
        strokes => strokes.Aggregate(file, (now, stroke) => Struck(now, stroke.Item1, stroke.Item2, stroke.Item3, stroke.Item4)));

    private static byte[] Struck(byte[] file, int kind, int one, int other, byte stray)
    {
        int from = file.Length == 0 ? 0 : one % file.Length;
        int to = Math.Min(file.Length, from + (other % 40));
        return kind switch
        {
            0 => file[..from],
            1 => [.. file[..from], .. file[to..]],
            2 => [.. file[..from], stray, .. file[to..]],
            3 => [.. file[..to], .. file[from..]],
            _ => [.. file[..from], .. "\"\\{}[],:\n\r\0"u8[(other % 11)..][..1], .. file[from..]],
        };
    }

    private static byte[] Whole(byte[] lines)
    {
        JsonNode[] items = [.. Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        return Encoding.UTF8.GetBytes(Plain(
            new JsonObject
            {
                ["entities"] = new JsonArray([.. items.Where(item => item["name"] is not null)]),
                ["relations"] = new JsonArray([.. items.Where(item => item["from"] is not null)]),
            },
            indented: true));
    }

    // As the reference server writes a graph: all entities, then all relations, no newline at the end.
    private static IEnumerable<string> Written(GraphView graph, bool onlySaid = false)
    {
        foreach (Entity entity in graph.Entities().Where(one => !onlySaid || !graph.NamingOf(one).Implied))
        {
            (string name, string entityType) = graph.NamingOf(entity);
            yield return Entity(name, entityType, [.. graph.ObservationsOf(entity).Select(one => one.Text)]);
        }

        foreach (Relation one in graph.Relations().OrderBy(one => one.Id))
        {
            yield return Plain(new JsonObject
            {
                ["type"] = "relation",
                ["from"] = graph.NameOf(graph.OwnerOf(one.From)),
                ["to"] = graph.NameOf(graph.OwnerOf(one.To)),
                ["relationType"] = one.RelationType,
            });
        }
    }

    private static string Entity(string name, string entityType, params string[] observations) => Plain(new JsonObject
    {
        ["type"] = "entity",
        ["name"] = name,
        ["entityType"] = entityType,
        ["observations"] = new JsonArray([.. observations.Select(one => (JsonNode)one)]),
    });

    private static string Plain(JsonObject item, bool indented = false)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = indented }))
        {
            item.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static byte[] Joined(byte[][] lines) => [.. lines.SelectMany((line, index) => index == 0 ? line : [(byte)'\n', .. line])];
}
