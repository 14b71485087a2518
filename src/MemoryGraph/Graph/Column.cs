using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemoryGraph.Graph;

/// <summary>A growing run of rows in memory that can be saved as it lies there.</summary>
/// <remarks>
/// Rows lie in chunks of equal size, so growing copies nothing but the first, small one, and saving or loading is a
/// copy of bytes. Not for several threads.
/// </remarks>
internal abstract class Column
{
    /// <summary>Bytes of a full chunk, at most.</summary>
    public const int ChunkBytes = 1 << 18;

    // By chunk, whether a row in it was added or changed since WatchChanges; null while nobody asked.
    private bool[]? _changed;

    // For each mark, how many rows there were and how many earlier rows had been kept. Most columns are never marked.
    private readonly Stack<(long Rows, int Kept)> _marks = [];

    /// <summary>How many rows there are.</summary>
    public long Count { get; private protected set; }

    /// <summary>Bytes of a row.</summary>
    public abstract int RowBytes { get; }

    /// <summary>Bytes of memory that it takes.</summary>
    public abstract long BytesTaken { get; }

    /// <summary>Number of chunks that hold a row.</summary>
    public int Chunks => ChunksOf(Count);

    private protected abstract int RowsPerChunk { get; }

    // How many rows are kept as they were before a change.
    private protected abstract int KeptRows { get; }

    /// <summary>Number of chunks that as many rows take.</summary>
    public int ChunksOf(long rows) => (int)((rows + RowsPerChunk - 1) / RowsPerChunk);

    /// <summary>The rows of a chunk, as they lie in memory; valid until the next change.</summary>
    public abstract ReadOnlySpan<byte> Chunk(int chunk);

    /// <summary>Prepares room for rows that were saved; until <see cref="TakeFilled"/> the column stays as it is.</summary>
    public abstract void Prepare(long rows);

    /// <summary>A prepared chunk, to be filled with what <see cref="Chunk"/> once gave.</summary>
    public abstract Span<byte> Fill(int chunk);

    /// <summary>Has the prepared rows take the place of those there are.</summary>
    public abstract void TakeFilled();

    /// <summary>How many rows there were at the last mark; 0 without one. Changes of these rows can be taken back.</summary>
    public long MarkedCount { get; private set; }

    /// <summary>Begins to keep what rows held before a change, so that <see cref="CutBack"/> restores it. Marks nest.</summary>
    public void Mark()
    {
        _marks.Push((Count, KeptRows));
        MarkedCount = Count;
    }

    /// <summary>Takes back every row that was added or changed since the last mark, and forgets the mark.</summary>
    public void CutBack()
    {
        (long rows, int kept) = _marks.Pop();
        RestoreKept(kept);
        Count = rows;
        MarkedCount = _marks.TryPeek(out var outer) ? outer.Rows : 0;
    }

    /// <summary>Forgets the last mark and leaves all rows as they are.</summary>
    public void Unmark()
    {
        _marks.Pop();
        if (_marks.TryPeek(out var outer))
        {
            MarkedCount = outer.Rows;
        }
        else
        {
            MarkedCount = 0;
            ForgetKept();
        }
    }

    /// <summary>From here on, notes in which chunks rows are added or changed.</summary>
    public void WatchChanges() => _changed = new bool[Chunks];

    /// <summary>Whether a chunk holds anything that was not there when <see cref="WatchChanges"/> was called.</summary>
    public bool IsChanged(int chunk) => _changed is null || chunk >= _changed.Length || _changed[chunk];

    // Puts kept rows back, last first, until only so many are kept.
    private protected abstract void RestoreKept(int remaining);

    // Forgets all kept rows.
    private protected abstract void ForgetKept();

    // Everything counts as changed.
    private protected void WatchNoMore() => _changed = null;

    private protected void NoteChange(int chunk)
    {
        if (_changed is { } changed && chunk < changed.Length)
        {
            changed[chunk] = true;
        }
    }
}

/// <inheritdoc cref="Column"/>
/// <typeparam name="T">A row: a number or a struct of numbers, without padding that could hold chance bytes.</typeparam>
internal class Column<T> : Column
    where T : unmanaged
{
    private const int RowsAtFirst = 16;

    private T[][] _chunks = [];
    private T[][] _prepared = [];
    private long _preparedRows;

    // Rows as they were before a change, oldest first; see Mark.
    private List<(long Row, T Before)>? _kept;

    public sealed override int RowBytes => Unsafe.SizeOf<T>();

    public sealed override long BytesTaken => _chunks.Sum(chunk => (long)chunk.Length * Unsafe.SizeOf<T>());

    private protected sealed override int RowsPerChunk => 1 << Shift;

    private protected sealed override int KeptRows => _kept?.Count ?? 0;

    private static int Shift
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BitOperations.Log2((uint)(ChunkBytes / Unsafe.SizeOf<T>()));
    }

    private static int Mask
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (1 << Shift) - 1;
    }

    /// <summary>A row, to be read.</summary>
    public ref readonly T this[long row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _chunks[(int)(row >> Shift)][(int)row & Mask];
    }

    /// <summary>A row, to be changed.</summary>
    public ref T Change(long row)
    {
        int chunk = (int)(row >> Shift);
        NoteChange(chunk);
        ref T changed = ref _chunks[chunk][(int)row & Mask];
        if (row < MarkedCount)
        {
            (_kept ??= []).Add((row, changed));
        }

        return ref changed;
    }

    /// <summary>Adds a row.</summary>
    /// <returns>Its number.</returns>
    public int Add(in T row)
    {
        int chunk = (int)(Count >> Shift);
        int place = (int)Count & Mask;
        EnsureRoom(chunk, place + 1);
        NoteChange(chunk);
        _chunks[chunk][place] = row;
        return checked((int)Count++);
    }

    public sealed override ReadOnlySpan<byte> Chunk(int chunk) => MemoryMarshal.AsBytes(Rows(chunk));

    public sealed override void Prepare(long rows)
    {
        _preparedRows = rows;
        _prepared = new T[ChunksOf(rows)][];
        for (int chunk = 0; chunk < _prepared.Length; chunk++)
        {
            _prepared[chunk] = GC.AllocateUninitializedArray<T>((int)Math.Min(rows - ((long)chunk << Shift), RowsPerChunk));
        }
    }

    public sealed override Span<byte> Fill(int chunk) => MemoryMarshal.AsBytes(_prepared[chunk].AsSpan());

    public sealed override void TakeFilled()
    {
        (_chunks, _prepared) = (_prepared, []);
        Count = _preparedRows;
        WatchNoMore();
    }

    /// <summary>The rows of a chunk, to be read.</summary>
    public ReadOnlySpan<T> Rows(int chunk) =>
        _chunks[chunk].AsSpan(0, (int)Math.Min(Count - ((long)chunk << Shift), RowsPerChunk));

    /// <summary>Adds rows, from chunk to chunk if need be.</summary>
    /// <returns>The number of the first.</returns>
    private protected long AddRange(ReadOnlySpan<T> rows)
    {
        long first = Count;
        while (!rows.IsEmpty)
        {
            int chunk = (int)(Count >> Shift);
            int place = (int)Count & Mask;
            int fitting = Math.Min(rows.Length, RowsPerChunk - place);
            EnsureRoom(chunk, place + fitting);
            NoteChange(chunk);
            rows[..fitting].CopyTo(_chunks[chunk].AsSpan(place));
            rows = rows[fitting..];
            Count += fitting;
        }

        return first;
    }

    /// <summary>Rows that follow one another; a copy when they lie in several chunks.</summary>
    private protected ReadOnlySpan<T> Range(long first, int count)
    {
        int place = (int)first & Mask;
        if (place + count <= RowsPerChunk)
        {
            return count == 0 ? [] : _chunks[(int)(first >> Shift)].AsSpan(place, count);
        }

        var rows = new T[count];
        for (int copied = 0; copied < count;)
        {
            int from = (int)(first + copied) & Mask;
            int part = Math.Min(count - copied, RowsPerChunk - from);
            _chunks[(int)((first + copied) >> Shift)].AsSpan(from, part).CopyTo(rows.AsSpan(copied));
            copied += part;
        }

        return rows;
    }

    private protected sealed override void RestoreKept(int remaining)
    {
        for (int i = KeptRows - 1; i >= remaining; i--)
        {
            (long row, T before) = _kept![i];
            int chunk = (int)(row >> Shift);
            NoteChange(chunk);
            _chunks[chunk][(int)row & Mask] = before;
        }

        _kept?.RemoveRange(remaining, _kept.Count - remaining);
    }

    private protected sealed override void ForgetKept() => _kept = null;

    // A chunk grows by doubling until it is full; most memories never fill their first.
    private void EnsureRoom(int chunk, int rows)
    {
        if (chunk == _chunks.Length)
        {
            Array.Resize(ref _chunks, chunk + 1);
            _chunks[chunk] = new T[chunk > 0 ? RowsPerChunk : Math.Min(Math.Max(RowsAtFirst, rows), RowsPerChunk)];
        }

        if (_chunks[chunk].Length < rows)
        {
            Array.Resize(ref _chunks[chunk], Math.Min(Math.Max(_chunks[chunk].Length * 2, rows), RowsPerChunk));
        }
    }
}
