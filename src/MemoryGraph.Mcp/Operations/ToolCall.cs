using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Memory;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>What a tool works with while it answers one call.</summary>
/// <param name="Project">The memory.</param>
/// <param name="Projects">How it was found.</param>
/// <param name="Agent">The client, as it named itself.</param>
/// <param name="Now">The present, for ages.</param>
/// <param name="Question">Checksum of the call, for cursors.</param>
internal sealed record ToolCall(
    MemoryProject Project, CurrentProject Projects, string Agent, DateTimeOffset Now, uint Question, CancellationToken Cancel)
{
    /// <summary>Carries out a command for the user and gives the receipt.</summary>
    /// <param name="takeBack">The tool that takes such a call back; null when there is none.</param>
    public async Task<ToolAnswer> SubmitAsync(Command command, string? takeBack = "undo")
    {
        var author = Author.Of(await Projects.UserAsync(), Agent);
        string? moved = Projects.Moved;
        return ReceiptText.Of(await Project.SubmitAsync(command, author, Cancel), moved, takeBack);
    }

    /// <summary>Tells what a command would come to.</summary>
    public async Task<ToolAnswer> PreviewAsync(Command command) =>
        ReceiptText.OfPreview(Project.Preview(command, Author.Of(await Projects.UserAsync(), Agent)));

    /// <summary>Answers a question with a page of rows.</summary>
    /// <param name="arguments">With cursor and limit.</param>
    /// <param name="limit">The tool's own limit parameter.</param>
    /// <param name="query">Makes the question for a point.</param>
    /// <param name="tell">Makes headline and rows of its answer, or refuses.</param>
    public Task<ToolAnswer> AskAsync<TAnswer>(
        Arguments arguments, NumberParameter limit, AsOf? at, Func<AsOf, Query<TAnswer>> query, Func<TAnswer, AnswerText> tell)
    {
        var request = new PageRequest(at ?? AsOf.Now, 0, arguments.Of(limit), Question);
        if (arguments.Of(SharedParameters.Cursor) is { } given)
        {
            if (PageToken.Parse(given) is not { } cursor)
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
            AnswerText telling = tell(answer);
            return telling.Refused is { } refusal
                ? ToolAnswer.Error(refusal, standing)
                : new Page(request).Lay(telling.Headline, telling.Point, telling.Rows, standing);
        }));
    }
}
