using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Policy;

/// <summary>The passkey (FIDO2) policy of a tenant: one object of Microsoft Graph that holds all profiles and targets.</summary>
public sealed class PasskeyPolicy
{
    /// <summary>The room for the policy, in bytes (20 KB: reference/graph-passkey-policy.md §5 [D]).</summary>
    internal const int Limit = 20 * 1024;

    internal PasskeyPolicy(PolicyFacts facts, PolicyDocument document)
    {
        Raw = document;
        State = facts.State;
        SelfServiceRegistration = facts.SelfServiceRegistration;
        ProfilesEnrolled = facts.IsEnrolled ? ProfileEnrolment.Yes : ProfileEnrolment.No;
        DefaultProfileId = facts.DefaultProfileId;
        Profile = new JoinedList<PasskeyProfile>(facts.Profiles);
        Target = new JoinedList<PasskeyProfileTarget>(facts.Targets);
        Exclusion = new JoinedList<PasskeyExclusion>(facts.Exclusions);
        UnknownValue = new JoinedList<string>(facts.UnknownValues);
        NotRead = new JoinedList<string>(facts.NotRead);
        TenantId = facts.TenantId;
        TenantName = facts.TenantName;
        ReadAt = facts.ReadAt;
        Size = document.Size;
        AreTargetsKnown = facts.AreTargetsKnown;
        AreExclusionsKnown = facts.AreExclusionsKnown;
    }

    /// <summary>Whether passkeys are switched on at all.</summary>
    public PolicyState State { get; }

    /// <summary>Whether users may register passkeys themselves; null where Graph does not say. It counts for all profiles.</summary>
    public bool? SelfServiceRegistration { get; }

    /// <summary>Whether the tenant is enrolled in passkey profiles. Where it is not, <see cref="Profile"/> holds what the old settings amount to.</summary>
    public ProfileEnrolment ProfilesEnrolled { get; }

    public IReadOnlyList<PasskeyProfile> Profile { get; }

    internal bool IsWithoutItsProfiles => ProfilesEnrolled is ProfileEnrolment.Yes && Profile.Count == 0;

    public IReadOnlyList<PasskeyProfileTarget> Target { get; }

    /// <summary>Groups that are shut out, from sign-in as well.</summary>
    public IReadOnlyList<PasskeyExclusion> Exclusion { get; }

    /// <summary>The profile that cannot be deleted; null in a tenant that is not enrolled.</summary>
    public string? DefaultProfileId { get; }

    /// <summary>
    /// The size of the policy in bytes: an estimate from the sizes that Microsoft gives for parts of a policy, or the size of its JSON where that is larger.
    /// Microsoft does not say how it measures.
    /// </summary>
    public int Size { get; }

    /// <summary>How large it may become, in bytes.</summary>
    public int SizeLimit { get; } = Limit;

    /// <summary>The size in per cent of the limit.</summary>
    public double SizePercent => Math.Round(100.0 * Size / Limit, 1);

    /// <summary>Properties and values that this version does not know, of the policy and of everything in it. A change of the policy keeps them.</summary>
    public IReadOnlyList<string> UnknownValue { get; }

    /// <summary>What could not be read beside the policy, and why.</summary>
    public IReadOnlyList<string> NotRead { get; }

    /// <summary>Null where the id of the tenant is not known.</summary>
    public string? TenantId { get; }

    /// <summary>Null where the name of the tenant is not known.</summary>
    public string? TenantName { get; }

    /// <summary>When it was read, in UTC.</summary>
    public DateTimeOffset ReadAt { get; }

    internal PolicyDocument Raw { get; }

    /// <summary>False where Graph gave no list of targets.</summary>
    internal bool AreTargetsKnown { get; }

    /// <summary>False where Graph gave no list of exclusions.</summary>
    internal bool AreExclusionsKnown { get; }

    /// <summary>The policy as Graph gave it, as JSON. (No property: every list of properties would show it.)</summary>
    public string ToJson() => Raw.Text;

    public override string ToString() => $"Passkey policy of {TenantName ?? TenantId ?? "a tenant"}";
}
