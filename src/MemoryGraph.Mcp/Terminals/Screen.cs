using System.Text;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Text;
using Spectre.Console;

namespace MemoryGraph.Mcp.Terminals;

/// <summary>
/// Writes answers for people: wrapped, aligned and coloured where a person watches, else plain and stable.
/// </summary>
/// <remarks>Plain means a line for each row, however long, and a tab between the columns of a table.</remarks>
internal sealed class Screen : IDisposable
{
    private static readonly Style Dim = new(decoration: Decoration.Dim);
    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private static readonly Style Number = new(Color.Teal);
    private static readonly Style Appeared = new(Color.Green);
    private static readonly Style Vanished = new(Color.Maroon);
    private static readonly Style Changed = new(Color.Olive);

    private readonly StreamWriter _writer;

    // Null when nobody watches.
    private readonly IAnsiConsole? _console;

    public Screen(Terminal terminal)
    {
        _writer = new StreamWriter(
            terminal.Output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true)
        {
            NewLine = "\n",
        };
        _console = terminal.IsWatched ? ConsoleOf(terminal, _writer) : null;
    }

    /// <summary>What was found, in a sentence.</summary>
    public void Headline(string text) => Write(text, Bold);

    /// <summary>A line of its own.</summary>
    public void Line(string text) => Write(text, Style.Plain);

    /// <summary>The last line of an answer.</summary>
    public void Footer(string text) => Write(text, Dim);

    /// <summary>
    /// The rows of an answer. What begins an item stands out, and what is stored from what is said about it.
    /// </summary>
    public void Rows(IEnumerable<Row> rows)
    {
        foreach (Row row in rows)
        {
            string line = Printable.Line(Quoted.OneLine(row.Text()));
            if (_console is null)
            {
                _writer.WriteLine(line);
            }
            else
            {
                _console.Write(Laid(line, begins: row.Under is null));
            }
        }
    }

    /// <summary>Things with the same properties, as many cells each as there are columns.</summary>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (_console is null)
        {
            foreach (IReadOnlyList<string> row in rows.Prepend(columns))
            {
                _writer.WriteLine(string.Join('\t', row.Select(Printable.Line)));
            }

            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(new Spectre.Console.Text(column, Bold)));
        }

        foreach (IReadOnlyList<string> row in rows)
        {
            table.AddRow(row.Select(cell => new Spectre.Console.Text(Printable.Line(cell))));
        }

        _console.Write(table);
    }

    /// <summary>Hands on what was written so far.</summary>
    public void Flush() => _writer.Flush();

    public void Dispose() => _writer.Dispose();

    private static IAnsiConsole ConsoleOf(Terminal terminal, TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = !terminal.HasColours ? AnsiSupport.No
                : OperatingSystem.IsWindows() ? AnsiSupport.Detect : AnsiSupport.Yes,
            ColorSystem = terminal.HasColours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new FixedWidth(writer, terminal.Width),
        });

    // A wrapped line keeps its indentation. A number or sign at the front has a colour, and so that what is stored
    // stands out, what is said about it is dim.
    private static Padder Laid(string line, bool begins)
    {
        string text = line.TrimStart(' ');
        int stored = text.IndexOf('"', StringComparison.Ordinal);
        var words = new Paragraph();
        if (begins && stored == 0)
        {
            words.Append(text, Bold);
        }
        else
        {
            int mark = text.StartsWith('#') ? text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') + 1
                : text is ['+' or '-' or '~', ' ', ..] ? 1 : 0;
            int about = Math.Max(stored, mark);
            words.Append(text[..mark], MarkOf(text)).Append(text[mark..about], Dim).Append(text[about..]);
        }

        return new Padder(words, new Padding(line.Length - text.Length, 0, 0, 0));
    }

    private static Style MarkOf(string text) => text switch
    {
        ['+', ..] => Appeared,
        ['-', ..] => Vanished,
        ['~', ..] => Changed,
        _ => Number,
    };

    private void Write(string text, Style style)
    {
        string line = Printable.Line(Quoted.OneLine(text));
        if (_console is null)
        {
            _writer.WriteLine(line);
        }
        else
        {
            _console.Write(new Spectre.Console.Text(line + "\n", style));
        }
    }

    // What the program was told of the terminal, in place of what the library would ask the system.
    private sealed class FixedWidth(TextWriter writer, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => width;

        public int Height => int.MaxValue;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
