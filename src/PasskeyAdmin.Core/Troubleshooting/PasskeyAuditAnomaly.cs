namespace PasskeyAdmin.Troubleshooting;

/// <summary>Something about an event that somebody should look at. It accuses nobody: each of these has harmless causes, too.</summary>
public sealed class PasskeyAuditAnomaly
{
    internal PasskeyAuditAnomaly(PasskeyAnomalyKind kind, string reason) => (Kind, Reason) = (kind, reason);

    public PasskeyAnomalyKind Kind { get; }

    /// <summary>In a sentence, safe to show.</summary>
    public string Reason { get; }

    /// <summary>The reason.</summary>
    public override string ToString() => Reason;
}
