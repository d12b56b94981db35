using System;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Reads the profile that <c>-Profile</c> names, as a question about devices needs it.</summary>
/// <param name="log">Told about requests, and about what could not be read beside the profiles: the names of groups do not matter here.</param>
internal sealed class ProfileInput(TenantSession session, ProviderCatalog catalog, Action<string> log, Action<string> warn, CancellationToken token)
{
    /// <summary>Whether the method is on and the profile has a target that is there and not excluded; who is in a group is not looked at.</summary>
    public bool IsInForce { get; private set; }

    /// <exception cref="PasskeyAdminException"><c>ProfileNotFound</c>, <c>ProfileAmbiguous</c>, <c>ProfileNameInvalid</c>, and the errors of a tenant.</exception>
    public AllowedPasskeys Read(string name)
    {
        session.Graph.RequireUsable(session.Traffic.Now);
        var policy = new PolicyReader(catalog, log, token).Read(session, session.CreateClient(log, warn));
        var profile = Find(name, policy);
        if (policy.State is not PolicyState.Enabled)
            warn($"Passkeys are {(policy.State is PolicyState.Disabled ? "switched off" : "in a state that this version does not know")} in {session}: the verdicts are about the time when they are on.");
        var reaching = profile.Target.Where(t => MayReach(t, policy)).ToList();
        if (reaching.Count == 0)
            warn($"The profile {CommandText.Quote(profile.Name)} reaches nobody: {(profile.Target.Count == 0 ? "it has no target" : $"{string.Join(", ", profile.Target)} {(profile.Target.Count == 1 ? "is" : "are")} excluded, or not in the directory")}.");
        if (policy.SelfServiceRegistration is false) warn($"Users of {session} cannot register passkeys themselves: self-service registration is off.");
        IsInForce = policy.State is PolicyState.Enabled && reaching.Count > 0;
        if (profile.UnknownValue.Count > 0) warn($"The profile {CommandText.Quote(profile.Name)} has settings that this version does not know ({profile.UnknownValue}). They may let in more or less than is told here.");
        return Of(profile);
    }

    private static bool MayReach(PasskeyProfileTarget target, PasskeyPolicy policy) =>
        target.Status is not TargetStatus.NotFound && !policy.Exclusion.Any(e => PasskeyExclusion.ShutsOut(e.Kind, e.Id, target.Id));

    /// <summary>The one profile of this id or name.</summary>
    private static PasskeyProfile Find(string name, PasskeyPolicy policy)
    {
        if (policy.Profile.FirstOrDefault(p => name.Equals(p.Id, StringComparison.OrdinalIgnoreCase)) is { } byId) return byId;
        var found = ProfileNames.Find(name, policy);
        return found.Count == 1 ? found[0]
            : found.Count == 0 ? throw ProfileNames.NotFound(name, policy)
            : throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ProfileAmbiguous",
                $"'{DisplayText.Neutralise(name)}' means {found.Count} profiles: {string.Join(", ", found.Select(p => $"{p} ({p.Id})"))}. Name one, by its id if need be.");
    }

    private static AllowedPasskeys Of(PasskeyProfile profile) => new(profile.Name)
    {
        Types = profile.PasskeyType,
        OtherTypes = profile.PasskeyTypeName == profile.PasskeyType.ToString() ? null : profile.PasskeyTypeName,
        DemandsAttestation = profile.Attestation switch { PasskeyAttestation.RegistrationOnly => true, PasskeyAttestation.Disabled => false, _ => null },
        Allowed = profile.Restriction is KeyRestrictionKind.Allow ? profile.AaGuid : null,
        Blocked = profile.Restriction is KeyRestrictionKind.Block ? profile.AaGuid : [],
        UnreadableEntries = profile.Restriction is KeyRestrictionKind.None ? 0 : profile.UnreadableAaGuids,
        IsListUnclear = profile.Restriction is KeyRestrictionKind.Unknown,
    };
}
