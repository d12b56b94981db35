using PasskeyAdmin.Policy;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>Whether the policy lets a user have a Temporary Access Pass (reference/graph-users-and-usage.md §5).</summary>
internal static class PassPolicy
{
    /// <summary>Null where that is not known.</summary>
    public static bool? IsAllowed(UserCase user)
    {
        if (!user.Pass.IsRead) return null;
        var method = user.Pass.Value.Method;
        bool? Any(System.Collections.Generic.IReadOnlyList<MethodTarget>? targets)
        {
            if (targets is null) return null;
            bool? any = false;
            foreach (var target in targets) any |= target.Kind is TargetKind.AllUsers ? true : target.Kind is TargetKind.Group or TargetKind.User ? user.Membership.Covers(target.Id) : null;
            return any;
        }
        return PolicyClauses.IsOn(method.State) & !Any(method.Exclusions) & Any(method.Targets);
    }
}
