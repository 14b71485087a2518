using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryGraph.Benchmarks.Data;

namespace MemoryGraph.Benchmarks.Stdio;

/// <summary>A running server, driven over its pipes byte by byte: what is measured is its work, not a client library's.</summary>
internal sealed class StdioServer : IDisposable
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly Task<string> _errors;
    private readonly byte[] _answer = new byte[1 << 20];
    private int _answerBytes;
    private long _lastId;

    private StdioServer(Process process, long spawnedAt)
    {
        _process = process;
        _input = process.StandardInput.BaseStream;
        _output = process.StandardOutput.BaseStream;
        _errors = process.StandardError.ReadToEndAsync();
        SpawnedAt = spawnedAt;
    }

    /// <summary>When it was about to be started, as <see cref="Stopwatch.GetTimestamp"/> tells.</summary>
    public long SpawnedAt { get; }

    /// <summary>Starts a server and shakes hands with it.</summary>
    /// <param name="binary">The native program.</param>
    /// <param name="store">A whole path; a folder that need not be there.</param>
    /// <exception cref="InvalidOperationException">It does not answer.</exception>
    public static StdioServer Start(string binary, string store)
    {
        var start = new ProcessStartInfo(binary)
        {
            ArgumentList = { "serve", "--store", store, "--project", GeneratedStore.Project, "--user", "benchmark" },
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        long spawnedAt = Stopwatch.GetTimestamp();
        var server = new StdioServer(Process.Start(start)!, spawnedAt);
        server.Do(server.Request("initialize", new JsonObject
        {
            ["protocolVersion"] = "2025-06-18",
            ["capabilities"] = new JsonObject(),
            ["clientInfo"] = new JsonObject { ["name"] = "benchmark", ["version"] = "1.0" },
        }));
        server._input.Write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n"u8);
        server._input.Flush();
        return server;
    }

    /// <summary>Time since it was about to be started.</summary>
    public TimeSpan SinceSpawn => Stopwatch.GetElapsedTime(SpawnedAt);

    /// <summary>Memory that it occupies, in bytes, as the system counts it; null where /proc is not.</summary>
    public long? ResidentBytes => File.Exists(StatusPath) ? 1024 * Number(StatusPath, "VmRSS:") : null;

    /// <summary>A request of the protocol that says nothing and asks for nothing.</summary>
    public byte[] Ping() => Request("ping", []);

    /// <summary>A call of a tool.</summary>
    public byte[] Call(string tool, JsonObject arguments) =>
        Request("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments });

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <returns>From the first byte written to the last one read.</returns>
    /// <exception cref="InvalidOperationException">The answer is an error: that is not what was to be measured.</exception>
    public TimeSpan Do(byte[] request)
    {
        TimeSpan took = Send(request);
        return IsError ? throw Unexpected(request) : took;
    }

    /// <summary>Sends a request that comes to nothing, and waits until it is refused.</summary>
    /// <inheritdoc cref="Do"/>
    /// <exception cref="InvalidOperationException">It was not refused.</exception>
    public TimeSpan BeRefused(byte[] request)
    {
        TimeSpan took = Send(request);
        return IsError ? took : throw Unexpected(request);
    }

    /// <summary>
    /// How often its threads went to sleep so far, and so how often something woke them; null where /proc is not.
    /// </summary>
    public long? Sleeps => Directory.Exists(TasksPath)
        ? Directory.GetDirectories(TasksPath).Sum(task => Number(Path.Combine(task, "status"), "voluntary_ctxt_switches:"))
        : null;

    /// <summary>Ends its input and waits for its end.</summary>
    public void Dispose()
    {
        _input.Dispose();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string StatusPath => string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status");

    private string TasksPath => string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/task");

    private ReadOnlySpan<byte> Answer => _answer.AsSpan(0, _answerBytes);

    private bool IsError => Answer.IndexOf("\"isError\":true"u8) >= 0 || Answer.IndexOf("\"error\":"u8) >= 0;

    private InvalidOperationException Unexpected(byte[] request) =>
        new($"{Encoding.UTF8.GetString(request)} was answered {Encoding.UTF8.GetString(Answer)}");

    // A line of /proc: "VmRSS:     1234 kB".
    private static long Number(string path, string key) => long.Parse(
        File.ReadLines(path).First(line => line.StartsWith(key, StringComparison.Ordinal))[key.Length..].TrimStart('\t', ' ').Split(' ')[0],
        CultureInfo.InvariantCulture);

    private TimeSpan Send(byte[] request)
    {
        _answerBytes = 0;
        long begin = Stopwatch.GetTimestamp();
        _input.Write(request);
        _input.Flush();
        do
        {
            int read = _output.Read(_answer, _answerBytes, _answer.Length - _answerBytes);
            if (read == 0)
            {
                throw new InvalidOperationException($"the server ended, saying {_errors.GetAwaiter().GetResult()}");
            }

            _answerBytes += read;
        }
        while (_answer[_answerBytes - 1] != '\n');

        return Stopwatch.GetElapsedTime(begin);
    }

    private byte[] Request(string method, JsonObject parameters)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Relaxed))
        {
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = ++_lastId,
                ["method"] = method,
                ["params"] = parameters,
            }.WriteTo(json);
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }
}
