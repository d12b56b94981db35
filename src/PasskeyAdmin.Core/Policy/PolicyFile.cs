using System;
using System.Collections.Generic;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Policy;

/// <summary>A whole policy in a file, without a tenant: the names of its groups are not known.</summary>
internal static class PolicyFile
{
    /// <exception cref="PasskeyAdminException"><c>ProposedPolicyInvalid</c>.</exception>
    public static PasskeyPolicy Understand(PolicyProposal whole, ProviderCatalog catalog, DateTimeOffset now) =>
        whole.Whole().ToPolicy(catalog, new Dictionary<string, TargetName>(), new PolicyFacts { ReadAt = now });
}
