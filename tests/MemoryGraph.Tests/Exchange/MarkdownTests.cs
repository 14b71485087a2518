using MemoryGraph.Domain;
using MemoryGraph.Exchange;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Exchange;

/// <summary>Notes as a reader gets them. That no stored text passes for structure, a Markdown parser tells end to end.</summary>
public sealed class MarkdownTests
{
    [Fact]
    public void An_entity_s_section_tells_what_is_said_by_whom_and_when_and_links_to_its_neighbours()
    {
        var memory = new InMemoryGraph();
        memory.Do(new Remember(
            [Create("Checkout", "service", "Owned by Linh.", "Steps:\n  1. cart\n\n2. pay"), Create("Đăng nhập", "page")],
            [new CreateRelation("Checkout", "depends_on", "Đăng nhập", "2026-01-01"), new CreateRelation("Checkout", "calls", "Checkout")]));
        memory.Author = new Author("linh", "");
        memory.Do(new CreateRelation("Đăng nhập", "opens", "Checkout"));

        Assert.Equal(
            """
            # What is known

            As of #7, 2026-01-01 00:00Z.

            ## Checkout

            service *(2026-01-01 by duyan via cursor/1.7, #1)*

            - Owned by Linh. *(2026-01-01 by duyan via cursor/1.7, #2)*
            - Steps:\
              &nbsp;&nbsp;1\. cart

              2\. pay *(2026-01-01 by duyan via cursor/1.7, #3)*
            - → **depends_on** [Đăng nhập](#đăng-nhập), since 2026-01-01 *(2026-01-01 by duyan via cursor/1.7, #5)*
            - → **calls** [Checkout](#checkout) *(2026-01-01 by duyan via cursor/1.7, #6)*
            - ← **opens** [Đăng nhập](#đăng-nhập) *(2026-01-01 by linh, #7)*

            ## Đăng nhập

            page *(2026-01-01 by duyan via cursor/1.7, #4)*

            - ← **depends_on** [Checkout](#checkout), since 2026-01-01 *(2026-01-01 by duyan via cursor/1.7, #5)*
            - → **opens** [Checkout](#checkout) *(2026-01-01 by linh, #7)*

            """,
            Exported.In(memory, "markdown"));
    }

    [Fact]
    public void Around_an_entity_its_neighbours_have_a_section_to_link_to_and_nothing_in_it()
    {
        var memory = new InMemoryGraph();
        memory.Do(new Remember([Create("Ada", "person", "likes tea"), Create("Tea", "drink", "is hot")], [new CreateRelation("Ada", "likes", "Tea")]));

        Assert.Equal(
            """
            # What is known

            As of #5, 2026-01-01 00:00Z.

            ## Ada

            person, not written out here *(2026-01-01 by duyan via cursor/1.7, #1)*

            ## Tea

            drink *(2026-01-01 by duyan via cursor/1.7, #3)*

            - is hot *(2026-01-01 by duyan via cursor/1.7, #4)*
            - ← **likes** [Ada](#ada) *(2026-01-01 by duyan via cursor/1.7, #5)*

            """,
            Exported.In(memory, "markdown", new ExportQuery(AsOf.Now, "Tea")));
    }

    [Fact]
    public void Many_sections_have_a_table_of_contents_and_headings_of_one_name_are_told_apart()
    {
        var memory = new InMemoryGraph();
        foreach (string name in new[] { "Contents", "What is known", "a b", "A b", "a-b", "!!!" })
        {
            memory.Do(Create(name, "x"));
        }

        Assert.Contains(
            """

            ## Contents

            - [Contents](#contents-1), x
            - [What is known](#what-is-known-1), x
            - [a b](#a-b), x
            - [A b](#a-b-1), x
            - [a-b](#a-b-2), x
            - !!!, x

            ## Contents

            """,
            Exported.In(memory, "markdown"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fails for names with an apostrophe's mark (see #42): 3.5 of 10, i.e. \"many\"; why?", "Fails for names with an apostrophe's mark (see #42): 3.5 of 10, i.e. \"many\"; why?")]
    [InlineData("snake_case and _this_", "snake_case and \\_this\\_")]
    [InlineData("https://a.b/c_d www.x.y a@b.c", "https\\://a.b/c_d www\\.x.y a@b.c")]
    [InlineData("12. x", "12\\. x")]
    [InlineData("1) x", "1\\) x")]
    [InlineData("- x - y", "\\- x - y")]
    [InlineData("===", "\\===")]
    [InlineData("> 1 < 2 > 0 & R&D", "\\> 1 < 2 > 0 & R\\&D")]
    [InlineData("# a #b # c ##", "\\# a #b \\# c \\#\\#")]
    [InlineData("[a](b) <i> &lt; `c` **d** | ~~e~~ $f$", "\\[a\\](b) \\<i> \\&lt; \\`c\\` \\*\\*d\\*\\* \\| \\~\\~e\\~\\~ \\$f\\$")]
    [InlineData("end\\", "end\\\\")]
    public void Text_that_means_something_is_escaped_and_prose_stays_readable(string text, string expected)
    {
        var memory = new InMemoryGraph();
        memory.Do(Create("Ada", "person", text));

        Assert.Contains($"\n- {expected} *(2026", Exported.In(memory, "markdown"), StringComparison.Ordinal);
    }
}
