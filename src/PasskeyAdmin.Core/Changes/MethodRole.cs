using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>
/// The role that changing somebody's methods takes (reference/graph-users-and-usage.md §1, §5; adoption-and-troubleshooting.md §1.3): which one hinges on whether that is an administrator, and Graph's
/// own refusal does not say it. For applications, permissions decide alone.
/// </summary>
internal static class MethodRole
{
    /// <summary>A refusal with the role that is needed for this user; another error as it is.</summary>
    /// <param name="user">Safe to show.</param>
    public static PasskeyAdminException Named(PasskeyAdminException error, TenantSession tenant, string user, Reading<DirectoryStanding> standing) =>
        error.StatusCode != 403 || tenant.IsAppOnly ? error : error.With(Sentence(user, standing));

    /// <summary>The same where it was not looked whether it is an administrator.</summary>
    public static PasskeyAdminException Named(PasskeyAdminException error, TenantSession tenant) =>
        error.StatusCode != 403 || tenant.IsAppOnly ? error : error.With("For users it takes the role Authentication Administrator, for administrators Privileged Authentication Administrator.");

    /// <summary>The same for ending somebody's sessions, which more roles may do (learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference, users/invalidateAllRefreshTokens [D]).</summary>
    /// <param name="user">Safe to show.</param>
    public static PasskeyAdminException NamedForSessions(PasskeyAdminException error, TenantSession tenant, string user, Reading<DirectoryStanding> standing) =>
        error.StatusCode != 403 || tenant.IsAppOnly ? error : error.With(standing is { IsRead: true, Value.IsAdministrator: true }
            ? $"{user} is an administrator ({NameLists.And(standing.Value.Roles)}): to end the sessions takes the role Privileged Authentication Administrator."
            : $"To end the sessions of users takes the role {SessionRoles}, and for administrators Privileged Authentication Administrator.{(standing.IsRead ? $" No active directory role of {user} could be seen." : "")}");

    private const string SessionRoles = "Helpdesk Administrator, User Administrator or Authentication Administrator";

    private static string Sentence(string user, Reading<DirectoryStanding> standing) => standing switch
    {
        { IsRead: false } => $"Whether {user} is an administrator could not be read: for users it takes the role Authentication Administrator, for administrators Privileged Authentication Administrator.",
        { Value.IsAdministrator: true } => $"{user} is an administrator ({NameLists.And(standing.Value.Roles)}): that takes the role Privileged Authentication Administrator.",
        _ => $"No active directory role of {user} could be seen: that takes the role Authentication Administrator; if the user has a role that does not show, such as an eligible one or one for an administrative unit, Privileged Authentication Administrator.",
    };
}
