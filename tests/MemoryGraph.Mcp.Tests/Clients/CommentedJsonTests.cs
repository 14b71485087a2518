using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using MemoryGraph.Mcp.Install;

namespace MemoryGraph.Mcp.Tests.Clients;

public sealed class CommentedJsonTests
{
    private const int Iterations = 2_000;

    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private static readonly JsonObject Entry = new() { ["command"] = "memory-graph", ["args"] = new JsonArray("--project", "x") };

    [Fact]
    public void What_is_put_in_and_taken_out_again_leaves_every_byte_as_it_was() => AnyCommentedJson.Generator.Sample(
        text =>
        {
            bool hasServers = Open(text).ValueAt(AnyCommentedJson.Servers) is not null;
            byte[] with = Open(text).With(Entry, AnyCommentedJson.Servers, AnyCommentedJson.Ours);
            byte[] without = hasServers
                ? Open(with).Without(AnyCommentedJson.Servers, AnyCommentedJson.Ours)
                : Open(with).Without(AnyCommentedJson.Servers);
            return without.AsSpan().SequenceEqual(text);
        },
        iter: Iterations,
        print: Encoding.UTF8.GetString);

    [Fact]
    public void A_parser_finds_what_was_put_in_and_all_that_was_there() => AnyCommentedJson.Generator.Sample(
        text =>
        {
            JsonObject expected = Parse(text);
            expected[AnyCommentedJson.Servers] ??= new JsonObject();
            expected[AnyCommentedJson.Servers]![AnyCommentedJson.Ours] = Entry.DeepClone();
            return JsonNode.DeepEquals(expected, Parse(Open(text).With(Entry, AnyCommentedJson.Servers, AnyCommentedJson.Ours)));
        },
        iter: Iterations,
        print: Encoding.UTF8.GetString);

    [Fact]
    public void Taking_any_member_away_leaves_the_others_and_every_comment_but_its_own() => AnyCommentedJson.Generator.Sample(
        text =>
        {
            foreach (string name in Parse(text).Select(member => member.Key))
            {
                JsonObject expected = Parse(text);
                expected.Remove(name);
                Assert.True(JsonNode.DeepEquals(expected, Parse(Open(text).Without(name))), $"without \"{name}\"");
            }
        },
        iter: Iterations,
        print: Encoding.UTF8.GetString);

    [Fact]
    public void Another_value_takes_only_the_place_of_the_old_one() => AnyCommentedJson.Generator.Sample(
        text =>
        {
            byte[] old = Open(text).With(Entry, AnyCommentedJson.Servers, AnyCommentedJson.Ours);
            byte[] replaced = Open(old).With("short", AnyCommentedJson.Servers, AnyCommentedJson.Ours);
            return Open(replaced).With(Entry, AnyCommentedJson.Servers, AnyCommentedJson.Ours).AsSpan().SequenceEqual(old);
        },
        iter: Iterations,
        print: Encoding.UTF8.GetString);

    private static CommentedJson Open(byte[] text) => new("test.json", text);

    private static JsonObject Parse(byte[] text) =>
        JsonNode.Parse(Encoding.UTF8.GetString(text).TrimStart('\uFEFF'), documentOptions: Lenient)!.AsObject();
}
