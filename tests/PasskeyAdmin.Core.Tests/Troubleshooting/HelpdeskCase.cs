using System;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>A call to the helpdesk: what the tenant holds, what the caller says, and what is wrong in truth.</summary>
/// <param name="Symptom">A word of <c>Test-PasskeyUser -Symptom</c>.</param>
/// <param name="ExpectedCause">What an expert who sees what Graph shows would name first; null where there is nothing to be found.</param>
/// <param name="Why">Why it is that, and what else it could be taken for.</param>
internal sealed record HelpdeskCase(string Name, string Symptom, string? ExpectedCause, string Why, Func<HelpdeskTenant> Tenant)
{
    /// <summary>The code or the words that the caller reads out.</summary>
    public string? ErrorCode { get; init; }

    public string? DeviceName { get; init; }

    /// <summary>Two cases of one number have one symptom and nearly one tenant, and another cause.</summary>
    public int? Pair { get; init; }

    public string UserPrincipalName => Tenant().UserPrincipalName;

    public string TenantJson => Tenant().ToJson();
}
