using System.CommandLine;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Operations;

namespace MemoryGraph.Mcp.Cli;

/// <summary>An operation as a command: its options and arguments come from the declared parameters.</summary>
internal sealed class OperationCommand : ProjectCommand
{
    private readonly Operation _operation;
    private readonly List<(Parameter Parameter, Func<ParseResult, object?> Read)> _given = [];
    private readonly Option<int?>? _limit;

    public OperationCommand(Operation operation, CommandForm form, CliOptions cli)
        : base(form.Name, form.Description, cli, form.HasUser)
    {
        _operation = operation;
        foreach (CommandParameter one in form.Parameters)
        {
            _given.Add((one.Parameter, Add(one, cli)));
        }

        if (form.Limit is { } limit)
        {
            Options.Add(_limit = cli.Limit(
                FormattableString.Invariant($"Most entities to show. Default: {limit}, as JSON all.")));
        }
    }

    protected override async Task<int> RunAsync(CommandContext call)
    {
        var arguments = Declarations.Arguments.Of(
            from one in _given
            let value = one.Read(call.Parsed)
            where value is not null
            select KeyValuePair.Create(one.Parameter, value));
        int? limit = _limit is null ? null : call.Of(_limit);
        return call.Show(await _operation.RunAsync(arguments, call.ForOperation(limit)));
    }

    private Func<ParseResult, object?> Add(CommandParameter one, CliOptions cli)
    {
        if (one.Parameter is FlagParameter)
        {
            var flag = new Option<bool>(one.Name) { Description = one.Help };
            Options.Add(flag);
            return parsed => parsed.GetValue(flag);
        }

        if (!one.IsPositional)
        {
            Option<object?> option = cli.Option<object?>(one);
            Options.Add(option);
            return parsed => parsed.GetValue(option);
        }

        var argument = new Argument<object?>(one.Name)
        {
            Description = one.Help,
            Arity = one.Parameter switch
            {
                PointParameter { IsRequired: true } => ArgumentArity.ExactlyOne,
                PointParameter => ArgumentArity.ZeroOrOne,
                { IsRequired: true } => ArgumentArity.OneOrMore,
                _ => ArgumentArity.ZeroOrMore,
            },
            CustomParser = said => said.Tokens.Count == 0 ? null : cli.Read(one, said),
        };
        Arguments.Add(argument);
        return parsed => parsed.GetValue(argument);
    }
}
