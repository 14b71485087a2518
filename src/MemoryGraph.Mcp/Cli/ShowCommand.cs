using System.CommandLine;
using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Cli;

/// <summary><c>memory-graph show NAME…</c>: all that is known of some entities. Refused when a name is none.</summary>
internal sealed class ShowCommand : ProjectCommand
{
    private readonly Argument<string[]> _names = new("name")
    {
        Description = "Exact names of entities.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<AsOf?> _at;

    public ShowCommand(CliOptions frame)
        : base("show", "Show everything known about entities: facts with their numbers, and relations in both directions.", frame)
    {
        _at = frame.Point("--at", "As known at a past point: #42, 2026-11-23, \"2 days ago\". Default: now.");
        Arguments.Add(_names);
        Options.Add(_at);
    }

    protected override Task<int> RunAsync(CommandContext call) =>
        Task.FromResult(Run(call, call.Of(_names)!, call.Of(_at) ?? AsOf.Now));

    /// <summary>Opens entities as of a point; <c>at</c> does so too.</summary>
    public static int Run(CommandContext call, IReadOnlyList<string> names, AsOf at)
    {
        bool missing = false;
        int code = call.Answer(
            new OpenQuery(names, at),
            answer =>
            {
                missing = answer.Missing.Count > 0;
                return OpenText.Tell(answer, call.Facts);
            },
            Write);
        return code == ExitCode.Done && missing ? ExitCode.Refused : code;
    }

    private static void Write(OpenAnswer answer, Utf8JsonWriter json)
    {
        JsonAnswer.WriteMoment(json, answer.Point);
        JsonAnswer.WriteEntities(json, answer.Entities);
        json.WriteStartArray("missing");
        foreach (MissingName missing in answer.Missing)
        {
            json.WriteStartObject();
            json.WriteString("name", missing.Name);
            json.WriteString("formerly", missing.Formerly);
            json.WriteStartArray("near");
            foreach (string near in missing.Near)
            {
                json.WriteStringValue(near);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
