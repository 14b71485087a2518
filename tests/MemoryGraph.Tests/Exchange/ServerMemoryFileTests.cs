using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using static MemoryGraph.Tests.Exchange.SourceReading;

namespace MemoryGraph.Tests.Exchange;

/// <summary>What is read of the reference server's memory, also of one that no reference server would write.</summary>
public sealed class ServerMemoryFileTests
{
    private const string Ada = """{"type":"entity","name":"Ada","entityType":"person","observations":["likes tea"]}""";
    private const string Eve = """{"type":"entity","name":"Eve","entityType":"person","observations":[]}""";
    private const string AdaKnowsEve = """{"type":"relation","from":"Ada","to":"Eve","relationType":"knows"}""";

    private const string Both = """
        Ada [person]
          likes tea
          -knows-> Eve
        Eve [person]
        """;

    private const string OfFixture = """
        Ada [person]
          wrote the first program
          likes tea
          -describes-> Analytical Engine
        Đăng nhập [module]
          hỏng trên Safari 🧭
        Analytical Engine [machine]
          -was described by-> Ada
        """;

    [Theory]
    [InlineData("server-memory.jsonl")]
    [InlineData("memory.json")]
    public void A_memory_is_read_whole(string fixture)
    {
        SourceReading read = OfServerMemory(Fixture(fixture));

        Assert.Empty(read.Told);
        Assert.Equal(OfFixture, read.Graph);
    }

    [Fact]
    public void An_item_is_a_call_that_says_where_it_stood_and_when_the_file_was_written()
    {
        SourceReading read = OfServerMemory(Ada, Eve, AdaKnowsEve);

        Assert.Equal([2, 1, 1], read.Calls.Select(call => call.Events.Count));
        Assert.Equal(
            new Origin("server-memory:/home/ada/memory.jsonl", new EventId(3), null, "", LastWrite), read.Calls[2].Events[0].Origin);
    }

    [Fact]
    public void Ids_ascend_over_the_whole_file()
    {
        EventId[] ids = [.. OfServerMemory(Ada, AdaKnowsEve, Ada, Eve).Calls.SelectMany(call => call.Events).Select(one => one.Id)];

        Assert.Equal(ids.Distinct().Order(), ids);
    }

    [Theory]
    [InlineData("\uFEFF" + Ada + "\n" + Eve + "\n" + AdaKnowsEve)]
    [InlineData(Ada + "\r\n" + Eve + "\r\n" + AdaKnowsEve + "\r\n")]
    [InlineData("\n\n" + Ada + "\n \t\n" + Eve + "\n\n" + AdaKnowsEve + "\n\n\n")]
    [InlineData(" " + Ada + " \n\t" + Eve + "\n" + AdaKnowsEve)]
    [InlineData(Ada + Eve + "\n" + AdaKnowsEve)]
    [InlineData("{\"entities\":[],\"relations\":[]}")]
    [InlineData("{\n}")]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void Marks_ends_of_lines_and_white_space_are_no_problem(string file)
    {
        SourceReading read = OfServerMemory(file);

        Assert.Equal(file.Contains("Ada", StringComparison.Ordinal) ? Both : "", read.Graph);
        Assert.Empty(read.Told);
    }

    [Fact]
    public void Other_members_and_another_order_of_members_are_no_problem() => Nothing_is_wrong_with(
        """{"observations":["likes tea"],"createdAt":{"by":["x",{}],"at":1e400},"entityType":"person","name":"Ada","type":"entity"}""",
        """{"entityType":"person","name":"Eve","type":"entity","version":null}""",
        """{"relationType":"knows","to":"Eve","strength":0.5,"from":"Ada","type":"relation"}""");

    [Fact]
    public void An_item_without_type_is_known_by_its_members() => Nothing_is_wrong_with(
        """{"name":"Ada","entityType":"person","observations":["likes tea"],"createdBy":"duyan"}""",
        """{"name":"Eve","entityType":"person","observations":[]}""",
        """{"from":"Ada","to":"Eve","relationType":"knows"}""");

    [Fact]
    public void A_member_that_stands_there_twice_counts_as_it_stands_last() => Nothing_is_wrong_with(
        """{"type":"entity","name":"Eva","name":"Ada","entityType":"person","observations":["x"],"observations":["likes tea"]}""",
        Eve,
        """{"type":"relation","from":"Ada","to":"Ada","to":"Eve","relationType":"knows"}""");

    [Fact]
    public void A_relation_may_stand_before_its_ends() => Nothing_is_wrong_with(AdaKnowsEve, Ada, Eve);

    [Fact]
    public void Relations_keep_their_order_when_one_has_to_wait() => Assert.Equal(
        """
        Ada [person]
          likes tea
          -knows-> Bob
          -knows-> Eve
        Eve [person]
        Bob [unknown]
        """,
        OfServerMemory(Ada, Eve, """{"type":"relation","from":"Ada","to":"Bob","relationType":"knows"}""", AdaKnowsEve).Graph);

    [Fact]
    public void An_end_that_nobody_names_is_implied()
    {
        SourceReading read = OfServerMemory(AdaKnowsEve, Ada);

        Assert.Empty(read.Told);
        Assert.True(read.State.Now.NamingOf(read.State.Now.Find("Eve")!.Value).Implied);
        Assert.False(read.State.Now.NamingOf(read.State.Now.Find("Ada")!.Value).Implied);
    }

    [Fact]
    public void An_entity_that_stands_there_twice_is_one_with_what_both_say()
    {
        SourceReading read = OfServerMemory(
            Ada, """{"type":"entity","name":" Ada ","entityType":"Person","observations":["likes tea","likes cake"]}""");

        Assert.Equal("Ada [person]\n  likes tea\n  likes cake", read.Graph);
        Assert.Equal(["line 2: is \"Ada\" again, now of the type \"Person\": the type \"person\" stays"], read.Told);
    }

    [Fact]
    public void A_repeated_relation_is_one() => Nothing_is_wrong_with(Ada, Eve, AdaKnowsEve, AdaKnowsEve);

    [Fact]
    public void A_torn_last_line_is_told_and_the_rest_is_read()
    {
        SourceReading read = OfServerMemory(Ada, Eve, AdaKnowsEve, Ada[..40]);

        Assert.Equal(Both, read.Graph);
        Assert.Equal(["line 4: is no JSON: it ends in the middle"], read.Told);
    }

    [Fact]
    public void A_whole_item_behind_half_of_one_is_read()
    {
        SourceReading read = OfServerMemory(Ada, Ada[..40] + Eve, AdaKnowsEve);

        Assert.Equal(Both, read.Graph);
        Assert.Equal(["line 2: is no JSON from byte 43 on"], read.Told);
    }

    [Theory]
    [InlineData("""{"type":"folder","name":"x"}""", "is of the type \"folder\", not entity or relation: not taken")]
    [InlineData("""{"type":7,"name":"x"}""", "\"type\" is no text: not taken")]
    [InlineData("{}", "is neither an entity nor a relation: not taken")]
    [InlineData("[1]", "is no JSON object")]
    [InlineData("hello", "is no JSON from byte 1 on")]
    [InlineData("\0\0\0\0", "is no JSON from byte 1 on")]
    [InlineData("""{"type":"entity","entityType":"x"}""", "\"name\" is missing: not taken")]
    [InlineData("""{"type":"entity","name":null,"entityType":"x"}""", "\"name\" is missing: not taken")]
    [InlineData("""{"type":"entity","name":["x"],"entityType":"x"}""", "\"name\" is no text: not taken")]
    [InlineData("""{"type":"entity","name":"a\nb","entityType":"x"}""", "\"name\" contains the control character U+000A at character 2: not taken")]
    [InlineData("""{"type":"entity","name":"a\ud800","entityType":"x"}""", "\"name\" holds half a letter, or bytes that are no UTF-8: not taken")]
    [InlineData("""{"type":"relation","from":"Ada","relationType":"x"}""", "\"to\" is missing: not taken")]
    [InlineData("""{"type":"relation","from":"Ada","to":"Eve"}""", "\"relationType\" is missing: not taken")]
    public void A_line_that_cannot_be_taken_is_told_and_the_others_are_read(string line, string what)
    {
        SourceReading read = OfServerMemory(Ada, Eve, line, AdaKnowsEve);

        Assert.Equal(Both, read.Graph);
        Assert.Equal([$"line 3: {what}"], read.Told);
    }

    [Theory]
    [InlineData("""["likes tea","a\u0000b"]""", "observation 2 contains the control character U+0000 at character 2: left out")]
    [InlineData("""["a\udc00","likes tea"]""", "observation 1 holds half a letter, or bytes that are no UTF-8: left out")]
    [InlineData("""["likes tea",7]""", "observation 2 is no text: left out")]
    [InlineData("""["likes tea",null]""", "observation 2 is missing: left out")]
    [InlineData("""["likes tea","a\ufffdb"]""", "observation 2 contains U+FFFD (a character that was lost in decoding) at character 2: left out")]
    public void An_observation_that_cannot_be_taken_is_told_and_the_others_are_read(string observations, string what)
    {
        SourceReading read = OfServerMemory($$"""{"type":"entity","name":"Ada","entityType":"person","observations":{{observations}}}""");

        Assert.Equal("Ada [person]\n  likes tea", read.Graph);
        Assert.Equal([$"line 1: {what}"], read.Told);
    }

    [Fact]
    public void Observations_that_are_no_list_are_told_and_the_entity_is_read()
    {
        SourceReading read = OfServerMemory("""{"type":"entity","name":"Ada","entityType":"person","observations":"likes tea"}""");

        Assert.Equal("Ada [person]", read.Graph);
        Assert.Equal(["line 1: \"observations\" is no list: left out"], read.Told);
    }

    [Fact]
    public void An_entity_whose_type_cannot_be_taken_is_of_an_unknown_type()
    {
        SourceReading read = OfServerMemory("""{"type":"entity","name":"Ada","entityType":7,"observations":["likes tea"]}""");

        Assert.Equal("Ada [unknown]\n  likes tea", read.Graph);
        Assert.Equal(["line 1: \"entityType\" is no text: taken with the type unknown"], read.Told);
    }

    [Fact]
    public void Empty_names_types_and_texts_are_taken_as_they_are()
    {
        SourceReading read = OfServerMemory(
            """{"type":"entity","name":"","entityType":"","observations":[""," "]}""",
            """{"type":"relation","from":"","to":"","relationType":""}""");

        Assert.Equal(
            [new EntityCreated("", ""), new ObservationAdded(new(1), "", ""), new ObservationAdded(new(1), "", " ")],
            read.Calls[0].Events.Select(one => one.Event));
        Assert.Equal(
            [new RelationCreated(new(1), new(1), "", "", "", Validity.Unsaid)], read.Calls[1].Events.Select(one => one.Event));
        Assert.Empty(read.Told);
    }

    [Fact]
    public void Bytes_that_are_no_text_cost_only_the_text_they_stand_in()
    {
        byte[] file = Encoding.UTF8.GetBytes(Ada.Replace("[\"likes tea\"]", "[\"likes tea\",\"caf?\"]", StringComparison.Ordinal));
        file[Array.LastIndexOf(file, (byte)'?')] = 0xE9;

        SourceReading read = OfServerMemory(file);

        Assert.Equal("Ada [person]\n  likes tea", read.Graph);
        Assert.Equal(["line 1: observation 2 holds half a letter, or bytes that are no UTF-8: left out"], read.Told);
    }

    [Fact]
    public void Line_ends_in_texts_become_plain_ones_which_is_told_once()
    {
        SourceReading read = OfServerMemory(
            """{"type":"entity","name":"Ada","entityType":"person","observations":["a\r\nb","c\rd"]}""",
            """{"type":"entity","name":"Eve","entityType":"person","observations":["e\nf","g\r\nh"]}""");

        Assert.Equal(["a\nb", "c\nd", "e\nf", "g\nh"], read.Calls.SelectMany(call => call.Events).Select(one => one.Event)
            .OfType<ObservationAdded>().Select(one => one.Text));
        Assert.Equal(
            ["line 1: holds line ends of Windows or old Macs, which are kept as plain ones, here and further on"], read.Told);
    }

    [Fact]
    public void Names_are_composed_so_that_relations_find_them() => Assert.Equal(
        "Đăng nhập [module]\n  -uses-> Đăng nhập",
        OfServerMemory(
            """{"type":"entity","name":"Đa\u0306ng nha\u0323\u0302p","entityType":"module","observations":[]}""",
            """{"type":"relation","from":" Đăng nhập","to":"Đa\u0306ng nhập ","relationType":"uses"}""").Graph);

    [Fact]
    public void One_object_may_stand_on_one_line_and_hold_other_members()
    {
        SourceReading read = OfServerMemory($$"""
            {"entities":[{{Ada}},{{Eve}}],"version":1,"meta":{"a":[{"b":[]}]},"relations":[{{AdaKnowsEve}}]}
            """);

        Assert.Equal(Both, read.Graph);
        Assert.Empty(read.Told);
    }

    [Fact]
    public void In_an_object_over_many_lines_a_problem_is_told_at_the_line_where_its_item_begins()
    {
        SourceReading read = OfServerMemory(
            "{", "  \"version\": 12", "  ,\"entities\": [", "    {", "      \"name\": \"Ada\",", "      \"entityType\": \"person\"",
            "    },", "    {", "      \"name\": 7,", "      \"entityType\": \"person\"", "    }", "  ],", "  \"relations\": []", "}");

        Assert.Equal("Ada [person]", read.Graph);
        Assert.Equal(["line 8: \"name\" is no text: not taken"], read.Told);
    }

    [Fact]
    public void An_object_that_ends_in_the_middle_is_read_up_to_there()
    {
        SourceReading read = OfServerMemory("{", "\"entities\": [", Ada + ",", Eve[..30]);

        Assert.Equal("Ada [person]\n  likes tea", read.Graph);
        Assert.Equal(["line 4: is no JSON: it ends in the middle"], read.Told);
    }

    [Fact]
    public void An_object_that_is_broken_is_read_up_to_there()
    {
        SourceReading read = OfServerMemory("{", "\"entities\": [", Ada + ",", "{\"type\": \"entity", "  \"name\": \"Eve\"}]}");

        Assert.Equal("Ada [person]\n  likes tea", read.Graph);
        Assert.Equal(["line 4: is no JSON: it ends in the middle: what follows is not taken"], read.Told);
    }

    [Fact]
    public void A_first_line_that_only_looks_like_the_beginning_of_one_object_costs_only_itself()
    {
        SourceReading read = OfServerMemory("{", Ada, Eve, AdaKnowsEve);

        Assert.Equal(Both, read.Graph);
        Assert.Equal(["line 1: is no JSON: it ends in the middle"], read.Told);
    }

    [Fact]
    public void A_type_that_is_told_cannot_fake_a_line()
    {
        string told = Assert.Single(OfServerMemory($$"""{"type":"{{new string('x', 500)}}\"y"}""").Told);

        Assert.DoesNotContain('\n', told);
        Assert.True(told.Length < 200, told);
    }

    private static void Nothing_is_wrong_with(params string[] lines)
    {
        SourceReading read = OfServerMemory(lines);

        Assert.Equal(Both, read.Graph);
        Assert.Empty(read.Told);
    }
}
