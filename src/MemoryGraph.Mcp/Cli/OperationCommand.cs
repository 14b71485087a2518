using System.CommandLine;
using System.CommandLine.Parsing;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Operations;

namespace MemoryGraph.Mcp.Cli;

/// <summary>An operation as a command: its options and arguments come from the declared parameters.</summary>
internal sealed class OperationCommand : ProjectCommand
{
    private readonly Operation _operation;
    private readonly CliOptions _frame;
    private readonly List<(Parameter Parameter, Func<ParseResult, object?> Read)> _given = [];
    private readonly Option<int?>? _limit;

    public OperationCommand(Operation operation, CommandForm form, CliOptions frame)
        : base(form.Name, form.Description, frame, form.HasUser)
    {
        _operation = operation;
        _frame = frame;
        foreach (CommandParameter one in form.Parameters)
        {
            _given.Add((one.Parameter, one.IsPositional ? AddArgument(one) : AddOption(one)));
        }

        if (form.Limit is { } limit)
        {
            Options.Add(_limit = CliOptions.Limit(
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
        return await call.ShowAsync(await _operation.RunAsync(arguments, call.ForOperation(limit)));
    }

    // A list that is empty was not given.
    private Func<ParseResult, object?> AddArgument(CommandParameter one)
    {
        string description = one.Description ?? one.Parameter.Description;
        switch (one.Parameter)
        {
            case TextParameter:
                Argument<string[]> words = Add(new Argument<string[]>(one.Name) { Arity = ArgumentArity.OneOrMore });
                return parsed => string.Join(' ', parsed.GetValue(words)!);
            case TextListParameter:
                Argument<string[]> texts = Add(new Argument<string[]>(one.Name) { Arity = ArgumentArity.OneOrMore });
                return parsed => parsed.GetValue(texts);
            case PointParameter { IsRequired: var required }:
                Argument<AsOf?> point = Add(new Argument<AsOf?>(one.Name)
                {
                    Arity = required ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
                    CustomParser = said => said.Tokens.Count == 0 ? null : _frame.PointOf(said),
                });
                return parsed => parsed.GetValue(point);
            case EventsParameter:
                Argument<IReadOnlyList<EventRange>> events = Add(new Argument<IReadOnlyList<EventRange>>(one.Name)
                {
                    Arity = ArgumentArity.ZeroOrMore,
                    CustomParser = CliOptions.RangesOf,
                });
                return parsed => parsed.GetValue(events) is { Count: > 0 } given ? given : null;
            default:
                throw Unknown(one);
        }

        Argument<T> Add<T>(Argument<T> argument)
        {
            argument.Description = description;
            Arguments.Add(argument);
            return argument;
        }
    }

    private Func<ParseResult, object?> AddOption(CommandParameter one)
    {
        string description = one.Description ?? one.Parameter.Description;
        switch (one.Parameter)
        {
            case TextParameter when one.Name == "--reason":
                Option<string?> reason = Add(CliOptions.Reason(description));
                return parsed => parsed.GetValue(reason);
            case TextParameter:
                Option<string?> text = Add(new Option<string?>(one.Name));
                if (one.ShortName is { } shortName)
                {
                    text.Aliases.Add(shortName);
                }

                return parsed => parsed.GetValue(text);
            case TextListParameter:
                Option<string[]> texts = Add(new Option<string[]>(one.Name));
                return parsed => parsed.GetValue(texts) is { Length: > 0 } given ? given : null;
            case PointParameter { StartOfDay: var startOfDay }:
                Option<AsOf?> point = Add(_frame.Point(one.Name, description, startOfDay));
                return parsed => parsed.GetValue(point);
            case EventsParameter:
                Option<IReadOnlyList<EventRange>> events = Add(new Option<IReadOnlyList<EventRange>>(one.Name)
                {
                    Arity = ArgumentArity.OneOrMore,
                    CustomParser = CliOptions.RangesOf,
                });
                return parsed => parsed.GetValue(events) is { Count: > 0 } given ? given : null;
            case NumberParameter:
                Option<int?> number = Add(CliOptions.Count(one.Name, description));
                return parsed => parsed.GetValue(number);
            case FlagParameter:
                Option<bool> flag = Add(new Option<bool>(one.Name));
                return parsed => parsed.GetValue(flag);
            default:
                throw Unknown(one);
        }

        Option<T> Add<T>(Option<T> option)
        {
            option.Description = description;
            option.HelpName = one.ValueName ?? option.HelpName;
            Options.Add(option);
            return option;
        }
    }

    private static System.Diagnostics.UnreachableException Unknown(CommandParameter one) =>
        new($"{one.Name} cannot be given in a terminal");
}
