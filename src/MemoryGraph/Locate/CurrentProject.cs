using MemoryGraph.Domain;
using MemoryGraph.Log;
using MemoryGraph.Memory;

namespace MemoryGraph.Locate;

/// <summary>The project that a program serves, found when it is first asked for.</summary>
/// <param name="options">What was said, and the surroundings.</param>
/// <param name="holder">What this program calls itself in the lock file: <c>memory-graph 0.1.0</c>.</param>
/// <param name="clock">Tells the time of events.</param>
public sealed class CurrentProject(ProjectOptions options, string holder, TimeProvider clock) : IAsyncDisposable
{
    private readonly SystemDisk _disk = new();
    private readonly Lock _gate = new();
    private Location? _location;
    private MemoryProject? _project;
    private Task<string>? _user;

    /// <summary>The clock of this program.</summary>
    public TimeProvider Clock => clock;

    /// <summary>
    /// The project, opened at the first call; null when there is none to be had, see <see cref="Refused"/>.
    /// </summary>
    public MemoryProject? Current
    {
        get
        {
            lock (_gate)
            {
                return _project ??= Location.Place is { } place ? new MemoryProject(_disk, place, holder, clock, options.SegmentBytes) : null;
            }
        }
    }

    /// <summary>Why there is no project; null when there is one.</summary>
    public Refusal? Refused => Location.Refused;

    /// <summary>The folder that holds projects; empty when refused.</summary>
    public string Store => Location.Place?.Store ?? "";

    /// <summary>How the store was found, for people.</summary>
    public string StoreFound => Location.StoreFound;

    /// <summary>How the project was found, for people.</summary>
    public string ProjectFound => Location.ProjectFound;

    /// <summary>
    /// A known project that this new one may be, in sentences; null for none, or once something was recorded.
    /// </summary>
    public string? Moved => Location.Moved is { } moved && Current?.Id is null ? moved : null;

    /// <summary>Every project of the store, in order of name; none when there is no store to be had.</summary>
    /// <remarks>Cost: the beginning and end of each log. One that cannot be read is among them and says why.</remarks>
    /// <exception cref="LogException">The store cannot be listed.</exception>
    public IReadOnlyList<KnownProject> List() =>
        Location.Place is { } place ? KnownProject.In(_disk, place.Store, place.Directory) : [];

    /// <summary>Who changes are made for. The first call may take as long as git takes to answer.</summary>
    public Task<string> UserAsync()
    {
        lock (_gate)
        {
            return _user ??= UserName.FindAsync(options, Location.Place?.Root);
        }
    }

    /// <summary>Opens the log of the project as a feed for other systems.</summary>
    /// <param name="from">
    /// The first event to hand out; <see cref="EventId.None"/> for all. A cursor that stands goes before it.
    /// </param>
    /// <param name="cursor">Name under which to keep how far it got; null to keep nothing.</param>
    /// <exception cref="InvalidOperationException">There is no project, see <see cref="Refused"/>.</exception>
    /// <exception cref="LogException"><c>cursor_in_use</c>, <c>cursor_lost</c>, or the disk's refusal.</exception>
    public EventFeed OpenFeed(EventId from = default, string? cursor = null) => Location.Place is { } place
        ? new EventFeed(_disk, place, holder, clock, from, cursor)
        : throw new InvalidOperationException(Refused!.Message);

    /// <summary>Lets the open project finish, and closes its files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_project is not null)
        {
            await _project.DisposeAsync();
        }
    }

    private Location Location => _location ??= ProjectLocator.Locate(options, _disk);
}
