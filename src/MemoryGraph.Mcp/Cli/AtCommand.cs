using System.CommandLine;
using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Cli;

/// <summary><c>memory-graph at POINT</c>: the memory as it was known at a point, or a part of it.</summary>
internal sealed class AtCommand : ProjectCommand
{
    private const int ShownByDefault = 50;

    private readonly Argument<AsOf?> _point;
    private readonly Option<string?> _query = new("--query") { Description = "Only entities with these words.", HelpName = "words" };
    private readonly Option<string[]> _names = new("--name") { Description = "Only the entity with this exact name; may be repeated.", HelpName = "name" };
    private readonly Option<string?> _type = new("--type") { Description = "Only entities of this type.", HelpName = "type" };
    private readonly Option<int?> _limit = CliOptions.Limit($"Most entities to show. Default: {ShownByDefault}, as JSON all.");

    public AtCommand(CliOptions frame)
        : base("at", "Show what was known at a past point: the whole memory, or the part with some words or names.", frame)
    {
        _point = new Argument<AsOf?>("point")
        {
            Description = "#42, 2026-11-23, 2026-11-23T14:30, \"2 days ago\", yesterday, \"last week\", \"last session\" or now.",
            CustomParser = said => frame.PointOf(said),
        };
        Arguments.Add(_point);
        Options.Add(_query);
        Options.Add(_names);
        Options.Add(_type);
        Options.Add(_limit);
        Validators.Add(given =>
        {
            if (given.GetValue(_query) is not null && given.GetValue(_names) is { Length: > 0 })
            {
                given.AddError("Give --query or --name, not both: names are exact, a query looks for words.");
            }
        });
    }

    protected override Task<int> RunAsync(CommandContext call)
    {
        AsOf at = call.Of(_point)!;
        string? type = call.Of(_type);
        int? limit = call.Of(_limit);
        return Task.FromResult((call.Of(_query), call.Of(_names)) switch
        {
            ({ } words, _) => SearchCommand.Run(call, words, type, at, limit),
            (_, { Length: > 0 } names) => ShowCommand.Run(call, names, at),
            _ => call.Answer(
                new OverviewQuery(type, null, at),
                answer => OverviewText.Tell(answer, call.Facts),
                (answer, json) => Write(answer, json, limit ?? CliOptions.Unlimited),
                limit ?? ShownByDefault),
        });
    }

    private static void Write(OverviewAnswer answer, Utf8JsonWriter json, int limit)
    {
        JsonAnswer.WriteMoment(json, answer.Point);
        json.WriteNumber("entity_count", answer.Entities);
        json.WriteNumber("observation_count", answer.Observations);
        json.WriteNumber("relation_count", answer.Relations);
        JsonAnswer.WriteEntities(json, answer.Cards.Take(limit));
    }
}
