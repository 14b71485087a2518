using CsCheck;

namespace MemoryGraph.Tests.Values;

/// <summary>Random text that is hard on code about letters.</summary>
internal static class AnyText
{
    private static readonly Gen<string> Piece = Gen.Frequency(
        (6, Gen.Char['!', '~'].Select(c => c.ToString())),
        (2, Gen.OneOfConst(" ", "\t", "_", "JSON", "Id", "42")),
        (4, Gen.Char['\u00A0', '\u024F'].Select(c => c.ToString())),
        (3, Gen.Char['\u1E00', '\u1FFE'].Select(c => c.ToString())),
        (6, Gen.OneOf(Gen.Char['\u0300', '\u036F'], Gen.Char['\u3099', '\u309A'], Gen.Char['\u0591', '\u06ED'])
            .Select(c => c.ToString())),
        (2, Gen.Char['\u0370', '\u052F'].Select(c => c.ToString())),
        (2, Gen.Char['\u1100', '\u11FF'].Select(c => c.ToString())),
        (2, Gen.OneOf(Gen.Char['\u3040', '\u30FF'], Gen.Char['\u4E00', '\u4E20'], Gen.Char['\uAC00', '\uAC40'])
            .Select(c => c.ToString())),
        (2, Gen.Char['\uFE00', '\uFFFF'].Select(c => c.ToString())),
        (1, Gen.Char['\uD800', '\uDFFF'].Select(c => c.ToString())),
        (1, Gen.OneOfConst("🚀", "👩\u200D💻", "\U00020000", "𐐀", "葛\U000E0100", "\u200D", "\u20DD", "\0")),
        (2, Gen.Char['\0', '\uFFFF'].Select(c => c.ToString())));

    /// <summary>Up to 40 characters, broken surrogates and stray marks among them.</summary>
    public static Gen<string> Generator { get; } = Piece.Array[0, 40].Select(string.Concat);
}
