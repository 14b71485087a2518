using MemoryGraph.Domain;
using MemoryGraph.Integrity;
using MemoryGraph.Log;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Terminals;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Whether the log is as it was recorded, and where it is not.</summary>
internal static class VerifyOperation
{
    private const int CheckpointCharacters = 1_000;

    private static readonly TextParameter Against = Optional.Text(
        "against",
        "A checkpoint that was kept (three lines, as this tool prints it): shows whether anything up to it was cut "
        + "off or rewritten.",
        CheckpointCharacters);

    // Only the terminal's user may name files.
    private static readonly TextParameter AgainstFile = Optional.Text(
        "against",
        "A checkpoint that was kept: also proves that nothing up to it was cut off or recorded anew.",
        int.MaxValue);

    public static Operation VerifyLog { get; } = Operation.Question(
        "verify_log",
        "Verify the log",
        "Checks the whole history against its hashes: says whether, where and how anything was altered, inserted, "
        + "removed or moved, which repairs and redactions were accepted, by whom, and prints a checkpoint to keep.",
        [Against],
        perPage: 50,
        Run) with
    {
        Command = new CommandForm(
            "verify",
            "Check every event against its hashes: says whether, where and how anything was altered, inserted, "
            + "removed or moved.",
            new CommandParameter("--against", AgainstFile, ValueName: "file")),
    };

    private static Answer Run(Arguments arguments, CallContext call)
    {
        Checkpoint? against = null;
        if (arguments.Of(Against) is { } given && (against = Checkpoint.Parse(given)) is null)
        {
            return Answer.Faulty(
                "`against` is not a checkpoint. It has three lines: memory-graph/ and the project's id, the number "
                + "of an event, its hash. Leave it out to verify the log by itself.");
        }

        if (arguments.Of(AgainstFile) is { } file && (against = ReadFile(file)) is null)
        {
            return Answer.Faulty(
                $"{(file.Length > 0 ? Path.GetFullPath(file) : "\"\"")} is no checkpoint that can be read: "
                + "give a file that \"memory-graph checkpoint\" wrote.");
        }

        AuditReport report;
        using (ProgressLine? progress = call.Terminal is { } terminal
            ? new ProgressLine(
                terminal, "Verifying", call.Projects.List().FirstOrDefault(one => one.IsOpen)?.Bytes ?? 0) : null)
        {
            report = call.Project.Verify(against, progress, call.Cancel);
        }

        var answer = new Answer(AuditText.Headline(report), EventId.None, AuditText.Rows(report))
        {
            Footer = $"— project {Quoted.Name(call.Project.Name)}",
            Outcome = report.IsIntact ? Outcome.Done : Outcome.Unavailable,
            Json = json => AuditText.Write(json, call.Project.Name, report),
        };

        // A damaged log is verified without reading what it holds, unless the answer has to name its last event.
        return call.Terminal is not null ? answer : call.Ask(new StatusQuery(), status => answer with
        {
            Point = status.Last?.Id ?? EventId.None,
        });
    }

    private static Checkpoint? ReadFile(string file)
    {
        try
        {
            return file.Length == 0 ? null : Checkpoint.Parse(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
