using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Changes;

/// <summary>What was seen after passkeys were asked to be removed.</summary>
/// <param name="There">The ids of those that the user has; null where they could not be read.</param>
internal sealed record RemovalLook(HashSet<string>? There)
{
    public PasskeyAdminException? Fault { get; init; }
}

/// <summary>Looks at the passkeys of a user (design §5.9).</summary>
internal sealed class RemovalWatch(TenantSession tenant, GraphClient client)
{
    private readonly PatientLook _patient = new(tenant, client);

    public static string PathOf(string userId) => $"/v1.0/users/{Uri.EscapeDataString(userId)}/authentication/fido2Methods";

    public static string PathOf(string userId, string passkeyId) => $"{PathOf(userId)}/{Uri.EscapeDataString(passkeyId)}";

    /// <summary>The ids of the passkeys that a user has now. They are to the letter: Base64URL.</summary>
    /// <exception cref="PasskeyAdminException">Where they cannot be read.</exception>
    public HashSet<string> Read(string userId, CancellationToken token) => new(client.GetAll(PathOf(userId), token).Select(m => JsonText.Of(m, "id")).OfType<string>(), StringComparer.Ordinal);

    /// <summary>Looks until these are gone, or the time is up. By the list: a "not found" of one may come from a place that does not know it yet.</summary>
    public RemovalLook Gone(string userId, IReadOnlyList<string> ids, CriticalSection critical) =>
        ids.Count == 0 ? new RemovalLook(null) : _patient.Until(critical, () => new RemovalLook(Read(userId, critical.Token)), fault => new RemovalLook(null) { Fault = fault }, look => look.There is { } there && !ids.Any(there.Contains));
}
