using MemoryGraph.Events;
using MemoryGraph.Values;

namespace MemoryGraph.Log;

/// <summary>The one place where chance enters: salts and project ids.</summary>
/// <remarks>
/// From <c>Guid.NewGuid</c>, which asks the kernel; the framework's generator of random bytes needs libssl on
/// Linux (see <see cref="Sha256"/>). A GUID has 122 random bits, so a salt of 128 is the hash of two.
/// </remarks>
internal static class Randomness
{
    public static string NewProjectId() => NewGuid().ToString("N");

    /// <summary>Fills 16 bytes that nobody can guess.</summary>
    public static void NewSalt(Span<byte> salt)
    {
        Span<byte> first = stackalloc byte[16];
        Span<byte> second = stackalloc byte[16];
        NewGuid().TryWriteBytes(first);
        NewGuid().TryWriteBytes(second);
        Span<byte> hash = stackalloc byte[EventHash.Bytes];
        Sha256.Of(first, second).CopyTo(hash);
        hash[..EventJson.SaltBytes].CopyTo(salt);
    }

#pragma warning disable RS0030 // The ban leads here.
    private static Guid NewGuid() => Guid.NewGuid();
#pragma warning restore RS0030
}
