using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Rules;

/// <summary>An authentication strength: what it takes, which Conditional Access policies name it, and, where that was asked, whom it would refuse today.</summary>
public sealed class PasskeyAuthenticationStrength
{
    private static readonly (AccessState State, string Word)[] States = [(AccessState.Enabled, "enabled"), (AccessState.ReportOnly, "report-only"), (AccessState.Disabled, "disabled"), (AccessState.Unknown, "of unknown state")];

    private readonly bool _hasUnreadable;

    /// <param name="refusals">Null where nobody asked, or where that could not be read.</param>
    internal PasskeyAuthenticationStrength(AuthenticationStrength strength, IReadOnlyList<PolicyProvider> providers, IReadOnlyList<PasskeyStrengthUse>? uses, AccessRefusals? refusals, string? tenantId)
    {
        Id = strength.Id;
        RawName = strength.Name;
        Name = DisplayText.Neutralise(strength.Name);
        Description = DisplayText.Neutralise(strength.Description);
        Type = strength.Type;
        Combination = new JoinedList<string>(strength.Combinations.Select(DisplayText.Neutralise));
        TakesPasskey = strength.TakesPasskeys;
        AaGuid = strength is { TakesPasskeys: true, AaGuids: { } models } ? new JoinedList<Guid>(models) : null;
        Provider = new JoinedList<PolicyProvider>(strength.TakesPasskeys ? providers : []);
        _hasUnreadable = strength.HasUnreadableAaGuids;
        IsPhishingResistant = strength.IsPhishingResistant;
        UsedBy = uses is null ? null : new JoinedList<PasskeyStrengthUse>(uses);
        ModifiedAt = GraphDate.Parse(strength.Modified);
        TenantId = tenantId;
        if (refusals is null) return;
        MayMissPeople = refusals.MayMissPeople;
        if (!IsPhishingResistant) return;
        (InScope, GuestCount, UnknownCount, DataAsOf) = (refusals.InScope, refusals.Guests, refusals.Unknown.Count, refusals.DataAsOf);
        RefusedUser = new JoinedList<PasskeyAccessRefusal>(refusals.Refused);
        UnknownUser = new JoinedList<PasskeyAccessRefusal>(refusals.Unknown);
        // Nobody is a number only where that is certain.
        if (refusals.Refused.Count > 0 || (refusals.Unknown.Count == 0 && !MayMissPeople)) RefusedCount = refusals.Refused.Count;
    }

    public string Id { get; }

    /// <summary>The name, safe to show.</summary>
    public string Name { get; }

    /// <summary>Safe to show.</summary>
    public string Description { get; }

    public AuthenticationStrengthType Type { get; }

    /// <summary>The combinations of methods of which one is enough, as Graph calls them.</summary>
    public IReadOnlyList<string> Combination { get; }

    /// <summary>Whether a passkey alone is enough.</summary>
    public bool TakesPasskey { get; }

    /// <summary>The models that a passkey may be; null where any does, and where none does because no passkey is taken.</summary>
    public IReadOnlyList<Guid>? AaGuid { get; }

    /// <summary>The same by provider; empty where any does, and where none does.</summary>
    public IReadOnlyList<PolicyProvider> Provider { get; }

    /// <summary>Which passkeys it takes, in words.</summary>
    public string Passkey => !TakesPasskey ? "none" : AaGuid is null ? "any passkey" : Listed.Length == 0 ? "nothing (the list is empty)" : $"only {Listed}";

    /// <summary>Whether nothing but phishing-resistant methods is enough; a Temporary Access Pass may be besides.</summary>
    public bool IsPhishingResistant { get; }

    /// <summary>The Conditional Access policies that name it; null where they could not be read.</summary>
    public IReadOnlyList<PasskeyStrengthUse>? UsedBy { get; }

    /// <summary>The same in short.</summary>
    public string Use => UsedBy is not { } uses ? "not known" : uses.Count == 0 ? "no policy" : string.Join(", ", States.Select(s => (Count: uses.Count(u => u.State == s.State), s.Word)).Where(s => s.Count > 0).Select(s => $"{s.Count} {s.Word}"));

    /// <summary>Of whom it was looked into, in words; null where nobody asked.</summary>
    public string? RefusedScope { get; internal init; }

    /// <summary>Whether it was asked whom it would refuse.</summary>
    internal bool IsAsked { get; init; }

    /// <summary>How many users it would certainly refuse today. Null where nobody asked, where the strength is not judged, and where not even one is certain and it may be some.</summary>
    public int? RefusedCount { get; }

    /// <summary>How many users there are of whom it is not known whether it would refuse them; null where nobody asked, or it is not judged.</summary>
    public int? UnknownCount { get; }

    /// <summary>The enabled users of the scope, without guests; null where nobody asked, or it is not judged.</summary>
    public int? InScope { get; }

    /// <summary>The guests of the scope, who bring methods of their own tenant and are in no other number; null where nobody asked, or it is not judged.</summary>
    public int? GuestCount { get; }

    /// <summary>Emergency accounts first, then administrators, then by name; null where nobody asked, or it is not judged.</summary>
    public IReadOnlyList<PasskeyAccessRefusal>? RefusedUser { get; }

    /// <summary>Those of whom it is not known, with what is missing.</summary>
    public IReadOnlyList<PasskeyAccessRefusal>? UnknownUser { get; }

    /// <summary>Whether something that could not be read may hide more people whom it refuses.</summary>
    public bool MayMissPeople { get; }

    /// <summary>Whom it would refuse, in words; empty where nobody asked.</summary>
    public string Refused => !IsAsked ? "" : RefusedUser is null ? IsPhishingResistant ? "not known" : "not judged"
        : RefusedCount is not { } count ? UnknownCount > 0 ? $"not known of {UnknownCount:N0}" : "not known"
        : $"{count:N0} of {InScope:N0}{(UnknownCount > 0 ? $" ({UnknownCount:N0} not known)" : MayMissPeople ? " or more" : "")}";

    /// <summary>As of when it is known what is registered; null where that is not known.</summary>
    public DateTimeOffset? DataAsOf { get; }

    /// <summary>What could not be read, in sentences; empty where all could.</summary>
    public IReadOnlyList<string> NotRead { get; internal init; } = [];

    /// <summary>Null where Graph does not say.</summary>
    public DateTimeOffset? ModifiedAt { get; }

    /// <summary>The tenant that it was read from; null where its id is not known.</summary>
    public string? TenantId { get; }

    /// <summary>The name as the tenant has it.</summary>
    internal string RawName { get; }

    private string Listed => Provider.ToString() + (_hasUnreadable ? $"{(Provider.Count > 0 ? ", " : "")}entries that cannot be read" : "");

    public override string ToString() => Name;
}
