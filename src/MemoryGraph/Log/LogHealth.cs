namespace MemoryGraph.Log;

/// <summary>Why a log is only read for now. Absent when all is well.</summary>
/// <param name="Code">Stable: <c>damaged</c>, <c>newer_format</c>, <c>newer_events</c>, <c>replaced</c>.</param>
/// <param name="Explanation">What was found, where, and what a person can do about it, in sentences.</param>
public sealed record LogHealth(string Code, string Explanation);
