using System.Buffers.Binary;
using System.Numerics;
using MemoryGraph.Domain;

namespace MemoryGraph.Events;

/// <summary>SHA-256 (FIPS 180-4) in managed code.</summary>
/// <remarks>
/// The framework's own loads libssl at run time on Linux and ends the process where there is none; a log that cannot be
/// written for want of a TLS library would be a poor log. About twice as slow: measured 1.35 µs for 250 bytes.
/// </remarks>
internal ref struct Sha256
{
    private const int BlockBytes = 64;
    private const int LengthBytes = 8;

    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private readonly Span<uint> _state;
    private readonly Span<byte> _block;
    private long _bytesTaken;

    private Sha256(Span<uint> state, Span<byte> block)
    {
        _state = state;
        _block = block;
        ReadOnlySpan<uint> start =
        [
            0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
        ];
        start.CopyTo(state);
    }

    /// <summary>The hash of one run of bytes.</summary>
    public static EventHash Of(ReadOnlySpan<byte> bytes) => Of(bytes, []);

    /// <summary>The hash of two runs, one after the other.</summary>
    public static EventHash Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var hash = new Sha256(stackalloc uint[8], stackalloc byte[BlockBytes]);
        hash.Take(first);
        hash.Take(second);
        return hash.Finish();
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        int held = (int)(_bytesTaken % BlockBytes);
        _bytesTaken += bytes.Length;
        if (held > 0)
        {
            int missing = Math.Min(BlockBytes - held, bytes.Length);
            bytes[..missing].CopyTo(_block[held..]);
            bytes = bytes[missing..];
            if (held + missing < BlockBytes)
            {
                return;
            }

            Compress(_block);
        }

        for (; bytes.Length >= BlockBytes; bytes = bytes[BlockBytes..])
        {
            Compress(bytes);
        }

        bytes.CopyTo(_block);
    }

    private EventHash Finish()
    {
        int held = (int)(_bytesTaken % BlockBytes);
        _block[held++] = 0x80;
        if (held > BlockBytes - LengthBytes)
        {
            _block[held..].Clear();
            Compress(_block);
            held = 0;
        }

        _block[held..].Clear();
        BinaryPrimitives.WriteInt64BigEndian(_block[^LengthBytes..], _bytesTaken * 8);
        Compress(_block);

        Span<byte> value = stackalloc byte[EventHash.Bytes];
        for (int i = 0; i < 8; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(value[(i * 4)..], _state[i]);
        }

        return new EventHash(value);
    }

    private readonly void Compress(ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (int i = 0; i < 16; i++)
        {
            w[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * 4)..]);
        }

        for (int i = 16; i < 64; i++)
        {
            uint near = w[i - 2], far = w[i - 15];
            w[i] = w[i - 16] + w[i - 7]
                + (BitOperations.RotateRight(far, 7) ^ BitOperations.RotateRight(far, 18) ^ (far >> 3))
                + (BitOperations.RotateRight(near, 17) ^ BitOperations.RotateRight(near, 19) ^ (near >> 10));
        }

        uint a = _state[0], b = _state[1], c = _state[2], d = _state[3];
        uint e = _state[4], f = _state[5], g = _state[6], h = _state[7];
        ReadOnlySpan<uint> k = Constants;
        for (int i = 0; i < 64; i++)
        {
            uint t1 = h + k[i] + w[i] + ((e & f) ^ (~e & g))
                + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25));
            uint t2 = ((a & b) ^ (a & c) ^ (b & c))
                + (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + t1, c, b, a, t1 + t2);
        }

        _state[0] += a;
        _state[1] += b;
        _state[2] += c;
        _state[3] += d;
        _state[4] += e;
        _state[5] += f;
        _state[6] += g;
        _state[7] += h;
    }
}
