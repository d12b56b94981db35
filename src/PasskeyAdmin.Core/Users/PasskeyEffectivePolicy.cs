using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Users;

/// <summary>What of a policy reaches one user, or may.</summary>
/// <param name="Profiles">Those that reach the user for certain.</param>
internal sealed record UserReach(PasskeyAnswer Excluded, IReadOnlyList<PasskeyUserTarget> Exclusions, IReadOnlyList<PasskeyUserTarget> Targets, IReadOnlyList<PasskeyProfile> Profiles);

/// <summary>What the passkey policy lets one user do, and why.</summary>
public sealed class PasskeyEffectivePolicy
{
    internal PasskeyEffectivePolicy(DirectoryUser user, PasskeyPolicy policy, UserReach reach, IEnumerable<PasskeyAllowance> passkeys)
    {
        UserId = user.Id;
        UserPrincipalName = user.UserPrincipalName is { } name ? DisplayText.Neutralise(name) : null;
        UserDisplayName = user.DisplayName is { } display ? DisplayText.Neutralise(display) : null;
        IsEnabled = user.IsEnabled;
        IsGuest = user.IsGuest;
        State = policy.State;
        SelfServiceRegistration = policy.SelfServiceRegistration;
        Excluded = reach.Excluded;
        Exclusion = new JoinedList<PasskeyUserTarget>(reach.Exclusions);
        Target = new JoinedList<PasskeyUserTarget>(reach.Targets);
        Passkey = new JoinedList<PasskeyAllowance>(passkeys);
        Why = new JoinedList<string>(Reasons(Passkey));
        Profile = new JoinedList<PasskeyProfile>(reach.Profiles);
        TenantId = policy.TenantId;
    }

    /// <summary>The object id of the user.</summary>
    public string UserId { get; }

    /// <summary>Safe to show; null where it could not be read.</summary>
    public string? UserPrincipalName { get; }

    /// <summary>Safe to show; null where it could not be read.</summary>
    public string? UserDisplayName { get; }

    /// <summary>Null where that could not be read.</summary>
    public bool? IsEnabled { get; }

    /// <summary>Null where that could not be read.</summary>
    public bool? IsGuest { get; }

    /// <summary>Whether passkeys are switched on in the tenant.</summary>
    public PolicyState State { get; }

    /// <summary>Whether users may register passkeys themselves; null where Graph does not say.</summary>
    public bool? SelfServiceRegistration { get; }

    /// <summary>Whether an exclusion shuts the user out, from registration and from sign-in, whatever the profiles say.</summary>
    public PasskeyAnswer Excluded { get; }

    /// <summary>The exclusions that reach the user, or may.</summary>
    public IReadOnlyList<PasskeyUserTarget> Exclusion { get; }

    /// <summary>The targets that reach the user, or may, by which groups, with their profiles.</summary>
    public IReadOnlyList<PasskeyUserTarget> Target { get; }

    /// <summary>The profiles that reach the user for certain. They add up: what one allows is allowed, whatever the others say.</summary>
    public IReadOnlyList<PasskeyProfile> Profile { get; }

    /// <summary>What the user may register and sign in with: one entry a passkey type, or one for each model that was asked about.</summary>
    public IReadOnlyList<PasskeyAllowance> Passkey { get; }

    /// <summary>The reasons of all entries of <see cref="Passkey"/>, a line each; entries of one type with the same reasons share it.</summary>
    public IReadOnlyList<string> Why { get; }

    /// <summary>The tenant that it was read from; null where its id is not known.</summary>
    public string? TenantId { get; }

    private static IEnumerable<string> Reasons(IEnumerable<PasskeyAllowance> passkeys)
    {
        foreach (var same in passkeys.GroupBy(p => (p.PasskeyTypeName, p.RegisterReason, p.SignInReason)))
        {
            var (type, first, count) = (same.Key.PasskeyTypeName, same.First(), same.Count());
            var whose = first.AaGuid is null ? type : $"{(count > 2 ? $"{first.Provider} and {count - 1} more" : NameLists.And(same.Select(p => p.Provider ?? "")))} ({type})";
            if (same.Key.RegisterReason == same.Key.SignInReason)
            {
                yield return $"{whose}: {same.Key.SignInReason}";
                continue;
            }
            yield return $"{whose}, register: {same.Key.RegisterReason}";
            yield return $"{whose}, sign in: {same.Key.SignInReason}";
        }
    }

    public override string ToString() => $"{UserPrincipalName ?? UserId}: {Passkey}";
}
