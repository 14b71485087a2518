using MemoryGraph.Locate;
using MemoryGraph.Memory;
using MemoryGraph.Tests.Retrieval;

namespace MemoryGraph.Benchmarks.Library;

/// <summary>How often search finds what a question asks for: the set of questions that the tests hold it to.</summary>
internal static class Retrieval
{
    /// <summary>Asks all questions.</summary>
    /// <param name="data">Where the corpus is remembered for as long as that takes.</param>
    /// <returns>Recall of both halves, by kind and language, as a table in Markdown.</returns>
    public static async Task<string> RunAsync(string data)
    {
        string store = Path.Combine(data, "scratch-retrieval");
        try
        {
            await using var projects = new CurrentProject(
                ProjectOptions.OfSurroundings(store, "retrieval"), "benchmarks", TimeProvider.System);
            MemoryProject project = projects.Current!;
            var set = RetrievalSet.Load();
            await set.RememberInAsync(project);
            return set.Ask(project).Table();
        }
        finally
        {
            Directory.Delete(store, recursive: true);
        }
    }
}
