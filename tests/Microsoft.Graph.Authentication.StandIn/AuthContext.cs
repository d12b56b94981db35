using System;
using System.Security;
using System.Security.Cryptography.X509Certificates;

namespace Microsoft.Graph.PowerShell.Authentication;

/// <summary>What Get-MgContext writes. Null where a real sign-in has nothing to say.</summary>
public sealed class AuthContext
{
    public string? ClientId { get; set; }

    public string? TenantId { get; set; }

    /// <summary>The delegated permissions, or the application permissions (roles) of an app-only sign-in.</summary>
    public string[]? Scopes { get; set; }

    public AuthenticationType AuthType { get; set; }

    public TokenCredentialType TokenCredentialType { get; set; }

    public string? CertificateThumbprint { get; set; }

    public string? CertificateSubjectName { get; set; }

    public bool SendCertificateChain { get; set; }

    public string? Account { get; set; }

    public string? AppName { get; set; }

    public ContextScope ContextScope { get; set; }

    public X509Certificate2? Certificate { get; set; }

    public Version? PSHostVersion { get; set; }

    public string? ManagedIdentityId { get; set; }

    public SecureString? ClientSecret { get; set; }

    public string? Environment { get; set; }
}
