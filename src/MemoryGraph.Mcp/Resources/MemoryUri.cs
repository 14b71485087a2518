using MemoryGraph.Domain;

namespace MemoryGraph.Mcp.Resources;

/// <summary>What a resource's address names.</summary>
/// <remarks>
/// Read by hand and not as a <see cref="System.Uri"/>, which takes a name like <c>..</c> or <c>a//b</c> for a path to
/// be tidied. A name or point is all that follows, percent-encoded or not: <c>memory://entity/src/Login.cs</c> and
/// <c>memory://entity/src%2FLogin.cs</c> are the same.
/// </remarks>
internal abstract record MemoryUri
{
    public const string Graph = "memory://graph";
    public const string Timeline = "memory://timeline";
    public const string Activity = "memory://activity";
    public const string EntityTemplate = "memory://entity/{name}";
    public const string GraphAtTemplate = "memory://graph/at/{point}";

    private MemoryUri()
    {
    }

    /// <summary>Whether what it names may change; the graph of a past point does not.</summary>
    public bool MayChange => this is not GraphAtUri;

    /// <summary>Reads an address; null when it names none of our resources.</summary>
    public static MemoryUri? Parse(string uri)
    {
        const string scheme = "memory://";
        const string at = "at/";
        if (!uri.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string path = uri[scheme.Length..];
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        string kind = (slash < 0 ? path : path[..slash]).ToLowerInvariant();
        string rest = slash < 0 ? "" : path[(slash + 1)..];
        return (kind, rest) switch
        {
            ("graph", "") => new GraphUri(),
            ("timeline", "") => new TimelineUri(),
            ("activity", "") => new ActivityUri(),
            ("entity", { Length: > 0 }) => new EntityUri(System.Uri.UnescapeDataString(rest)),
            ("graph", _) when rest.StartsWith(at, StringComparison.OrdinalIgnoreCase) && rest.Length > at.Length =>
                new GraphAtUri(System.Uri.UnescapeDataString(rest[at.Length..])),
            _ => null,
        };
    }

    /// <summary>The graph as it is known now.</summary>
    internal sealed record GraphUri : MemoryUri;

    /// <summary>What happened, newest first.</summary>
    internal sealed record TimelineUri : MemoryUri;

    /// <summary>Who did what.</summary>
    internal sealed record ActivityUri : MemoryUri;

    /// <summary>All that is known of an entity.</summary>
    /// <param name="Name">Exact.</param>
    internal sealed record EntityUri(string Name) : MemoryUri;

    /// <summary>The graph as it was known at a point.</summary>
    /// <param name="Point">In any of the forms of <see cref="AsOf"/>.</param>
    internal sealed record GraphAtUri(string Point) : MemoryUri;
}
