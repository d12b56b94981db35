using System;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>Whether anybody at all may register a model by a policy. Whoever demands one that nobody may leads people nowhere.</summary>
internal sealed class ModelReach(PasskeyPolicy policy, ProviderCatalog catalog)
{
    private readonly PolicyEvaluator _evaluator = new(policy);

    /// <summary>By the profiles that a target names. With attestation it hangs on the model, which is for the maker to say: here it has one.</summary>
    /// <returns>Null where it is not known.</returns>
    public bool? MayAnybodyRegister(Guid aaGuid) => MayAnybodyRegister(new PasskeyTraits(TypeOf(catalog, aaGuid), aaGuid));

    /// <summary>Whether anybody may register any passkey.</summary>
    public bool? MayAnybodyRegister() => MayAnybodyRegister(new PasskeyTraits(PasskeyTypes.None, null));

    /// <summary>None where it may be either.</summary>
    public static PasskeyTypes TypeOf(ProviderCatalog catalog, Guid aaGuid)
    {
        var type = catalog.Find(aaGuid).PasskeyType;
        return type is PasskeyTypes.Synced or PasskeyTypes.DeviceBound ? type : PasskeyTypes.None;
    }

    private bool? MayAnybodyRegister(PasskeyTraits passkey)
    {
        bool? any = policy.AreTargetsKnown ? false : null;
        foreach (var profile in policy.Target.Where(t => t.Status is not TargetStatus.NotFound).SelectMany(_evaluator.ProfilesOf))
            foreach (var model in _evaluator.PossibilitiesOf(passkey)) any |= profile is null ? null : PolicyClauses.AllowsRegistration(profile, model, isAttested: true);
        return PolicyClauses.IsOn(policy.State) & any;
    }
}
