namespace MemoryGraph.Integrity;

/// <summary>What an audit found so far. What was found may turn out to be something else further down.</summary>
internal sealed class AuditFindings
{
    private readonly List<AuditFinding?> _findings = [];

    /// <summary>How many there are, listed or not.</summary>
    public int Total { get; private set; }

    public bool IsFull => _findings.Count >= AuditReport.FindingsMax;

    /// <summary>
    /// As they stand in the file; then what may follow from the others: lines that nothing accounts for.
    /// </summary>
    public IReadOnlyList<AuditFinding> InOrder =>
    [
        .. from one in _findings.OfType<AuditFinding>()
           orderby one.Kind is AuditKind.Erased or AuditKind.Unaccepted, one.Place.Offset
           select one,
    ];

    /// <returns>A number to name it by.</returns>
    public int Add(AuditFinding finding)
    {
        Total++;
        if (IsFull)
        {
            return -1;
        }

        _findings.Add(finding);
        return _findings.Count - 1;
    }

    /// <param name="number">What <see cref="Add"/> gave.</param>
    /// <param name="change">Makes it what it turned out to be; null when it is nothing after all.</param>
    public void Change(int number, Func<AuditFinding, AuditFinding?> change)
    {
        AuditFinding? before = number < 0 ? null : _findings[number];
        AuditFinding? after = before is null ? null : change(before);
        if (before is not null)
        {
            _findings[number] = after;
            Total -= after is null ? 1 : 0;
        }
    }
}
