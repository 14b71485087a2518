using CsCheck;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Tests.Columns;

public sealed class ColumnTests
{
    // Rows of 8 bytes: 32,768 to a chunk.
    private const int RowsOfAChunk = Column.ChunkBytes / sizeof(long);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(RowsOfAChunk)]
    [InlineData(RowsOfAChunk + 1)]
    [InlineData((3 * RowsOfAChunk) - 1)]
    public void Rows_stay_what_they_were_however_many_come_behind_them(int rows)
    {
        Column<long> column = Counted(rows);

        Assert.Equal(rows, column.Count);
        Assert.All(Enumerable.Range(0, rows), row => Assert.Equal(row, column[row]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(RowsOfAChunk)]
    [InlineData((2 * RowsOfAChunk) + 3)]
    public void What_was_saved_by_chunks_is_the_same_when_loaded_and_grows_on(int rows)
    {
        Column<long> saved = Counted(rows);
        Column<long> loaded = Counted(3);
        loaded.Prepare(saved.Count);
        for (int chunk = 0; chunk < saved.Chunks; chunk++)
        {
            saved.Chunk(chunk).CopyTo(loaded.Fill(chunk));
        }

        Assert.Equal(3, loaded.Count);
        loaded.TakeFilled();
        loaded.Add(-1);

        Assert.Equal(rows + 1, loaded.Count);
        Assert.All(Enumerable.Range(0, rows), row => Assert.Equal(row, loaded[row]));
        Assert.Equal(-1, loaded[rows]);
    }

    [Fact]
    public void What_changes_while_it_is_copied_is_told_by_chunk()
    {
        Column<long> column = Counted((2 * RowsOfAChunk) + 10);
        column.WatchChanges();
        Assert.Equal([false, false, false], Changed(column));

        column.Change(RowsOfAChunk + 1) = 7;
        Assert.Equal([false, true, false], Changed(column));

        column.Add(1);
        Assert.Equal([false, true, true], Changed(column));

        column.WatchChanges();
        Assert.Equal([false, false, false], Changed(column));
    }

    [Fact]
    public void Bytes_are_read_back_wherever_they_lie_also_across_chunks() => Gen.Int[0, 90_000].Array[1, 12].Sample(
        lengths =>
        {
            var column = new ByteColumn();
            List<(long At, byte[] Bytes)> added = [];
            foreach ((int place, int length) in lengths.Index())
            {
                byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)(i * (place + 1)))];
                added.Add((column.Add(bytes), bytes));
            }

            Assert.All(added, one => Assert.True(one.Bytes.AsSpan().SequenceEqual(column.Read(one.At, one.Bytes.Length))));
        },
        iter: 50);

    [Theory]
    [InlineData("")]
    [InlineData("likes tea")]
    [InlineData("Đăng nhập 🚀 東京")]
    [InlineData("half \ud83d a letter \ude80, and one \ufffd that was said")]
    [InlineData("\ud83d")]
    public void A_text_comes_back_as_it_was_also_with_half_a_letter(string text)
    {
        byte[] room = new byte[text.Length * Utf8Text.BytesPerCharMax];
        Assert.Equal(text, Utf8Text.Read(room.AsSpan(0, Utf8Text.Write(text, room))));
    }

    [Fact]
    public void A_text_has_one_number_however_often_it_is_said() => Gen.String[Gen.Char["abđ"], 0, 3].Array[0, 200].Sample(
        texts =>
        {
            var table = new TextTable();
            int[] numbers = [.. texts.Select(text => table.Add(text))];
            table.IndexLoaded();

            Assert.Equal(texts.Distinct().Count(), table.Count);
            Assert.Equal(texts, numbers.Select(number => table[number]));
            Assert.Equal(numbers, texts.Select(text => table.Find(text)));
            Assert.Equal(-1, table.Find("never said"));
        });

    private static Column<long> Counted(int rows)
    {
        var column = new Column<long>();
        for (int row = 0; row < rows; row++)
        {
            Assert.Equal(row, column.Add(row));
        }

        return column;
    }

    private static IEnumerable<bool> Changed(Column column) => Enumerable.Range(0, column.Chunks).Select(column.IsChanged);
}
