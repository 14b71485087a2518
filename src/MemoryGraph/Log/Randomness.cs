using System.Buffers.Binary;
using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>The one place where chance enters: salts and project ids.</summary>
/// <remarks>
/// From <c>Guid.NewGuid</c>, which asks the kernel; the framework's generator of random bytes needs libssl on
/// Linux (see <see cref="Sha256"/>). A GUID has 122 random bits, so a seed is the hash of two.
/// </remarks>
internal static class Randomness
{
    public static string NewProjectId() => NewGuid().ToString("N");

    /// <summary>32 bytes that nobody can guess, from which a commit's salts are drawn.</summary>
    public static void NewSeed(Span<byte> seed)
    {
        Span<byte> first = stackalloc byte[16];
        Span<byte> second = stackalloc byte[16];
        NewGuid().TryWriteBytes(first);
        NewGuid().TryWriteBytes(second);
        Sha256.Of(first, second).CopyTo(seed);
    }

    /// <summary>The salt of one event of a commit. The seed is never stored, so no salt tells another.</summary>
    /// <param name="seed">Of the commit.</param>
    /// <param name="id">Of the event.</param>
    public static void Salt(ReadOnlySpan<byte> seed, EventId id, Span<byte> salt)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, id.Value);
        Span<byte> hash = stackalloc byte[EventHash.Bytes];
        Sha256.Of(seed, number).CopyTo(hash);
        hash[..EventJson.SaltBytes].CopyTo(salt);
    }

#pragma warning disable RS0030 // The ban leads here.
    private static Guid NewGuid() => Guid.NewGuid();
#pragma warning restore RS0030
}
