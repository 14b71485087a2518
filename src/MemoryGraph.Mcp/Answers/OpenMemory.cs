using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Answers;

/// <summary>Opens the memory or says why there is none: the one place for all front ends.</summary>
internal static class OpenMemory
{
    /// <param name="run">Works with the memory.</param>
    /// <param name="refuse">Says why there is no memory, or why its log could not be read or written.</param>
    public static Task<T> RunAsync<T>(
        this CurrentProject projects, Func<MemoryProject, Task<T>> run, Func<Refusal, T> refuse) =>
        RunAsync(projects, run, refuse, failure => refuse(new Refusal(failure.Code, Quoted.OneLine(failure.Message))));

    /// <inheritdoc cref="RunAsync{T}(CurrentProject, Func{MemoryProject, Task{T}}, Func{Refusal, T})"/>
    public static async Task<T> RunAsync<T>(
        this CurrentProject projects,
        Func<MemoryProject, Task<T>> run,
        Func<Refusal, T> refuse,
        Func<LogException, T> fail)
    {
        if (projects.Current is not { } project)
        {
            return refuse(projects.Refused!);
        }

        try
        {
            return await run(project);
        }
        catch (LogException failure)
        {
            return fail(failure);
        }
    }
}
