namespace Microsoft.Graph.PowerShell.Authentication;

public enum AuthenticationType
{
    Delegated,
    AppOnly,
    UserProvidedAccessToken,
    ManagedIdentity,
    EnvironmentVariable,
}

public enum ContextScope
{
    Process,
    CurrentUser,
}

public enum TokenCredentialType
{
    InteractiveBrowser,
    DeviceCode,
    ClientCertificate,
    UserProvidedAccessToken,
    ManagedIdentity,
    ClientSecret,
    EnvironmentVariable,
}
