using System.Text;
using MemoryGraph.Mcp.Install;

namespace MemoryGraph.Mcp.Tests.Clients;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_another_program_wrote_since_it_was_read_is_not_overwritten()
    {
        ConfigurationFile file = Open("a.json", "mine");
        File.WriteAllText(file.Path, "theirs");

        ConfigurationException refused = Assert.Throws<ConfigurationException>(() => file.Replace("new"u8.ToArray(), SetClock.Start));

        Wording.Match(refused.Message.Replace(_folder.Path, "(folder)", StringComparison.Ordinal));
        Assert.Equal([("a.json", "theirs")], Files());
    }

    [Fact]
    public void A_change_that_fails_takes_those_before_it_back()
    {
        ConfigurationFile first = Open("a.json", "a");
        ConfigurationFile made = ConfigurationFile.Open(_folder.Join("b.json"), isPrivate: true);
        ConfigurationFile failing = Open("c.json", "c");
        File.WriteAllText(failing.Path, "theirs");

        Assert.Throws<ConfigurationException>(() => FileChange.CarryOut(
            [Change(first), Change(made), Change(failing)], SetClock.Start));

        Assert.Equal([("a.json", "a"), ("c.json", "theirs")], Files());
    }

    [Fact]
    public void Copies_of_what_was_there_have_names_of_their_own_and_are_found_latest_first()
    {
        foreach (string text in new[] { "1", "2", "3" })
        {
            Open("a.json", text).Replace("new"u8.ToArray(), SetClock.Start);
        }

        Assert.Equal(["3", "2", "1"], Open("a.json", "new").Backups().Select(Encoding.UTF8.GetString));
        Assert.Equal(
            ["a.json", "a.json.backup-20260102T030405Z", "a.json.backup-20260102T030405Z-2", "a.json.backup-20260102T030405Z-3"],
            Files().Select(file => file.Name));
    }

    private static FileChange Change(ConfigurationFile file) =>
        new(file, Installed.Server, ChangeKind.Added, "new"u8.ToArray());

    private ConfigurationFile Open(string name, string text)
    {
        File.WriteAllText(_folder.Join(name), text);
        return ConfigurationFile.Open(_folder.Join(name), isPrivate: true);
    }

    private (string Name, string Text)[] Files() =>
    [
        .. from file in Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal)
           select (Path.GetFileName(file), File.ReadAllText(file)),
    ];
}
