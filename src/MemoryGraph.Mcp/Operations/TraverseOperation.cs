using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Follows links step by step, each step of a given type and direction.</summary>
internal static class TraverseOperation
{
    private const int WaysShown = 12;

    // A type, with an arrow at either end.
    private const int StepCharacters = Limits.TypeCharacters + 4;

    private static readonly TextParameter Entity = Required.Name("entity", "Exact name to start at.");
    private static readonly TextListParameter Steps = Required.NameList(
        "steps",
        "Each is followed from everything the one before it reached: \"->depends_on\" along the arrow, "
        + "\"<-depends_on\" against it, "
        + "\"depends_on\" either way; \"any\" for every type.",
        StepCharacters);

    public static Operation Traverse { get; } = Operation.Question(
        "traverse",
        "Follow steps",
        "Which entities do these steps lead to, and over which relations? "
        + "[\"<-works_on\", \"->knows\"] from a module gives those whom its people know.",
        [Entity, Steps, SharedParameters.ValidAt, SharedParameters.At],
        perPage: 50,
        Run);

    private static Answer Run(Arguments arguments, CallContext call)
    {
        IReadOnlyList<string> given = arguments.Of(Steps);
        if (given.Count > TraverseQuery.StepsMax)
        {
            return Answer.Faulty(FormattableString.Invariant(
                $"`steps` may have {TraverseQuery.StepsMax} items at most, got {given.Count}; ")
                + "go on from where those lead.");
        }

        LinkStep[] steps = [.. given.Select(LinkStep.Parse).OfType<LinkStep>()];
        if (steps.Length < given.Count)
        {
            int bad = given.TakeWhile(step => LinkStep.Parse(step) is not null).Count();
            return Answer.Faulty(FormattableString.Invariant(
                $"`steps[{bad}]` must name a relation type, as in ")
                + "\"->depends_on\", \"<-depends_on\", \"depends_on\" or \"any\"; "
                + $"got {Quoted.Name(given[bad])}.");
        }

        string entity = arguments.Text(Entity);
        return call.Ask(
            new TraverseQuery(
                entity, steps, arguments.Of(SharedParameters.ValidAt), call.At(arguments.Of(SharedParameters.At))),
            answer => Tell(answer, entity, steps));
    }

    private static Answer Tell(TraverseAnswer answer, string entity, LinkStep[] steps)
    {
        if (answer.Refused is { } refusal)
        {
            return Answer.Refuse(refusal);
        }

        string asOf = FactText.AsOf(answer.Moment);
        string way = $"{Quoted.Name(entity)}, {string.Join(", ", steps.Select(step => step.ToString()))}";
        return new Answer(
            answer.DeadEnd is { } end
                ? $"{asOf}Nothing is reached from {way}: {DeadEnd(end, steps[end.Step - 1])}"
                : $"{asOf}{FactText.Count(answer.Count, "entity is", "entities are")} reached from {way}:",
            answer.Moment.Event,
            answer.Paths.Select(path => new Row(() => Line(path))));
    }

    private static string DeadEnd(DeadEnd end, LinkStep step)
    {
        string nothing = end.Step == 1 ? "it has no relation that fits."
            : FormattableString.Invariant(
                $"step {end.Step - 1} leads to {FactText.Count(end.Entities, "entity", "entities")}, ")
                + FormattableString.Invariant($"of which no relation fits step {end.Step}, {step}.");
        string more =
            end.Ways.Count > WaysShown ? FormattableString.Invariant($" and {end.Ways.Count - WaysShown} more") : "";
        return end.Ways.Count == 0 ? $"{nothing} No step leads on."
            : $"{nothing} Steps that lead on: {string.Join(", ", end.Ways.Take(WaysShown))}{more}.";
    }

    private static string Line(LinkPath path) =>
        $"{Quoted.Name(path.End)} [{Quoted.Word(path.EndType)}]: {FactText.Path(path)}";
}
