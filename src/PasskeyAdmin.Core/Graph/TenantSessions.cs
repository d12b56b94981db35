using System;
using System.Threading;

namespace PasskeyAdmin.Graph;

/// <summary>Turns a way to reach a tenant into a session, after having looked which tenant is there.</summary>
internal static class TenantSessions
{
    /// <param name="facts">What the sign-in says.</param>
    /// <param name="requestedTenant">The id or a domain of the tenant that the user wants; null for any.</param>
    /// <param name="reason">Why the organization could not be read; null where it was.</param>
    /// <exception cref="PasskeyAdminException"><c>WrongTenant</c>, <c>TenantNotVerified</c>, and what <see cref="GraphClient"/> throws.</exception>
    public static TenantSession Open(TenantFacts facts, GraphConnection connection, GraphTraffic traffic, string? requestedTenant, Action<string> log, CancellationToken token, out string? reason)
    {
        var signedIn = facts.TenantId;
        // Two ids that differ need no request to be told apart.
        if (Guid.TryParse(requestedTenant, out var wanted) && Guid.TryParse(signedIn, out var id) && wanted != id) throw Wrong(signedIn!, requestedTenant!, connection);
        (var organization, reason) = Organization.Read(new GraphClient(connection, traffic, log), token);
        if (organization is not null)
        {
            if (signedIn is not null && !organization.IsMeantBy(signedIn)) throw Wrong(organization.Id, signedIn, connection);
            if (requestedTenant is not null && !organization.IsMeantBy(requestedTenant)) throw Wrong(organization.Id, requestedTenant, connection);
        }
        // Without the organization, only two ids can be compared, which has been done.
        else if (requestedTenant is not null && !(Guid.TryParse(requestedTenant, out _) && Guid.TryParse(signedIn, out _)))
        {
            throw new PasskeyAdminException(ErrorKind.AccessDenied, "TenantNotVerified", $"Whether this is the tenant {DisplayText.Neutralise(requestedTenant)} cannot be told. {reason}");
        }
        return new TenantSession(facts with { TenantId = organization?.Id ?? signedIn, TenantName = organization?.Name }, connection, traffic);
    }

    private static PasskeyAdminException Wrong(string found, string wanted, GraphConnection connection) =>
        new(ErrorKind.InvalidOperation, "WrongTenant", $"This is the tenant {DisplayText.Neutralise(found)} and not {DisplayText.Neutralise(wanted)}. Nothing is connected. {connection.OtherTenantAdvice}");
}
