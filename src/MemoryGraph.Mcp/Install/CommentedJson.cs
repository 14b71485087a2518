using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Install;

/// <summary>
/// A JSON object with comments and trailing commas, as people keep in configuration files, changed one member at a
/// time.
/// </summary>
/// <remarks>
/// Invariants: every byte that is no part of the change stays where it was, among them comments, order, indentation,
/// line ends, a byte order mark and trailing commas; what is inserted is laid out like its surroundings; a member that
/// was inserted and is removed again leaves the bytes from before. The one exception is white space alone in an object
/// without members: <c>{ }</c> is left as <c>{}</c>. A comment between a name and its colon is refused, because the
/// base class library's reader knows none there.
/// </remarks>
internal sealed class CommentedJson
{
    private static readonly JsonDocumentOptions LenientValue = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        MaxDepth = JsonLocator.DepthMax,
    };

    private readonly byte[] _text;
    private readonly JsonLocator _places;
    private readonly JsonLayout _layout;

    /// <param name="name">Path of the file, for what is said of it.</param>
    /// <exception cref="ConfigurationException">It is no such object; says at which line and column.</exception>
    public CommentedJson(string name, byte[] text)
    {
        _text = text;
        _places = new JsonLocator(name, text);
        _layout = JsonLayout.Of(text, _places.Root);
    }

    /// <summary>The member at the end of a path of names; null when there is none.</summary>
    /// <exception cref="ConfigurationException">
    /// A member on the way is no object, or an object on the way has a name twice.
    /// </exception>
    public JsonNode? ValueAt(params IReadOnlyList<string> path)
    {
        if (Find(path) is not (_, { } member))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(_text.AsSpan(member.ValueStart..member.ValueEnd), documentOptions: LenientValue);
        }
        catch (JsonException)
        {
            throw _places.Fault(
                member.ValueStart, $"{Quoted.Name(path[^1])} says something twice. Mend it by hand, then repeat.");
        }
    }

    /// <summary>Whether there is a member at the end of a path, whatever its value.</summary>
    /// <exception cref="ConfigurationException">As <see cref="ValueAt"/>.</exception>
    public bool Has(params IReadOnlyList<string> path) => Find(path).Found is not null;

    /// <summary>The names of an object's members; none when it is not there.</summary>
    /// <exception cref="ConfigurationException">As <see cref="ValueAt"/>.</exception>
    public IReadOnlyList<string> NamesAt(params IReadOnlyList<string> path) =>
        Find(path) is (_, { } member) ? [.. Enter(member).Members.Select(one => one.Name)] : [];

    /// <summary>The text with a member put in place; objects that are missing on the way to it are made.</summary>
    /// <exception cref="ConfigurationException">As <see cref="ValueAt"/>.</exception>
    public byte[] With(JsonNode? value, params IReadOnlyList<string> path)
    {
        (JsonBody body, JsonMember? found) = Find(path, out int depth);
        if (found is { } member)
        {
            bool inline = !Spans(member.ValueStart, member.ValueEnd) && _layout.OwnIndentAt(member.Start) is null;
            string text = _layout.Text(value, _layout.IndentAt(member.Start), inline);
            return Spliced((member.ValueStart, member.ValueEnd, text));
        }

        JsonNode? nested = path.Skip(depth + 1).Reverse()
            .Aggregate(value?.DeepClone(), (inner, name) => new JsonObject { [name] = inner });
        return Insert(body, path[depth], nested);
    }

    /// <summary>The text without a member; the same text when it is not there.</summary>
    /// <exception cref="ConfigurationException">As <see cref="ValueAt"/>.</exception>
    public byte[] Without(params IReadOnlyList<string> path) =>
        Find(path) is (var body, { } member) ? Remove(body, member) : _text;

    private byte[] Insert(JsonBody body, string name, JsonNode? value)
    {
        bool inline = IsInline(body);
        bool bare = body.Members.Count == 0 && IsBlank(body.Open + 1, body.Close);
        string outer = _layout.IndentAt(body.Open);
        string indent = body.Members.Select(member => _layout.OwnIndentAt(member.Start))
            .LastOrDefault(own => own is not null)
            ?? outer + _layout.Unit;
        string member = _layout.Member(name, value, indent, inline);
        string before = inline ? _layout.Space : _layout.NewLine + indent;
        return bare && inline ? Spliced((body.Open + 1, body.Close, member))
            : bare ? Spliced((body.Open + 1, body.Close, before + member + _layout.NewLine + outer))
            : body.Members.Count == 0 ? Spliced((body.Tail, body.Tail, before + member))
            : body.Members[^1] is { Comma: null } last
                ? Spliced((last.ValueEnd, last.ValueEnd, ","), (body.Tail, body.Tail, before + member))
            : Spliced((body.Tail, body.Tail, before + member + ","));
    }

    private byte[] Remove(JsonBody body, JsonMember member)
    {
        int index = body.Members.ToList().IndexOf(member);
        int? comma = member.Comma ?? (index > 0 ? body.Members[index - 1].Comma : null);
        if (body.Members.Count == 1 && IsBlank(body.Open + 1, member.Start)
            && IsBlank(member.ValueEnd, comma ?? body.Close) && IsBlank(comma + 1 ?? body.Close, body.Close))
        {
            return Spliced((body.Open + 1, body.Close, ""));
        }

        // A comment that runs to the end of its line must not swallow what comes after the member.
        int start = member.AfterLineComment && !EndsLine(member) ? member.Start : member.Lead;
        (int, int, string) cut = (start, member.ValueEnd, "");
        return comma is not { } place ? Spliced(cut)
            : place < start ? Spliced((place, place + 1, ""), cut)
            : Spliced(cut, (place, place + 1, ""));
    }

    private bool EndsLine(JsonMember member)
    {
        int after = member.ValueEnd;
        while (_text[after] is (byte)' ' or (byte)'\t' || after == member.Comma)
        {
            after++;
        }

        return _text[after] is (byte)'\r' or (byte)'\n';
    }

    // On one line with all its members; an empty one as the whole document is.
    private bool IsInline(JsonBody body) => body.Members.Count > 0 ? !Spans(body.Open, body.Close)
        : !IsBlank(body.Open + 1, body.Close) ? !Spans(body.Tail, body.Close)
        : _places.Root.Members.Count > 0 && !Spans(_places.Root.Open, _places.Root.Close);

    private bool Spans(int from, int to) => _text.AsSpan(from..to).Contains((byte)'\n');

    private bool IsBlank(int from, int to) => !_text.AsSpan(from..to).ContainsAnyExcept(" \t\r\n"u8);

    private byte[] Spliced(params ReadOnlySpan<(int From, int To, string Text)> changes)
    {
        using var result = new MemoryStream();
        int kept = 0;
        foreach ((int from, int to, string text) in changes)
        {
            result.Write(_text.AsSpan(kept..from));
            result.Write(Encoding.UTF8.GetBytes(text));
            kept = to;
        }

        result.Write(_text.AsSpan(kept..));
        return result.ToArray();
    }

    private (JsonBody Body, JsonMember? Found) Find(IReadOnlyList<string> path) => Find(path, out _);

    // The object in which the path ends or breaks off, at a name of the path, and the member of that name.
    private (JsonBody Body, JsonMember? Found) Find(IReadOnlyList<string> path, out int depth)
    {
        JsonBody body = _places.Root;
        for (depth = 0; ; depth++)
        {
            string name = path[depth];
            if (body.Members.FirstOrDefault(member => member.Name == name) is not { } found || depth == path.Count - 1)
            {
                return (body, body.Members.FirstOrDefault(member => member.Name == name));
            }

            body = Enter(found);
        }
    }

    private JsonBody Enter(JsonMember member) => _text[member.ValueStart] == (byte)'{' ? _places.Read(member.ValueStart)
        : throw _places.Fault(
            member.ValueStart, $"{Quoted.Name(member.Name)} is no object. Mend it by hand, then repeat.");
}
