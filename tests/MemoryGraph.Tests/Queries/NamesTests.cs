using MemoryGraph.Domain;
using MemoryGraph.Queries;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Queries;

public sealed class NamesTests
{
    private readonly InMemoryGraph _memory = new();

    public NamesTests() => _memory.Do(new Remember(
        [Create("Relogin page"), Create("old Login bug"), Create("Login"), Create("login-bug"), Create("Đăng nhập"), Create("Gone")], []));

    [Fact]
    public void Names_that_begin_so_come_first_then_words_that_do_then_the_rest() =>
        Assert.Equal(["Login", "login-bug", "old Login bug", "Relogin page"], Meant("LOGIN").Names);

    [Theory]
    [InlineData("dang")]
    [InlineData(" nhap ")]
    [InlineData("ĐĂNG N")]
    public void Case_and_diacritics_do_not_matter(string typed) => Assert.Equal(["Đăng nhập"], Meant(typed).Names);

    [Fact]
    public void Nothing_typed_means_all_names() => Assert.Equal(6, Meant("").Names.Count);

    [Fact]
    public void What_is_cut_off_is_counted()
    {
        NamesAnswer answer = Meant("login", most: 2);
        Assert.Equal(["Login", "login-bug"], answer.Names);
        Assert.Equal(4, answer.Count);
    }

    [Fact]
    public void Only_what_lives_is_meant_by_its_name_of_now()
    {
        _memory.Do(new DeleteEntity("Gone"));
        _memory.Do(new UpdateEntity("Login", "Sign-in", null));
        Assert.Empty(Meant("gone").Names);
        Assert.Equal(["Sign-in"], Meant("sign").Names);
        Assert.DoesNotContain("Login", Meant("login").Names);
    }

    private NamesAnswer Meant(string typed, int most = 100) => _memory.Ask(new NamesQuery(typed, most));
}
