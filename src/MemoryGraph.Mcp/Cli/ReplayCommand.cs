using System.CommandLine;
using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Exchange;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Cli;

/// <summary>
/// <c>memory-graph replay</c>: what would be known if some events had not happened. Writes nothing to the memory.
/// </summary>
internal sealed class ReplayCommand : ProjectCommand
{
    private readonly Option<IReadOnlyList<EventRange>> _events = new("--without-event")
    {
        Description = "Leave out these events: 41-45,50. May be repeated.",
        HelpName = "events",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = CliOptions.RangesOf,
    };

    private readonly Option<string[]> _users = Without("--without-user", "Leave out all that was done for this person. May be repeated.", "name");
    private readonly Option<string[]> _agents = Without("--without-agent", "Leave out all that this assistant did. May be repeated.", "name");
    private readonly Option<string[]> _types =
        Without("--without-type", "Leave out events of this type, such as observation_removed. May be repeated.", "type");
    private readonly Option<AsOf?> _after;
    private readonly Option<FileInfo?> _output = new("--output", "-o")
    {
        Description = "Also write the graph that comes out to this file, as JSON.",
        HelpName = "file",
    };

    public ReplayCommand(CliOptions frame)
        : base(
            "replay",
            "Replay the history by other rules, and show how the graph that comes out differs from now. The memory stays as it is.",
            frame)
    {
        _after = frame.Point("--after", "Leave out all that came after this point.");
        foreach (Option option in new Option[] { _events, _users, _agents, _types, _after, _output })
        {
            Options.Add(option);
        }
    }

    protected override Task<int> RunAsync(CommandContext call)
    {
        var without = new Exclusion
        {
            Events = call.Of(_events) ?? [],
            Users = call.Of(_users) ?? [],
            Agents = call.Of(_agents) ?? [],
            Types = call.Of(_types) ?? [],
            After = call.Of(_after),
        };
        string? unwritten = null;
        int code = call.Answer(
            new WhatIfQuery(without, AsOf.Now),
            answer =>
            {
                unwritten = answer.Refused is null && call.Of(_output) is { } file ? WriteTo(file, GraphExport.Of(answer.Point, answer.Cards)) : null;
                return ChangeText.Tell(answer);
            },
            Write);
        if (unwritten is null)
        {
            return Task.FromResult(code);
        }

        call.Screen.Flush();
        return TellUnwrittenAsync(call, unwritten);
    }

    private static async Task<int> TellUnwrittenAsync(CommandContext call, string unwritten)
    {
        await call.Frame.TellFaultAsync(unwritten);
        return ExitCode.Unavailable;
    }

    private static Option<string[]> Without(string name, string description, string of) =>
        new(name) { Description = description, HelpName = of };

    // Null, or why it could not be written.
    private static string? WriteTo(FileInfo file, GraphExport graph)
    {
        try
        {
            using FileStream output = file.Create();
            JsonExport.Write(graph, output);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{file.FullName} could not be written. Choose another file, in a folder that exists and has room.";
        }
    }

    private static void Write(WhatIfAnswer answer, Utf8JsonWriter json)
    {
        JsonAnswer.WriteMoment(json, answer.Point);
        json.WriteNumber("left_out", answer.LeftOut);
        JsonChanges.WriteIds(json, "no_longer", answer.NoLonger.Select(line => line.Recorded.Id));
        JsonChanges.Write(json, answer.Changes!);
    }
}
