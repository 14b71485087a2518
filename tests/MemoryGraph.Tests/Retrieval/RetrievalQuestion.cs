using System.Text.Json;

namespace MemoryGraph.Tests.Retrieval;

/// <summary>An observation as the corpus has it.</summary>
/// <param name="Entity">Name of the entity it is about.</param>
/// <param name="Text">Word for word.</param>
internal sealed record Statement(string Entity, string Text);

/// <summary>What somebody wants to know, and where the corpus says it.</summary>
/// <param name="Id"><c>q001</c> to <c>q200</c>; its hash decided the half.</param>
/// <param name="Text">As it would be typed, mistakes included.</param>
/// <param name="Language"><c>en</c> or <c>vi</c>: of the question; the answer may be in the other.</param>
/// <param name="Kind">
/// <c>plain</c>, <c>keywords</c>, <c>no_diacritics</c>, <c>typo</c>, or <c>paraphrase</c>: in words that the answer
/// does not use, so that a search by words may well miss it.
/// </param>
/// <param name="Half"><c>tuning</c>, which may be looked at while search is worked on, or <c>held-out</c>.</param>
/// <param name="Answers">Each of them answers it alone.</param>
internal sealed record RetrievalQuestion(
    string Id, string Text, string Language, string Kind, string Half, IReadOnlyList<Statement> Answers)
{
    /// <summary>Reads a line of <c>questions-*.jsonl</c>.</summary>
    public static RetrievalQuestion Parse(string line, string half)
    {
        using var parsed = JsonDocument.Parse(line);
        JsonElement question = parsed.RootElement;
        return new RetrievalQuestion(
            Field(question, "id"),
            Field(question, "question"),
            Field(question, "language"),
            Field(question, "kind"),
            half,
            [
                .. question.GetProperty("answers").EnumerateArray()
                    .Select(answer => new Statement(Field(answer, "entity"), Field(answer, "observation"))),
            ]);
    }

    private static string Field(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
