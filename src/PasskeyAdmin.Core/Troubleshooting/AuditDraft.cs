using System;
using System.Collections.Generic;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>What an event is made of; texts as the log has them.</summary>
internal sealed record AuditDraft(PasskeyAuditKind Kind, DateTimeOffset? At)
{
    public PasskeyAnswer Succeeded { get; init; }

    public string? UserId { get; init; }

    public string? UserPrincipalName { get; init; }

    public PasskeyAuditInitiator Initiator { get; init; }

    public string? InitiatedBy { get; init; }

    public string? InitiatorId { get; init; }

    public string? Method { get; init; }

    public PasskeyTypes Type { get; init; }

    public Guid? AaGuid { get; init; }

    public string? Provider { get; init; }

    /// <summary>Safe to show.</summary>
    public IReadOnlyList<string> Change { get; init; } = [];

    public string? Failure { get; init; }

    public long? ErrorCode { get; init; }

    public bool? IsSignedIn { get; init; }

    public string? Country { get; init; }

    public string? Application { get; init; }

    public IReadOnlyList<PasskeyAuditAnomaly> Anomalies { get; init; } = [];

    /// <summary>Safe to show.</summary>
    public IReadOnlyList<string> NotChecked { get; init; } = [];

    public bool HasGap { get; init; }

    public IReadOnlyList<string> Activities { get; init; } = [];

    public IReadOnlyList<string> Ids { get; init; } = [];

    public string? TenantId { get; init; }
}
