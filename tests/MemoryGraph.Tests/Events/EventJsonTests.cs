using System.Text;
using System.Text.Json;
using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Tests.Events;

public sealed class EventJsonTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(1, EventJson.SaltBytes).Select(i => (byte)i)];
    private static readonly EventHash Previous = Sha256.Of("before"u8);
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    [Fact]
    public void Any_event_is_read_as_it_was_written_and_its_line_verifies() => AnyRecordedEvent.Generator.Sample(recorded =>
    {
        byte[] line = LineOf(recorded, out EventHash hash);
        EventLine read = EventJson.Read(line, new EventLineReader(EventCatalogue.Current));
        Assert.Equal(EventText.Of(recorded), EventText.Of(read.Recorded));
        Assert.Equal(hash, read.Hash);
        Assert.True(EventJson.HasGoodCrc(line));
        Assert.True(EventJson.IsChained(line, Previous));
        Assert.True(EventJson.IsAsRecorded(line));
        Assert.Equal(recorded.Commit, EventJson.CommitOf(line));
    });

    [Fact]
    public void Any_line_is_valid_json_in_one_line_of_valid_utf8() => AnyRecordedEvent.Generator.Sample(recorded =>
    {
        byte[] line = LineOf(recorded, out _);
        Assert.DoesNotContain(line, b => b < 0x20);
        Strict.GetString(line);
        using JsonDocument parsed = JsonDocument.Parse(line);
        Assert.Equal(recorded.Author.User, parsed.RootElement.GetProperty("user").GetString());
        Assert.Equal(recorded.Author.Agent, parsed.RootElement.GetProperty("agent").GetString());
    });

    [Fact]
    public void Any_line_can_be_erased_at_equal_length_and_keeps_its_place_in_the_chain() => AnyRecordedEvent.Generator.Sample(recorded =>
    {
        byte[] line = LineOf(recorded, out EventHash hash);
        byte[] erased = [.. line];
        int start = EventJson.Erase(erased, new EventId(long.MaxValue));
        Assert.Equal(line[..start], erased[..start]);
        Assert.Equal(LineForge.Redact(Encoding.UTF8.GetString(line), long.MaxValue), Encoding.UTF8.GetString(erased));
        Assert.True(EventJson.HasGoodCrc(erased));
        Assert.True(EventJson.IsChained(erased, Previous));
        Assert.Equal(
            EventText.Of(new EventLineReader(EventCatalogue.Current).Erased(recorded, new EventId(long.MaxValue))),
            EventText.Of(EventJson.Read(erased, new EventLineReader(EventCatalogue.Current)).Recorded));
        Assert.Equal(hash, EventJson.HashOf(erased));
    });

    [Fact]
    public void No_byte_of_a_line_can_change_unseen_even_with_its_checksum_made_right()
    {
        byte[] line = LineOf(GoldenLog.EveryEvent.Records[0], out _);
        for (int changed = 0; changed < line.Length; changed++)
        {
            line[changed] ^= 1;
            Assert.False(EventJson.HasGoodCrc(line));
            bool covered = changed < line.Length - LineForge.CrcPartBytes;
            Assert.False(
                covered && EventJson.IsChained(line, Previous) && EventJson.IsAsRecorded(line),
                $"byte {changed} of {Encoding.UTF8.GetString(line)}");
            line[changed] ^= 1;
        }

        Assert.True(EventJson.IsChained(line, Previous) && EventJson.IsAsRecorded(line));
        Assert.False(EventJson.IsChained(line, Sha256.Of("another"u8)));
    }

    [Theory]
    [InlineData("đăng nhập 日本 🚀 </script> ' & \u007F \u2028", "đăng nhập 日本 🚀 </script> ' & \u007F \u2028")]
    [InlineData("a\"b\\c", "a\\\"b\\\\c")]
    [InlineData("\n\r\t\0\u0001\u001F\b", "\\n\\r\\t\\u0000\\u0001\\u001f\\u0008")]
    public void Only_what_must_be_is_escaped(string text, string stored) =>
        Assert.Equal($"\"{stored}\"", Encoding.UTF8.GetString(new Utf8Buffer(1).Quoted(text).Written));

    [Fact]
    public void What_a_person_typed_stands_behind_the_head_only() => AnyRecordedEvent.Generator.Sample(recorded =>
    {
        string line = Encoding.UTF8.GetString(LineOf(recorded, out _));
        string head = line[..line.IndexOf(",\"hash\":\"", StringComparison.Ordinal)];
        Assert.Matches("""^\{"event_id":\d+,"event_type":"[a-z_]+",("[a-z_]+":(-?\d+|\[[\d,]*\]),)+"data_hash":"[\w-]{43}"$""", head);
    });

    private static byte[] LineOf(RecordedEvent recorded, out EventHash hash)
    {
        var buffer = new Utf8Buffer(16);
        hash = EventJson.Write(buffer, recorded, EventCatalogue.Current, Previous, Salt);
        Assert.Equal((byte)'\n', buffer.Written[^1]);
        return buffer.Written[..^1].ToArray();
    }
}
