using System.Security.Cryptography;
using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Tests.Events;

public sealed class Sha256Tests
{
    [Fact]
    public void Our_own_agrees_with_the_frameworks_at_every_length_and_split()
    {
        var random = new Random(256);
        for (int length = 0; length <= 500; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            int split = random.Next(length + 1);
            var expected = new EventHash(SHA256.HashData(bytes));
            Assert.Equal(expected, Sha256.Of(bytes));
            Assert.Equal(expected, Sha256.Of(bytes.AsSpan(0, split), bytes.AsSpan(split)));
        }
    }

    [Fact]
    public void Our_own_agrees_on_a_long_input()
    {
        byte[] bytes = new byte[1_000_003];
        new Random(1).NextBytes(bytes);
        Assert.Equal(new EventHash(SHA256.HashData(bytes)), Sha256.Of(bytes));
    }
}
