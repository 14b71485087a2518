using System.Text.Json.Serialization;

namespace MemoryGraph.Log;

/// <summary>Which versions of the format a log needs.</summary>
/// <param name="MinReader">The oldest program that reads it right.</param>
/// <param name="MinWriter">The oldest program that may add to it; an older one opens it read-only.</param>
internal readonly record struct LogFormat(int MinReader, int MinWriter)
{
    /// <summary>The format that this program writes, and the newest that it knows.</summary>
    public const int Version = 1;

    public static LogFormat Current => new(Version, Version);

    [JsonIgnore]
    public bool Readable => MinReader <= Version;

    [JsonIgnore]
    public bool Writable => Readable && MinWriter <= Version;
}
