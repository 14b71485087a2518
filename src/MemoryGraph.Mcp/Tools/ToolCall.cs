using MemoryGraph.Commands;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Projects;
using MemoryGraph.Queries;
using MemoryGraph.Values;

namespace MemoryGraph.Mcp.Tools;

/// <summary>What a tool works with while it answers one call.</summary>
/// <param name="Project">The memory.</param>
/// <param name="Projects">How it was found.</param>
/// <param name="Agent">The client, as it named itself.</param>
/// <param name="Now">The present, for ages.</param>
/// <param name="Question">Checksum of the call, for cursors.</param>
internal sealed record ToolCall(
    MemoryProject Project, ProjectRegistry Projects, string Agent, DateTimeOffset Now, uint Question, CancellationToken Cancel)
{
    /// <summary>Carries out a command for the user and gives the receipt.</summary>
    public async Task<ToolAnswer> SubmitAsync(Command command)
    {
        var author = Author.Of(await Projects.UserAsync(), Agent);
        string? moved = Projects.Moved;
        return ReceiptText.Of(await Project.SubmitAsync(command, author, Cancel), moved);
    }

    /// <summary>Answers a question with a page of rows.</summary>
    /// <param name="arguments">With cursor and limit.</param>
    /// <param name="limit">The tool's own limit parameter.</param>
    /// <param name="query">Makes the question for a point.</param>
    /// <param name="tell">Makes headline and rows of its answer, or refuses.</param>
    public Task<ToolAnswer> AskAsync<TAnswer>(
        Arguments arguments, NumberParameter limit, AsOf? at, Func<AsOf, Query<TAnswer>> query, Func<TAnswer, Telling> tell)
    {
        var request = new PageRequest(at ?? AsOf.Now, 0, arguments.Of(limit), Question);
        if (arguments.Of(Shared.Cursor) is { } given)
        {
            if (Cursor.Parse(given) is not { } cursor)
            {
                return Task.FromResult(ToolAnswer.Error(
                    "`cursor` is not one that this tool gave. Leave it out to begin at the first page."));
            }

            if (cursor.Question != Question)
            {
                return Task.FromResult(ToolAnswer.Error(
                    "`cursor` belongs to another call. Repeat that call's tool and arguments with it, or leave it out to begin anew."));
            }

            request = request with { At = AsOf.Of(cursor.Point), FirstRow = cursor.Row };
        }

        return Task.FromResult(Project.Ask(query(request.At), Agent, (answer, standing) =>
        {
            Telling telling = tell(answer);
            return telling.Refused is { } refusal
                ? ToolAnswer.Error(refusal, standing)
                : new Page(request).Lay(telling.Headline, telling.Point, telling.Rows, standing);
        }));
    }
}

/// <summary>What to say to a question.</summary>
/// <param name="Headline">What was found, in a sentence.</param>
/// <param name="Point">The point that the answer was read at.</param>
/// <param name="Rows">The whole answer, line by line; only a page of it is enumerated.</param>
internal sealed record Telling(string Headline, EventId Point, IEnumerable<Row> Rows)
{
    public Refusal? Refused { get; private init; }

    public static Telling Refuse(Refusal refusal) => new("", EventId.None, []) { Refused = refusal };
}
