using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Install;

/// <summary>Finds where the members of a JSON text with comments begin and end, in bytes.</summary>
internal sealed class JsonLocator
{
    /// <summary>How deep objects and arrays may lie in one another.</summary>
    public const int DepthMax = 1000;

    private static readonly JsonReaderOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = DepthMax,
    };

    private readonly string _name;
    private readonly byte[] _text;

    /// <param name="name">Path of the file, for what is said of it.</param>
    /// <exception cref="ConfigurationException">It is no object, or cannot be read.</exception>
    public JsonLocator(string name, byte[] text)
    {
        _name = name;
        _text = text;
        Root = Read(FindRoot());
    }

    /// <summary>The whole text's object.</summary>
    public JsonBody Root { get; }

    /// <summary>The members of an object.</summary>
    /// <param name="open">Place of its brace.</param>
    /// <exception cref="ConfigurationException">It has a name twice.</exception>
    public JsonBody Read(int open)
    {
        var reader = new Utf8JsonReader(_text.AsSpan(open), Lenient);
        var members = new List<JsonMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        int end = open + 1;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int start = open + (int)reader.TokenStartIndex;
            string name = NameIn(reader, start);
            if (!names.Add(name))
            {
                throw Fault(start, $"{Quoted.Name(name)} is there for the second time in one object. Take one away, then repeat.");
            }

            reader.Read();
            int valueStart = open + (int)reader.TokenStartIndex;
            reader.Skip();
            int valueEnd = open + (int)reader.BytesConsumed;
            int next = SkipTrivia(valueEnd, out _, out _);
            SkipTrivia(end, out int lead, out bool afterLineComment);
            int? comma = _text[next] == (byte)',' ? next : null;
            members.Add(new JsonMember(name, lead, afterLineComment, start, valueStart, valueEnd, comma));
            end = comma + 1 ?? valueEnd;
        }

        SkipTrivia(end, out int tail, out _);
        return new JsonBody(open, open + (int)reader.TokenStartIndex, members, tail);
    }

    /// <summary>What is wrong at a place. Lines and columns count from 1, columns in characters.</summary>
    public ConfigurationException Fault(int at, string what)
    {
        ReadOnlySpan<byte> before = _text.AsSpan(..Math.Min(at, _text.Length));
        int line = before.Count((byte)'\n') + 1;
        int column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return new ConfigurationException(
            _name, FormattableString.Invariant($"cannot be changed: at line {line}, column {column}, {what}"));
    }

    private int FindRoot()
    {
        int start = _text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        if (!Utf8.IsValid(_text))
        {
            throw new ConfigurationException(_name, "is not in UTF-8. Save it as UTF-8, then repeat.");
        }

        var reader = new Utf8JsonReader(_text.AsSpan(start), Lenient);
        try
        {
            reader.Read();
            int root = start + (int)reader.TokenStartIndex;
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw Fault(root, "there is no object, which a configuration is. Mend it by hand, then repeat.");
            }

            while (reader.Read())
            {
            }

            return root;
        }
        catch (JsonException e)
        {
            int line = (int)(e.LineNumber ?? 0);
            throw Fault(
                StartOfLine(line, start) + (int)(e.BytePositionInLine ?? 0),
                "this is no JSON that can be read. Mend it by hand, then repeat.");
        }
    }

    private string NameIn(Utf8JsonReader reader, int start)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault(start, "a name has half a letter in it. Mend it by hand, then repeat.");
        }
    }

    // Over white space and comments, to what comes next.
    private int SkipTrivia(int from, out int afterComments, out bool isLineComment)
    {
        afterComments = from;
        isLineComment = false;
        while (true)
        {
            ReadOnlySpan<byte> rest = _text.AsSpan(from);
            if (rest.StartsWith("//"u8))
            {
                int length = rest.IndexOfAny("\r\n"u8);
                afterComments = from += length < 0 ? rest.Length : length;
                isLineComment = true;
            }
            else if (rest.StartsWith("/*"u8))
            {
                afterComments = from += 2 + rest[2..].IndexOf("*/"u8) + 2;
                isLineComment = false;
            }
            else if (rest is [(byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n', ..])
            {
                from++;
            }
            else
            {
                return from;
            }
        }
    }

    private int StartOfLine(int line, int from)
    {
        for (; line > 0; line--)
        {
            from += _text.AsSpan(from).IndexOf((byte)'\n') + 1;
        }

        return from;
    }
}

/// <summary>Where an object is.</summary>
/// <param name="Open">Its brace, and <paramref name="Close"/> the other one.</param>
/// <param name="Tail">The end of the last thing before that other one that is no white space.</param>
internal sealed record JsonBody(int Open, int Close, IReadOnlyList<JsonMember> Members, int Tail);

/// <summary>Where a member is.</summary>
/// <param name="Lead">The end of the last thing before the name that is no white space.</param>
/// <param name="AfterLineComment">Whether that thing runs to the end of its line.</param>
/// <param name="Start">The name, quotes included.</param>
/// <param name="Comma">The one behind the value; null when there is none.</param>
internal sealed record JsonMember(
    string Name, int Lead, bool AfterLineComment, int Start, int ValueStart, int ValueEnd, int? Comma);
