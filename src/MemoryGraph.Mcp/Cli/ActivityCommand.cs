using System.CommandLine;
using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Cli;

/// <summary><c>memory-graph activity</c>: who recorded how much, when first and last, and about what most.</summary>
internal sealed class ActivityCommand : ProjectCommand
{
    private readonly Option<string?> _user = new("--user") { Description = "Only this person.", HelpName = "name" };
    private readonly Option<string?> _agent = new("--agent") { Description = "Only this assistant.", HelpName = "name" };
    private readonly Option<AsOf?> _since;
    private readonly Option<AsOf?> _until;

    public ActivityCommand(CliOptions frame)
        : base("activity", "Tell who recorded how much, when first and last, and about what most.", frame, hasUser: false)
    {
        _since = frame.Point("--since", "From this point on: #42, 2026-11-23, \"2 days ago\".", startOfDay: true);
        _until = frame.Point("--until", "Up to this point.");
        foreach (Option option in new Option[] { _user, _agent, _since, _until })
        {
            Options.Add(option);
        }
    }

    protected override Task<int> RunAsync(CommandContext call) => Task.FromResult(call.Answer(
        new ActivityQuery(call.Of(_user), call.Of(_agent), call.Of(_since), call.Of(_until) ?? AsOf.Now),
        ActivityText.Tell,
        Write));

    private static void Write(ActivityAnswer answer, Utf8JsonWriter json)
    {
        json.WriteStartArray("authors");
        foreach (AuthorActivity one in answer.Authors)
        {
            json.WriteStartObject();
            json.WriteString("user", one.Author.User);
            json.WriteString("agent", one.Author.Agent);
            json.WriteNumber("events", one.Events);
            json.WriteNumber("calls", one.Calls);
            json.WriteNumber("sessions", one.Sessions);
            json.WriteNumber("undone", one.TakenBack);
            json.WriteNumber("first_event", one.First.Id.Value);
            json.WriteNumber("first_timestamp", one.First.When.ToUnixTimeMilliseconds());
            json.WriteNumber("last_event", one.Last.Id.Value);
            json.WriteNumber("last_timestamp", one.Last.When.ToUnixTimeMilliseconds());
            json.WriteStartObject("types");
            foreach (EventTypeCount type in one.Types)
            {
                json.WriteNumber(type.EventType, type.Events);
            }

            json.WriteEndObject();
            json.WriteNumber("entities_touched", one.EntitiesTouched);
            json.WriteStartObject("most_about");
            foreach (EntityCount entity in one.Entities)
            {
                json.WriteNumber(entity.Name, entity.Events);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
