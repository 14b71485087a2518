using MemoryGraph.Domain;
using MemoryGraph.Memory;
using MemoryGraph.Search;

namespace MemoryGraph.Tests.Retrieval;

/// <summary>
/// A memory as an assistant of several teams would have gathered it, and 200 questions to it whose answers are known.
/// </summary>
/// <remarks>
/// <para>
/// <c>corpus.md</c> is written by hand: the answers and what is easily mistaken for them, in English and Vietnamese,
/// of made-up projects and people. <see cref="Chatter"/> adds nearly twice as much that answers nothing.
/// </para>
/// <para>
/// The questions lie in two files. Whoever works on search may read <c>questions-tuning.jsonl</c> and look at what it
/// misses; <c>questions-held-out.jsonl</c> is there to be measured, not to be read, or it would measure nothing.
/// </para>
/// </remarks>
internal sealed class RetrievalSet
{
    public const string Tuning = "tuning";
    public const string HeldOut = "held-out";

    // Ranks beyond are all the same to a reader, who has long asked another way.
    private const int ReadAtMost = 100;

    private const int ChatterEntities = 200;
    private const int EntitiesPerCall = 50;
    private static readonly Author Writer = new("duyan", "retrieval-set");

    private RetrievalSet(IReadOnlyList<CreateEntity> entities, IReadOnlyList<RetrievalQuestion> questions)
    {
        Entities = entities;
        Questions = questions;
    }

    /// <summary>The corpus in the order in which it is remembered: written by hand and chatter by turns.</summary>
    public IReadOnlyList<CreateEntity> Entities { get; }

    /// <summary>Both halves, in order of their ids.</summary>
    public IReadOnlyList<RetrievalQuestion> Questions { get; }

    /// <summary>Reads the set from the folder <c>Retrieval</c> beside the program.</summary>
    public static RetrievalSet Load()
    {
        CreateEntity[] written = [.. Parse(Lines("corpus.md"))];
        CreateEntity[] chatter = [.. Chatter.Entities([.. Parse(Lines("chatter.md"))], ChatterEntities)];
        return new RetrievalSet(
            [.. ByTurns(written, chatter)],
            [.. QuestionsOf(Tuning).Concat(QuestionsOf(HeldOut)).OrderBy(one => one.Id, StringComparer.Ordinal)]);
    }

    /// <summary>Records the corpus in an empty project.</summary>
    public async Task RememberInAsync(MemoryProject project)
    {
        foreach (CreateEntity[] call in Entities.Chunk(EntitiesPerCall))
        {
            await project.SubmitAsync(new Remember(call, []), Writer);
        }
    }

    /// <summary>Asks a project that remembers the corpus every question.</summary>
    public RetrievalScore Ask(MemoryProject project) =>
        new([.. Questions.Select(question => new RetrievalOutcome(question, Rank(project, question)))]);

    private static int? Rank(MemoryProject project, RetrievalQuestion question)
    {
        int place = Found(project, question.Text).FindIndex(question.Answers.Contains);
        return place < 0 ? null : place + 1;
    }

    // The observations in the order in which a reader of the answer meets them.
    private static List<Statement> Found(MemoryProject project, string text) =>
        project.Ask(new SearchQuery(text, null, AsOf.Now), Writer.Agent, (answer, _) => answer.Hits
            .SelectMany(hit => hit.Matching.Select(one => new Statement(hit.Entity.Name, one.Text)))
            .Take(ReadAtMost).ToList());

    private static IEnumerable<RetrievalQuestion> QuestionsOf(string half) =>
        Lines($"questions-{half}.jsonl").Select(line => RetrievalQuestion.Parse(line, half));

    // "# name | type" opens an entity, "- text" is a statement about it; a word list has no type.
    private static IEnumerable<CreateEntity> Parse(IEnumerable<string> lines)
    {
        (string[] Heading, List<string> Said)? open = null;
        foreach (string line in lines.Where(line => line.Length > 0))
        {
            if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                open!.Value.Said.Add(line[2..]);
                continue;
            }

            if (open is { } whole)
            {
                yield return Entity(whole.Heading, whole.Said);
            }

            open = (line[2..].Split(" | "), []);
        }

        yield return Entity(open!.Value.Heading, open.Value.Said);
    }

    private static CreateEntity Entity(string[] heading, List<string> said) =>
        new(heading[0], heading.ElementAtOrDefault(1) ?? "", said);

    private static IEnumerable<CreateEntity> ByTurns(CreateEntity[] some, CreateEntity[] others) =>
        Enumerable.Range(0, Math.Max(some.Length, others.Length))
            .SelectMany(place => some.Skip(place).Take(1).Concat(others.Skip(place).Take(1)));

    private static string[] Lines(string file) =>
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Retrieval", file));
}
