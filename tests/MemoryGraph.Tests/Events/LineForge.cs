using System.Buffers.Text;
using System.Globalization;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace MemoryGraph.Tests.Events;

/// <summary>Makes log lines without the program's own writer, wrong ones too, with every checksum in order.</summary>
internal static class LineForge
{
    public const int CrcPartBytes = 18;

    /// <summary>A header with a good checksum.</summary>
    public static string Header(string project, int minReader = 1, int minWriter = 1) => WithCrc(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"project":"{{project}}","first_event_id":1,"previous_hash":"","previous_length":0,"format":{"minReader":{{minReader}},"minWriter":{{minWriter}}}"""));

    /// <summary>An event's line and its hash.</summary>
    /// <param name="head">From the opening brace to the last member before <c>data_hash</c>.</param>
    /// <param name="payload">From <c>"user":</c> to the end of <c>data</c>.</param>
    public static (string Line, byte[] Hash) Event(string head, string payload, byte[] salt, byte[] previous)
    {
        byte[] dataHash = SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(payload)]);
        string hashed = $"{head},\"data_hash\":\"{Base64Url.EncodeToString(dataHash)}\"";
        byte[] hash = SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(hashed)]);
        string spelled = Base64Url.EncodeToString(hash);
        return (WithCrc($"{hashed},\"hash\":\"{spelled}\",{payload},\"salt\":\"{Base64Url.EncodeToString(salt)}\""), hash);
    }

    /// <summary>What the first event after a header is chained to.</summary>
    public static byte[] ChainStart(string header) => SHA256.HashData(Encoding.UTF8.GetBytes(header)[..^CrcPartBytes]);

    /// <summary>The line with its text and salt blanked at equal length, as a redaction leaves it.</summary>
    public static string Redact(string line, long eraser)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        int head = line.IndexOf(",\"hash\":\"", StringComparison.Ordinal) + 9 + 44;
        byte[] blank = Encoding.UTF8.GetBytes(
            line[..head] + string.Create(CultureInfo.InvariantCulture, $",\"redacted_by\":{eraser}"));
        return WithCrc(Encoding.UTF8.GetString(blank).PadRight(bytes.Length - CrcPartBytes));
    }

    /// <summary>Replaces a text in a line and makes the checksum right again: what somebody does who knows CRC-32.</summary>
    public static string Edit(string line, string from, string to)
    {
        string edited = line.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(line, edited);
        return WithCrc(edited[..^CrcPartBytes]);
    }

    private static string WithCrc(string body) => string.Create(
        CultureInfo.InvariantCulture, $"{body},\"crc\":\"{Crc32.HashToUInt32(Encoding.UTF8.GetBytes(body)):x8}\"}}");
}
