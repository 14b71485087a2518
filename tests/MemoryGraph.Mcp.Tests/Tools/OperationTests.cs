using MemoryGraph.Locate;
using MemoryGraph.Mcp.Cli;
using MemoryGraph.Mcp.Operations;
using MemoryGraph.Mcp.Terminals;
using Command = System.CommandLine.Command;

namespace MemoryGraph.Mcp.Tests.Tools;

/// <summary>What a model and a person may ask is declared once.</summary>
public sealed class OperationTests
{
    // Commands that no tool does: files, clients and the log itself are not for models.
    private static readonly string[] OfTerminalOnly =
        ["serve", "log", "checkpoint", "repair", "import", "export", "snapshot", "install", "uninstall"];

    [Fact]
    public void Every_command_with_a_tool_comes_from_its_operation()
    {
        Command[] commands = [.. Commands()];

        Assert.Equal(
            OperationCatalogue.All.Select(one => one.Command?.Name).OfType<string>().Order(StringComparer.Ordinal),
            commands.OfType<OperationCommand>().Select(one => one.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            OfTerminalOnly.Order(StringComparer.Ordinal),
            commands.Where(one => one is not OperationCommand).Select(one => one.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_operation_has_a_name_of_its_own()
    {
        string[] names = [.. OperationCatalogue.All.Select(one => one.Declaration.Name)];

        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void A_question_only_reads_and_is_answered_page_by_page() => Assert.All(
        OperationCatalogue.All,
        one => Assert.Equal(one.Declaration.Hints.ReadOnly, one.PageLimit is not null));

    [Fact]
    public void A_command_takes_what_is_declared_for_it() => Assert.All(Commands().OfType<OperationCommand>(), command =>
    {
        CommandForm form = OperationCatalogue.All.Single(one => one.Command?.Name == command.Name).Command!;

        Assert.Equal(
            form.Parameters.Where(one => one.IsPositional).Select(one => one.Name), command.Arguments.Select(one => one.Name));
        Assert.All(
            form.Parameters.Where(one => !one.IsPositional),
            one => Assert.Contains(command.Options, option => option.Name == one.Name && option.Description == one.Help));
    });

    private static IEnumerable<Command> Commands() => new CommandLine(
        (_, _) => Task.FromResult(0),
        new CliOptions(
            said => new ProjectOptions(said.Store, said.Project, said.User, "/", "/", "/", _ => null),
            new Terminal(Stream.Null, TextWriter.Null),
            TimeProvider.System),
        serveByDefault: false).Root().Subcommands;
}
