using System.CommandLine;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Cli;

/// <summary><c>memory-graph diff FROM [TO]</c>: what appeared, changed and vanished between two points.</summary>
internal sealed class DiffCommand : ProjectCommand
{
    private readonly Argument<AsOf?> _from;
    private readonly Argument<AsOf?> _to;
    private readonly Option<string?> _entity = new("--entity") { Description = "Only this entity.", HelpName = "name" };

    public DiffCommand(CliOptions frame)
        : base("diff", "Show what appeared (+), changed (~) and vanished (-) between two points, and by which events.", frame)
    {
        _from = new Argument<AsOf?>("from")
        {
            Description = "The earlier point: #42, 2026-11-23, \"2 days ago\", yesterday, \"last week\".",
            CustomParser = said => frame.PointOf(said),
        };
        _to = new Argument<AsOf?>("to")
        {
            Description = "The later point. Default: now.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = said => said.Tokens.Count == 0 ? null : frame.PointOf(said),
        };
        Arguments.Add(_from);
        Arguments.Add(_to);
        Options.Add(_entity);
    }

    protected override Task<int> RunAsync(CommandContext call) => Task.FromResult(call.Answer(
        new DiffQuery(call.Of(_from)!, call.Of(_to) ?? AsOf.Now, call.Of(_entity)),
        ChangeText.Tell,
        (answer, json) =>
        {
            JsonAnswer.WriteMoment(json, answer.From, "from");
            JsonAnswer.WriteMoment(json, answer.To, "to");
            JsonChanges.Write(json, answer.Changes!);
        }));
}
