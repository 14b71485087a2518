using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Memory;

namespace MemoryGraph.Mcp.Cli;

/// <summary>
/// <c>memory-graph redact</c>: erases text for good. Shows what would be erased; does it with <c>--yes</c>.
/// </summary>
internal sealed class RedactCommand : ProjectCommand
{
    private const string FromInput = "-";

    private readonly Argument<IReadOnlyList<EventRange>> _events = new("event")
    {
        Description = "These events, as 41-45 50, and those that repeat their text.",
        Arity = ArgumentArity.ZeroOrMore,
        CustomParser = CliOptions.RangesOf,
    };

    private readonly Option<string?> _entity = new("--entity")
    {
        Description = "All about this entity, and whatever mentions its name.",
        HelpName = "name",
    };

    private readonly Option<string?> _userName = new("--user-name")
    {
        Description = "All that was recorded for this person.",
        HelpName = "name",
    };

    private readonly Option<string?> _containing = new("--containing")
    {
        Description = "All that holds this text; case and accents do not matter. With - it is read from standard input, "
            + "so that it does not stay in the shell's history.",
        HelpName = "text",
    };

    private readonly Option<bool> _yes = new("--yes") { Description = "Erase. It cannot be undone." };
    private readonly Option<string?> _reason = CliOptions.Reason("Why, without repeating the text; kept in history.");

    public RedactCommand(CliOptions frame)
        : base(
            "redact",
            "Erase text for good from every file of the memory; ids, times and hashes stay and still verify. "
            + "Shows what would be erased, and does it with --yes.",
            frame)
    {
        Arguments.Add(_events);
        foreach (Option option in new Option[] { _entity, _userName, _containing, _yes, _reason })
        {
            Options.Add(option);
        }

        Validators.Add(Check);
    }

    protected override async Task<int> RunAsync(CommandContext call)
    {
        Redaction redaction = call.Of(_entity) is { } entity ? Redaction.OfEntity(entity)
            : call.Of(_userName) is { } user ? Redaction.OfUser(user)
            : call.Of(_containing) is { } text ? Redaction.OfText(text == FromInput ? ReadInput(call) : text)
            : Redaction.OfEvents(call.Of(_events)!);
        return call.Of(_yes)
            ? Tell(call, await call.Project.RedactAsync(redaction, await call.AuthorAsync(), call.Of(_reason), call.Cancel))
            : Tell(call, call.Project.PreviewRedaction(redaction));
    }

    private static string ReadInput(CommandContext call) => call.Frame.Terminal.Input().ReadToEnd().TrimEnd('\r', '\n');

    private static int Tell(CommandContext call, RedactionPreview preview) => call.Tell(
        preview.Refused,
        RedactionText.Of(preview, "With --yes this is done. It cannot be undone."),
        json =>
        {
            json.WriteString("project", preview.Standing.Project);
            json.WriteBoolean("preview", true);
            json.WriteStartArray("events");
            foreach (RedactedLine line in preview.Events)
            {
                json.WriteStartObject();
                json.WriteNumber("event_id", line.Id.Value);
                json.WriteString("what", line.What);
                JsonAnswer.WriteTexts(json, "where", line.Where);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            JsonAnswer.WriteTexts(json, "spellings", preview.Spellings);
            JsonAnswer.WriteTexts(json, "names_lost", preview.NamesLost.Select(lost => lost.Name));
            WriteRest(json, preview);
        });

    // Without the text: what is printed may be kept.
    private static int Tell(CommandContext call, RedactionReceipt receipt) => call.Tell(
        receipt.Found.Refused,
        RedactionText.Of(receipt),
        json =>
        {
            json.WriteString("project", receipt.Standing.Project);
            json.WriteBoolean("preview", false);
            JsonChanges.WriteIds(json, "recorded", receipt.Recorded is { } recorded ? [recorded.Id] : []);
            JsonChanges.WriteIds(json, "erased", receipt.Recorded is null ? [] : receipt.Found.Events.Select(line => line.Id));
            JsonAnswer.WriteTexts(json, "notices", receipt.Notices);
            WriteRest(json, receipt.Found);
        });

    private static void WriteRest(Utf8JsonWriter json, RedactionPreview found)
    {
        JsonChanges.WriteIds(json, "already_redacted", found.AlreadyRedacted);
        JsonAnswer.WriteTexts(json, "unreached", found.Unreached);
    }

    private void Check(CommandResult given)
    {
        bool[] targets =
        [
            given.GetResult(_events)?.Tokens.Count > 0, given.GetResult(_entity) is not null,
            given.GetResult(_userName) is not null, given.GetResult(_containing) is not null,
        ];
        if (targets.Count(one => one) != 1)
        {
            given.AddError("Give events, --entity, --user-name or --containing; exactly one of them.");
        }
    }
}
