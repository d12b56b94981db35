using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Users;

/// <summary>Whether the policy lets one user have a method, such as a Temporary Access Pass: an exclusion wins over every target, as with passkeys (reference/graph-passkey-policy.md §7.2). Null is "not known" everywhere.</summary>
internal sealed class MethodOfUser(MethodConfiguration method, Membership user)
{
    /// <summary>Whether the method is on.</summary>
    public bool? IsOn => PolicyClauses.IsOn(method.State);

    /// <summary>An exclusion that reaches the user; null where none does for certain.</summary>
    public MethodTarget? Exclusion => method.Exclusions?.FirstOrDefault(e => Means(e) == true);

    public bool? IsExcluded => Any(method.Exclusions);

    public bool? IsTargeted => Any(method.Targets);

    public bool? IsAllowed => IsOn & !IsExcluded & IsTargeted;

    private bool? Any(IReadOnlyList<MethodTarget>? targets) => targets?.Aggregate((bool?)false, (any, target) => any | Means(target));

    private bool? Means(MethodTarget target) => PolicyClauses.Means(target.Kind, target.Status, target.Id, user);
}
