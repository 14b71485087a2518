using System.Diagnostics.CodeAnalysis;
using MemoryGraph.Domain;
using MemoryGraph.Exchange;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Memory;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>Imports the file in which the reference server kept its memory, once; the file is never written.</summary>
/// <remarks>
/// <para>
/// The first call that needs the memory imports it. It is not imported again once the project holds an event from it,
/// whatever was deleted here or written there since; nor when erased events may have come from it, since that would
/// bring erased text back.
/// </para>
/// <para>
/// Two servers that start together may both import it: the second finds nothing new. An import that was killed half-way
/// (only possible beyond 20,000 facts) is not resumed; <c>memory-graph import server-memory FILE</c> imports the rest.
/// </para>
/// </remarks>
/// <param name="said">The value of <see cref="Variable"/>; null or empty when there is no such file.</param>
/// <param name="folder">What a relative path is relative to.</param>
/// <param name="readOnly">Whether this server may record nothing.</param>
/// <param name="errors">Gets one line with the outcome.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without wait handle holds nothing to give back.")]
internal sealed class ReferenceFileImport(string? said, string folder, bool readOnly, TextWriter errors)
{
    /// <summary>The reference server's environment variable with the path of its file.</summary>
    public const string Variable = "MEMORY_FILE_PATH";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile bool _isDone = string.IsNullOrEmpty(said);

    /// <summary>Imports the file unless that was done.</summary>
    /// <param name="author">Who imports it.</param>
    /// <returns>Why the file could not be read, so that the next call tries again; null when all is well.</returns>
    /// <exception cref="Log.LogException">The project's log cannot be read or written; the next call tries
    /// again.</exception>
    public async Task<Refusal?> RunOnceAsync(MemoryProject project, Func<Task<Author>> author)
    {
        if (_isDone)
        {
            return null;
        }

        await _turn.WaitAsync();
        try
        {
            if (!_isDone && await ImportAsync(project, author) is { } outcome)
            {
                await errors.WriteLineAsync($"{Variable}: {outcome}");
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

    // Returns the outcome in words; null when it was imported before.
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
                return $"{shown} was not imported: what was erased from project {Quoted.Name(project.Name)} may have come from "
                    + "it. "
                    + "If it did not, memory-graph import server-memory FILE takes it over.";
        }

        if (readOnly)
        {
            return $"{shown} was not imported, for this server is read-only.";
        }

        var options = new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        await using var file = new FileStream(path, options);

        // Not cancelled with the call that came first: a partial import would count as done.
        ImportReport report = await project.ImportAsync(
            source, file, await author(), progress: null, CancellationToken.None);
        string problems = report.NotesTotal == 0 ? ""
            : $" {FactText.Count(report.NotesTotal, "place", "places")} in it could not be taken as they stand: "
                + "memory-graph import server-memory FILE --dry-run lists them.";
        return $"imported {shown} into project {Quoted.Name(project.Name)}, {FactText.Count(report.Recorded, "event", "events")}; "
            + $"the file stays as it is and is not used any more.{problems}";
    }
}
