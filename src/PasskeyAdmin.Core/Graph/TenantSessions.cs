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
        // The id is known without asking: nobody needs to be asked to find that it is another one.
        if (facts.TenantId is { } id && Guid.TryParse(requestedTenant, out var wanted) && Guid.TryParse(id, out var found) && wanted != found) throw Wrong(requestedTenant!, id, connection);
        (var organization, reason) = Organization.Read(new GraphClient(connection, traffic, log), token);
        if (organization is not null && facts.TenantId is { } signedIn && !organization.Id.Equals(signedIn, StringComparison.OrdinalIgnoreCase))
            throw Wrong(signedIn, organization.Id, connection);
        if (requestedTenant is not null)
        {
            if (organization is null && (facts.TenantId is null || !Guid.TryParse(requestedTenant, out _)))
                throw new PasskeyAdminException(ErrorKind.AccessDenied, "TenantNotVerified", $"Whether this is the tenant {DisplayText.Neutralise(requestedTenant)} cannot be told. {reason}");
            if (organization?.IsMeantBy(requestedTenant) == false) throw Wrong(requestedTenant, organization.Id, connection);
        }
        return new TenantSession(facts with { TenantId = organization?.Id ?? facts.TenantId, TenantName = organization?.Name }, connection, traffic);
    }

    private static PasskeyAdminException Wrong(string wanted, string found, GraphConnection connection) =>
        new(ErrorKind.InvalidOperation, "WrongTenant",
            $"The sign-in is for the tenant {DisplayText.Neutralise(found)} and not for {DisplayText.Neutralise(wanted)}. Nothing is connected. Sign in to the right one with {connection.SignInCommand}.")
        {
            RecommendedAction = connection.SignInCommand,
        };
}
