using System.CommandLine;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Search;

namespace MemoryGraph.Mcp.Cli;

/// <summary><c>memory-graph search QUERY</c>: where some words were said. Finding nothing is an answer too.</summary>
internal sealed class SearchCommand : ProjectCommand
{
    private const int ShownByDefault = 20;

    private readonly Argument<string[]> _words = new("query")
    {
        Description = "Words in any order; case and diacritics do not matter.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _type = new("--type") { Description = "Only entities of this type.", HelpName = "type" };
    private readonly Option<AsOf?> _at;
    private readonly Option<int?> _limit = CliOptions.Limit($"Most entities to show. Default: {ShownByDefault}, as JSON all.");

    public SearchCommand(CliOptions frame)
        : base("search", "Find entities by words in their names, types and facts, best first.", frame)
    {
        _at = frame.Point("--at", "As known at a past point: #42, 2026-11-23, \"2 days ago\". Default: now.");
        Arguments.Add(_words);
        Options.Add(_type);
        Options.Add(_at);
        Options.Add(_limit);
    }

    protected override Task<int> RunAsync(CommandContext call) => Task.FromResult(Run(
        call, string.Join(' ', call.Of(_words)!), call.Of(_type), call.Of(_at) ?? AsOf.Now, call.Of(_limit)));

    /// <summary>Searches as of a point; <c>at</c> does so too.</summary>
    public static int Run(CommandContext call, string words, string? type, AsOf at, int? limit) => call.Answer(
        new SearchQuery(words, type, at),
        answer => SearchText.Tell(answer, words, type, call.Facts),
        (answer, json) =>
        {
            JsonAnswer.WriteMoment(json, answer.Point);
            JsonAnswer.WriteEntities(
                json, answer.Hits.Take(limit ?? CliOptions.Unlimited).Select(hit => hit.Entity with { Observations = hit.Matching }));
        },
        limit ?? ShownByDefault);
}
