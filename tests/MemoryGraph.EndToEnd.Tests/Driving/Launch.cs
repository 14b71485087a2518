using System.Diagnostics;
using System.Text;

namespace MemoryGraph.EndToEnd.Tests.Driving;

/// <summary>A process to be started: what, where, and with which environment.</summary>
internal sealed record Launch(string WorkingDirectory, IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The same, started by another program that gets the command as its last arguments.</summary>
    public Launch Under(params string[] wrapper) => this with { Command = [.. wrapper, .. Command] };

    /// <summary>The same, after a line of shell.</summary>
    public Launch After(string shell) => Under("/bin/sh", "-c", $"{shell}; exec \"$@\"", "sh");

    /// <summary>The same with the usual meaning of the signals that end it, also where this run was told to ignore them.</summary>
    /// <remarks>
    /// <c>nohup</c>, and a shell that runs a job in the background, ignore HUP or INT, and every child inherits that: a
    /// program that is right to leave such a signal ignored would wait for ever.
    /// </remarks>
    public Launch HearingSignals() =>
        Signals.Reset is { } reset ? Under(reset, "--default-signal=INT,HUP") : this;

    public Launch With(string variable, string value) =>
        this with { Environment = new Dictionary<string, string>(Environment) { [variable] = value } };

    public Launch In(string folder) => this with { WorkingDirectory = folder };

    public Process Start()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(Command[0], Command.Skip(1))
        {
            WorkingDirectory = WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{Command[0]} did not start");
    }

    /// <summary>Gives a process all its input at once, and waits for its end.</summary>
    public async Task<Finished> PipeAsync(string input = "")
    {
        using Process process = Start();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says more.
        }

        await process.WaitForExitAsync().WaitAsync(ServerProcess.Patience);
        return new Finished(process.ExitCode, await output, await errors);
    }
}

/// <summary>What a process left behind.</summary>
internal sealed record Finished(int ExitCode, string Output, string Errors)
{
    /// <summary>The answers of a session: every line must be one.</summary>
    public IReadOnlyList<Answer> Answers =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Answer.Parse)];

    /// <summary>Exit code 0 and nothing on standard error.</summary>
    public Finished WithoutComplaint()
    {
        Assert.Equal("", Errors);
        Assert.Equal(0, ExitCode);
        return this;
    }
}
