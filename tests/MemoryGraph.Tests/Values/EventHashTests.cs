using System.Text;
using CsCheck;
using MemoryGraph.Domain;

namespace MemoryGraph.Tests.Values;

public sealed class EventHashTests
{
    private const string Spelling = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    [Fact]
    public void A_hash_is_read_back_from_its_spelling() => Gen.Byte.Array[EventHash.Bytes].Sample(bytes =>
    {
        var hash = new EventHash(bytes);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", hash.ToString());
        Assert.True(EventHash.TryParse(Encoding.ASCII.GetBytes(hash.ToString()), out EventHash read));
        Assert.Equal(hash, read);
    });

    [Fact]
    public void One_hash_has_one_spelling()
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int valid = alphabet.Count(last => EventHash.TryParse(Encoding.ASCII.GetBytes(Spelling[..^1] + last), out _));
        Assert.Equal(16, valid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8A")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdH+8")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdH/8")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdH 8")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHé")]
    public void Another_spelling_is_refused(string spelling) =>
        Assert.False(EventHash.TryParse(Encoding.UTF8.GetBytes(spelling), out _));
}
