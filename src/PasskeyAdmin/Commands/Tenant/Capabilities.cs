using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>Reads capabilities as users type them.</summary>
internal static class Capabilities
{
    /// <param name="otherwise">What is meant where none is named.</param>
    /// <exception cref="PasskeyAdminException"><c>CapabilityUnknown</c>.</exception>
    public static TenantCapability[] Parse(IReadOnlyCollection<string>? names, TenantCapability otherwise) => names is { Count: > 0 } ? [.. names.Select(Parse).Distinct()] : [otherwise];

    private static TenantCapability Parse(string? name) =>
        // Numbers would pass as members.
        Enum.GetNames(typeof(TenantCapability)).FirstOrDefault(n => n.Equals(name?.Trim(), StringComparison.OrdinalIgnoreCase)) is { } found
            ? (TenantCapability)Enum.Parse(typeof(TenantCapability), found)
            : throw new PasskeyAdminException(ErrorKind.InvalidArgument, "CapabilityUnknown", $"There is no capability '{DisplayText.Neutralise(name ?? "")}'. There are {string.Join(", ", Enum.GetNames(typeof(TenantCapability)))}.");
}
