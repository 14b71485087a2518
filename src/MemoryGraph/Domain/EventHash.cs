using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace MemoryGraph.Domain;

/// <summary>A SHA-256 value: a link of the log's chain, or the commitment to an event's text.</summary>
/// <remarks>
/// Written as 43 characters of base64url. Only the canonical spelling is read back: the two bits that the last
/// character has to spare must be zero, so that one value has one spelling.
/// </remarks>
public readonly struct EventHash : IEquatable<EventHash>
{
    /// <summary>Length of the value, in bytes.</summary>
    public const int Bytes = 32;

    /// <summary>Length of the spelling, in characters.</summary>
    public const int Characters = 43;

    private readonly Value32 _value;

    /// <summary>Takes the value from its bytes.</summary>
    /// <param name="value">Exactly <see cref="Bytes"/> bytes.</param>
    public EventHash(ReadOnlySpan<byte> value) => value[..Bytes].CopyTo(_value);

    /// <summary>Reads the canonical spelling.</summary>
    /// <returns>False for another length, a foreign character, or spare bits that are not zero.</returns>
    public static bool TryParse(ReadOnlySpan<byte> spelling, out EventHash hash)
    {
        Span<byte> value = stackalloc byte[Bytes];
        bool canonical = CanonicalBase64Url.TryDecode(spelling, value);
        hash = canonical ? new EventHash(value) : default;
        return canonical;
    }

    /// <summary>Copies the 32 bytes.</summary>
    public void CopyTo(Span<byte> destination) => ((ReadOnlySpan<byte>)_value).CopyTo(destination);

    /// <summary>Writes the 43 characters.</summary>
    public void Format(Span<byte> destination) => Base64Url.EncodeToUtf8(_value, destination);

    /// <inheritdoc/>
    public bool Equals(EventHash other) => ((ReadOnlySpan<byte>)_value).SequenceEqual(other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EventHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_value);

    /// <summary>The same 32 bytes.</summary>
    public static bool operator ==(EventHash left, EventHash right) => left.Equals(right);

    /// <summary>Other bytes.</summary>
    public static bool operator !=(EventHash left, EventHash right) => !left.Equals(right);

    /// <summary>The 43 characters of base64url.</summary>
    public override string ToString()
    {
        Span<byte> spelling = stackalloc byte[Characters];
        Format(spelling);
        return Encoding.ASCII.GetString(spelling);
    }

    [InlineArray(Bytes)]
    private struct Value32
    {
        private byte _first;
    }
}
