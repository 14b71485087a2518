using MemoryGraph.Domain;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Queries;

namespace MemoryGraph.Tests.Projects;

/// <summary>A folder of its own on the real disk, and projects that live in it.</summary>
internal sealed class ProjectFixture : IDisposable
{
    private readonly DirectoryInfo _store = Directory.CreateTempSubdirectory("memory-graph-");

    public static Author Duyan { get; } = new("duyan", "cursor/1.7");

    /// <summary>One process's view of the project; several share its folder.</summary>
    public MemoryProject Open() => new(
        new SystemDisk(),
        new ProjectPlace(_store.FullName, Path.Combine(_store.FullName, "project"), "project", null, null, InWorkTree: false),
        "a test",
        new StandingClock());

    /// <summary>Everything a project knows, with ids, times and authors.</summary>
    public static string Dump(MemoryProject project) => project.Ask(new OverviewQuery(null, null, AsOf.Now), "", (answer, standing) =>
        string.Join('\n', answer.Cards.Select(card =>
            $"{card.Cited} {card.Name} [{card.EntityType}]\n{string.Join('\n', card.Observations)}\n{string.Join('\n', card.Relations)}"))
        + $"\n{standing}");

    public void Dispose() => _store.Delete(recursive: true);

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 23, 2, 30, 0, TimeSpan.Zero);
    }
}
