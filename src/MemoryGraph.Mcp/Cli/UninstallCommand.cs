using System.CommandLine;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Install;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Cli;

/// <summary>
/// <c>memory-graph uninstall CLIENT</c>: takes out of a client's files what <c>install</c> put there. Memories stay.
/// </summary>
internal sealed class UninstallCommand(CliOptions frame) : ClientCommand(
    "uninstall",
    "Take out of a client's configuration what install put there, and nothing else. No memory is touched.",
    frame)
{
    protected override Answer Change(ParseResult parsed, InstallEnvironment around)
    {
        Client client = ClientIn(parsed);
        var installation = new Installation(client, NameIn(parsed), around);
        Dictionary<ClientScope, FileChange[]> found = installation.Scopes
            .Where(scope => (ScopeIn(parsed) ?? scope) == scope)
            .Select(scope => (Scope: scope, Changes: installation.Uninstall(scope).ToArray()))
            .Where(one => one.Changes.Length > 0)
            .ToDictionary(one => one.Scope, one => one.Changes);
        if (found.Count > 1)
        {
            return Answer.Refuse(new Refusal(
                "several_scopes",
                $"{Quoted.Name(NameIn(parsed))} is installed in the scopes "
                + $"{string.Join(" and ", found.Keys.Select(Said))}; "
                + "say which with --scope."));
        }

        ClientScope? where = found.Count == 1 ? found.Keys.Single() : null;
        FileChange[] changes =
        [
            .. found.Values.SelectMany(one => one),
            .. !StaysElsewhere(parsed, around, where) && installation.UninstallInstructions() is { } instructions
                ? [instructions] : Array.Empty<FileChange>(),
        ];
        IReadOnlyList<string?> backups = CarryOut(parsed, changes);
        string looked = ScopeIn(parsed) is { } given ? $" in the scope {Said(given)}"
            : around.Project is { } project ? $", seen from {project}"
            : "";
        string[] nothing =
            where is null
                ? [$"Not installed: {client.Title} has no server {Quoted.Name(NameIn(parsed))}{looked}."]
                : [];
        return Of([.. Lines(parsed, changes, backups), .. nothing]) with
        {
            Footer = where is null || IsDryRun(parsed) ? ""
                : $"Memories stay where they are. {client.Title} lets go of the server when it starts anew.",
            Json = json => Write(json, parsed, where, changes, backups),
        };
    }

    // The text for assistants goes with the last server: under this name in another scope, or under the usual one.
    private bool StaysElsewhere(ParseResult parsed, InstallEnvironment around, ClientScope? gone) => (
        from name in new[] { NameIn(parsed), ProductVersion.Name }.Distinct()
        let installation = new Installation(ClientIn(parsed), name, around)
        from scope in installation.Scopes
        where (name, (ClientScope?)scope) != (NameIn(parsed), gone) && installation.IsIn(scope)
        select scope).Any();
}
