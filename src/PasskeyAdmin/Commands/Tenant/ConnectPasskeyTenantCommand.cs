using System;
using System.Management.Automation;
using System.Security;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>Connects a tenant: through Microsoft Graph PowerShell, with an access token, or the sandbox.</summary>
[Cmdlet(VerbsCommunications.Connect, "PasskeyTenant", DefaultParameterSetName = GraphPowerShell)]
[OutputType(typeof(TenantSession))]
public sealed class ConnectPasskeyTenantCommand : PasskeyCmdlet
{
    private const string GraphPowerShell = "GraphPowerShell";
    private const string Token = "AccessToken";
    private const string TokenAtEndpoint = "AccessTokenAtEndpoint";
    private const string InSandbox = "Sandbox";

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TenantId { get; set; }

    [Parameter(ParameterSetName = GraphPowerShell)]
    [Parameter(ParameterSetName = Token)]
    [Parameter(ParameterSetName = TokenAtEndpoint)]
    public TenantCapability[] Capability { get; set; } = [TenantCapability.Read];

    [Parameter(ParameterSetName = GraphPowerShell)]
    [Parameter(ParameterSetName = Token)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EnvironmentCompleter))]
    public string? Environment { get; set; }

    [Parameter(ParameterSetName = Token, Mandatory = true)]
    [Parameter(ParameterSetName = TokenAtEndpoint, Mandatory = true)]
    [SecretTransformation]
    public SecureString AccessToken { get; set; } = null!;

    [Parameter(ParameterSetName = TokenAtEndpoint, Mandatory = true)]
    public Uri GraphEndpoint { get; set; } = null!;

    [Parameter(ParameterSetName = InSandbox, Mandatory = true)]
    public SwitchParameter Sandbox { get; set; }

    [Parameter(ParameterSetName = InSandbox)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    protected override void EndProcessing()
    {
        // First of all: a Connect that fails leaves nothing behind that a later command could take for what was asked for.
        CurrentTenant.Set(SessionState, null);
        var session = OrTerminate(TenantId, Open);
        CurrentTenant.Set(SessionState, session);
        WriteObject(session);
    }

    private TenantSession Open()
    {
        var clock = new SystemClock();
        var (facts, connection) = ParameterSetName switch
        {
            Token or TokenAtEndpoint => TokenConnection.Open(AccessToken, GraphEndpoint, Environment, clock.UtcNow),
            InSandbox => SandboxConnection.Open(Path is null ? null : InputPaths.ResolveLiteral(SessionState.Path, Path), WriteWarning),
            _ => GraphModule.Require(InvokeCommand).Open(new GraphSignIn(Capability, TenantId, Environment), WriteVerbose),
        };
        var session = TenantSessions.Open(facts, connection, new GraphTraffic(clock, new Random().NextDouble), TenantId, WriteVerbose, StopToken, out var reason);
        if (reason is not null) WriteWarning($"The name of the tenant could not be read. {reason}");
        foreach (var limitation in session.Limitation) WriteWarning(limitation);
        if (IsBound(nameof(Capability)) && connection.Permissions is { } granted && CapabilityPermissions.Missing(Capability, granted) is { Count: > 0 } missing)
            WriteWarning($"The sign-in lacks permissions that {string.Join(", ", Capability)} needs: {string.Join(", ", missing)}. What needs them will be refused.");
        return session;
    }
}
