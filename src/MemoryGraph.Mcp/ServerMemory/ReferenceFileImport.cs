using System.Diagnostics.CodeAnalysis;
using MemoryGraph.Domain;
using MemoryGraph.Exchange;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Memory;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>The file in which the reference server kept its memory: imported once, and never written.</summary>
/// <remarks>
/// <para>
/// It is looked for with the first call that needs the memory, not before. Once the project holds an event that came
/// from it, it is done with, whatever was deleted here or written there since. Where that cannot be told any more, since
/// events were erased, it is not imported, for it would bring back what was erased.
/// </para>
/// <para>
/// Two servers that begin at the same moment may both import it: what the one recorded is nothing new to the other. An
/// import that was killed half-way, which takes a file of more than twenty thousand facts, is not resumed by itself;
/// <c>memory-graph import server-memory FILE</c> takes over the rest.
/// </para>
/// </remarks>
/// <param name="said">What <see cref="Variable"/> says; null or empty when there is no such file.</param>
/// <param name="folder">What a relative path is meant from.</param>
/// <param name="readOnly">Whether this server may record nothing.</param>
/// <param name="errors">Gets one line on what became of it.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without wait handle holds nothing to give back.")]
internal sealed class ReferenceFileImport(string? said, string folder, bool readOnly, TextWriter errors)
{
    /// <summary>The reference server's environment variable with the path of its file.</summary>
    public const string Variable = "MEMORY_FILE_PATH";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile bool _isDone = string.IsNullOrEmpty(said);

    /// <summary>Takes it over, unless that was done.</summary>
    /// <param name="project">Where to.</param>
    /// <param name="author">Who imports it.</param>
    /// <returns>Why it could not be taken over, so that the next call tries again; null when all is well.</returns>
    /// <exception cref="Log.LogException">The project's log cannot be read or written; likewise.</exception>
    public async Task<Refusal?> TakeOverAsync(MemoryProject project, Func<Task<Author>> author)
    {
        if (_isDone)
        {
            return null;
        }

        await _turn.WaitAsync();
        try
        {
            if (!_isDone && await ImportAsync(project, author) is { } told)
            {
                await errors.WriteLineAsync($"{Variable}: {told}");
            }

            _isDone = true;
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Refusal(
                "former_memory_unreadable",
                $"{Variable} names {Quoted.Name(said!)}, which cannot be read, so what it knows is missing here. "
                + "Nothing was done. Make it readable, or take the variable out of the client's configuration.");
        }
        finally
        {
            _turn.Release();
        }
    }

    // What there is to say of it; null when it was imported before.
    private async Task<string?> ImportAsync(MemoryProject project, Func<Task<Author>> author)
    {
        string path = Path.GetFullPath(said!, folder.Length > 0 ? folder : Path.GetPathRoot(Path.GetTempPath())!);
        string shown = Quoted.Name(path);
        if (!Path.Exists(path))
        {
            return $"there is no file {shown}; nothing was imported.";
        }

        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(path));
        var source = new ServerMemoryFile(path, written.ToUnixTimeMilliseconds());
        switch (project.HasImportedFrom(source.Name))
        {
            case true:
                return null;
            case null:
                return $"{shown} was not imported: what was erased from project {Quoted.Name(project.Name)} may have come from it. "
                    + "If it did not, memory-graph import server-memory FILE takes it over.";
        }

        if (readOnly)
        {
            return $"{shown} was not imported, for this server is read-only.";
        }

        await using var file = new FileStream(path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });

        // Not to be broken off by whoever asked first: what is half imported would count as done.
        ImportReport report = await project.ImportAsync(source, file, await author(), progress: null, CancellationToken.None);
        string problems = report.NotesTotal == 0 ? ""
            : $" {FactText.Count(report.NotesTotal, "place", "places")} in it could not be taken as they stand: "
                + "memory-graph import server-memory FILE --dry-run lists them.";
        return $"imported {shown} into project {Quoted.Name(project.Name)}, {FactText.Count(report.Recorded, "event", "events")}; "
            + $"the file stays as it is and is not used any more.{problems}";
    }
}
