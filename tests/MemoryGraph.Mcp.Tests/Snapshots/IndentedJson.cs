using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MemoryGraph.Mcp.Tests.Snapshots;

/// <summary>JSON as a person reads it in a snapshot.</summary>
internal static class IndentedJson
{
    public static string Of(JsonElement json)
    {
        using var bytes = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(bytes, options))
        {
            json.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
