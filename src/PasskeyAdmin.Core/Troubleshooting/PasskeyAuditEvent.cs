using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>
/// Something that the audit log or the sign-in log has about passkeys. What the log writes as two events about one registration or removal is one here. Addresses (IP) are not kept: they are personal data
/// and say little beside the country.
/// </summary>
public sealed class PasskeyAuditEvent
{
    private const int LongestReason = 300;

    internal PasskeyAuditEvent(AuditDraft draft)
    {
        Kind = draft.Kind;
        At = draft.At;
        Succeeded = draft.Succeeded;
        UserId = Safe(draft.UserId);
        UserPrincipalName = Safe(draft.UserPrincipalName);
        Initiator = draft.Initiator;
        InitiatedBy = Safe(draft.InitiatedBy);
        InitiatorId = Safe(draft.InitiatorId);
        Method = Safe(draft.Method);
        PasskeyType = draft.Type;
        AaGuid = draft.AaGuid;
        Provider = draft.Provider;
        Change = new JoinedList<string>(draft.Change);
        FailureReason = draft.Failure is { } reason ? DisplayText.Excerpt(reason, LongestReason).Trim() : null;
        ErrorCode = draft.ErrorCode;
        IsSignedIn = draft.IsSignedIn;
        Country = Safe(draft.Country);
        Application = Safe(draft.Application);
        Anomaly = new JoinedList<PasskeyAuditAnomaly>(draft.Anomalies);
        NotChecked = new JoinedList<string>(draft.NotChecked);
        HasGap = draft.HasGap;
        Activity = new JoinedList<string>(draft.Activities.Select(DisplayText.Neutralise));
        EventId = new JoinedList<string>(draft.Ids.Select(DisplayText.Neutralise));
        TenantId = draft.TenantId;
        Summary = AuditWords.Of(this);
    }

    public PasskeyAuditKind Kind { get; }

    /// <summary>In UTC; null where the log does not say.</summary>
    public DateTimeOffset? At { get; }

    /// <summary>Whether what was tried was done. Of a sign-in: whether the passkey was accepted, whatever became of the sign-in.</summary>
    public PasskeyAnswer Succeeded { get; }

    /// <summary>The user whom it is about: the object id, safe to show. Null for a change of a policy, and where the log does not have it.</summary>
    public string? UserId { get; }

    /// <summary>Safe to show; null for a change of a policy, and where the log does not have it.</summary>
    public string? UserPrincipalName { get; }

    /// <summary>Whether the user did it, or somebody else.</summary>
    public PasskeyAuditInitiator Initiator { get; }

    /// <summary>The name of the user or the application that did it, safe to show; null where the log does not say.</summary>
    public string? InitiatedBy { get; }

    /// <summary>The object id of the user, or the client id of the application, that did it; null where the log does not say.</summary>
    public string? InitiatorId { get; }

    /// <summary>What was registered, removed or shown, such as <c>Passkey</c>; null for a change of a policy, and where the log does not say of what kind it was.</summary>
    public string? Method { get; }

    /// <summary><see cref="PasskeyTypes.None"/> where it is no passkey, and where the log does not say the type.</summary>
    public PasskeyTypes PasskeyType { get; }

    /// <summary>Null where the log does not have it. Without attestation, a claim.</summary>
    public Guid? AaGuid { get; }

    /// <summary>The provider of the AAGUID by the catalogue; null where there is no AAGUID.</summary>
    public string? Provider { get; }

    /// <summary>What was changed in a policy, in words; empty for other events.</summary>
    public IReadOnlyList<string> Change { get; }

    /// <summary>What the log gives as the reason why it failed, or why a sign-in was refused or interrupted after its passkey was accepted, safe to show; null where there is none.</summary>
    public string? FailureReason { get; }

    /// <summary>The error code of a sign-in that was refused or interrupted, also where its passkey was accepted; null otherwise.</summary>
    public long? ErrorCode { get; }

    /// <summary>The country or region of a sign-in, as the log has it; null where it has none.</summary>
    public string? Country { get; }

    /// <summary>The application of a sign-in, safe to show; null for other events.</summary>
    public string? Application { get; }

    /// <summary>What somebody should look at, with the reasons.</summary>
    public IReadOnlyList<PasskeyAuditAnomaly> Anomaly { get; }

    /// <summary>What could not be judged about this event or was not looked at, and why: no anomaly does not mean that there is none.</summary>
    public IReadOnlyList<string> NotChecked { get; }

    /// <summary>What the log calls it: two names for a registration or removal that it wrote twice.</summary>
    public IReadOnlyList<string> Activity { get; }

    /// <summary>The ids in the log, in the order of <see cref="Activity"/>.</summary>
    public IReadOnlyList<string> EventId { get; }

    /// <summary>The event in a sentence, safe to show.</summary>
    public string Summary { get; }

    /// <summary>The tenant that it was read from; null where its id is not known.</summary>
    public string? TenantId { get; }

    /// <summary>Of a sign-in: whether it went through, whatever by; null where the log does not say.</summary>
    internal bool? IsSignedIn { get; }

    /// <summary>Whether something could not be judged that was looked at (<see cref="AuditJudgement.HasGap"/>).</summary>
    internal bool HasGap { get; }

    public override string ToString() => $"{At?.UtcDateTime.ToString("u", System.Globalization.CultureInfo.InvariantCulture) ?? "no date"} {UserPrincipalName ?? UserId ?? "policy"}: {Summary}";

    private static string? Safe(string? text) => text is null ? null : DisplayText.Neutralise(text);
}
