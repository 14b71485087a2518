using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Text;

namespace MemoryGraph.Graph;

/// <summary>Writes the members of an event's data one after the other, without their names.</summary>
/// <remarks>
/// A member is a byte that says what it is (<see cref="PackedTag"/>) and then its value. Texts that are said again and
/// again are numbers of a table; the text that a fact was begun with is not said twice.
/// </remarks>
/// <param name="buffer">Takes the bytes.</param>
/// <param name="names">Takes the names.</param>
internal sealed class PackedWriter(Utf8Buffer buffer, TextTable names) : DataWriter
{
    private const int StackCharsMax = 512;

    // What the fact that the event is about says, so that the event need not repeat it.
    private byte[] _known = [];

    /// <summary>Begins an event that is about a fact with this text; empty for none.</summary>
    public void Start(ReadOnlySpan<byte> known) => _known = known.IsEmpty ? [] : known.ToArray();

    public PackedWriter Byte(byte value)
    {
        buffer.Take(1)[0] = value;
        return this;
    }

    public PackedWriter Number(ulong value)
    {
        Span<byte> bytes = stackalloc byte[Varint.BytesMax];
        buffer.Raw(bytes[..Varint.Write(bytes, value)]);
        return this;
    }

    public override DataWriter Text(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
        {
            return Byte(PackedTag.Missing);
        }

        Span<byte> room = value.Length <= StackCharsMax
            ? stackalloc byte[StackCharsMax * Utf8Text.BytesPerCharMax] : new byte[value.Length * Utf8Text.BytesPerCharMax];
        ReadOnlySpan<byte> utf8 = room[..Utf8Text.Write(value, room)];
        if (_known.Length > 0 && utf8.SequenceEqual(_known))
        {
            return Byte(PackedTag.TextOfFact);
        }

        Byte(PackedTag.Text).Number((ulong)utf8.Length);
        buffer.Raw(utf8);
        return this;
    }

    public override DataWriter Name(ReadOnlySpan<byte> name, string? value) =>
        value is null ? Byte(PackedTag.Missing) : Byte(PackedTag.Name).Number((ulong)names.Add(value));

    public override DataWriter Number(ReadOnlySpan<byte> name, long value) =>
        Byte(PackedTag.Number).Number(Varint.Zigzag(value));

    public override DataWriter Flag(ReadOnlySpan<byte> name, bool? value) =>
        Byte(value is null ? PackedTag.Missing : value.Value ? PackedTag.True : PackedTag.False);
}

/// <summary>Reads the members of a packed event, one after the other. Reused from event to event.</summary>
/// <param name="names">Has the names.</param>
/// <param name="textOf">The text that a fact was begun with.</param>
internal sealed class PackedMembers(TextTable names, PackedMembers.TextOfFact textOf) : IPackedMembers
{
    private int _at;
    private EventId _fact;

    /// <summary>The text that a fact was begun with, by the event that began it.</summary>
    public delegate ReadOnlySpan<byte> TextOfFact(EventId fact);

    /// <summary>Begins an event.</summary>
    /// <param name="at">Where in the event's bytes its members begin.</param>
    /// <param name="fact">The first fact that it is about; <see cref="EventId.None"/> for none.</param>
    public void Start(int at, EventId fact) => (_at, _fact) = (at, fact);

    public string? NextText(ReadOnlySpan<byte> bytes)
    {
        byte tag = bytes[_at++];
        return tag switch
        {
            PackedTag.Missing => null,
            PackedTag.Name => names[(int)Varint(bytes)],
            PackedTag.TextOfFact => Utf8Text.Read(textOf(_fact)),
            _ => Inline(bytes),
        };
    }

    public long NextNumber(ReadOnlySpan<byte> bytes)
    {
        _at++;
        return Text.Varint.Unzigzag(Varint(bytes));
    }

    public bool? NextFlag(ReadOnlySpan<byte> bytes) => bytes[_at++] switch
    {
        PackedTag.True => true,
        PackedTag.False => false,
        _ => null,
    };

    /// <summary>The text of a member that stands in the event itself; empty when it does not.</summary>
    /// <param name="bytes">From the first member on.</param>
    /// <param name="place">How many members stand before it.</param>
    public static ReadOnlySpan<byte> InlineText(ReadOnlySpan<byte> bytes, int place)
    {
        while (true)
        {
            byte tag = bytes[0];
            bytes = bytes[1..];
            int length = tag is PackedTag.Text or PackedTag.Name or PackedTag.Number ? (int)Text.Varint.Read(ref bytes) : 0;
            if (place-- == 0)
            {
                return tag == PackedTag.Text ? bytes[..length] : [];
            }

            bytes = tag == PackedTag.Text ? bytes[length..] : bytes;
        }
    }

    private string Inline(ReadOnlySpan<byte> bytes)
    {
        int length = (int)Varint(bytes);
        string text = Utf8Text.Read(bytes.Slice(_at, length));
        _at += length;
        return text;
    }

    private ulong Varint(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> rest = bytes[_at..];
        ulong value = Text.Varint.Read(ref rest);
        _at = bytes.Length - rest.Length;
        return value;
    }
}

/// <summary>What a member of a packed event is.</summary>
internal static class PackedTag
{
    public const byte Missing = 0;

    /// <summary>Length and bytes in UTF-8.</summary>
    public const byte Text = 1;

    /// <summary>Its number in the table of names.</summary>
    public const byte Name = 2;

    public const byte Number = 3;
    public const byte True = 4;
    public const byte False = 5;

    /// <summary>The same text as that of the first fact which the event is about.</summary>
    public const byte TextOfFact = 6;
}
