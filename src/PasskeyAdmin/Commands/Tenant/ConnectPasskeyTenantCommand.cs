using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Security;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>Connects a tenant: through Microsoft Graph PowerShell, with an access token, or the sandbox.</summary>
/// <remarks>
/// Parameters take nearly anything, and are judged in here: what the binder refuses never gets here, and would leave the tenant before in its place for a
/// script that goes on.
/// </remarks>
[Cmdlet(VerbsCommunications.Connect, "PasskeyTenant", DefaultParameterSetName = GraphPowerShell)]
[OutputType(typeof(TenantSession))]
public sealed class ConnectPasskeyTenantCommand : PasskeyCmdlet
{
    private const string GraphPowerShell = "GraphPowerShell";
    private const string Token = "AccessToken";
    private const string InSandbox = "Sandbox";
    private const string InFile = "SandboxFile";

    [Parameter(Position = 0)]
    [AllowNull]
    [AllowEmptyString]
    public string? TenantId { get; set; }

    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    public string[]? Capability { get; set; }

    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? EmergencyAccount { get; set; }

    [Parameter]
    public SwitchParameter ForgetEmergencyAccount { get; set; }

    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(EnvironmentCompleter))]
    public string? Environment { get; set; }

    [Parameter(ParameterSetName = Token, Mandatory = true)]
    [AllowNull]
    [SecretTransformation]
    public SecureString? AccessToken { get; set; }

    [Parameter(ParameterSetName = Token)]
    [AllowNull]
    [AddressTransformation]
    public Uri? GraphEndpoint { get; set; }

    [Parameter(ParameterSetName = InSandbox, Mandatory = true)]
    [Parameter(ParameterSetName = InFile)]
    [Parameter(ParameterSetName = Token)]
    public SwitchParameter Sandbox { get; set; }

    [Parameter]
    [AllowNull]
    [ArgumentCompleter(typeof(SandboxSettingCompleter))]
    public object? SandboxSetting { get; set; }

    [Parameter(ParameterSetName = InFile, Mandatory = true)]
    [AllowNull]
    [AllowEmptyString]
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
        RequireValue(nameof(TenantId), TenantId);
        RequireValue(nameof(Environment), Environment);
        RequireValue(nameof(Path), Path);
        RequireValues(nameof(EmergencyAccount), EmergencyAccount);
        if (ForgetEmergencyAccount && EmergencyAccount is not null)
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "EmergencyAccountContradicted", "-EmergencyAccount names accounts, and -ForgetEmergencyAccount forgets them. Leave one of them out. Nothing is connected.");
        var capabilities = Capabilities.Parse(Capability, TenantCapability.Read);
        var clock = new SystemClock();
        var (reached, connection) = Reach(capabilities, clock);
        var facts = reached with { EmergencyAccounts = [.. (EmergencyAccount ?? []).Select(a => a!.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)] };
        var isOpen = false;
        try
        {
            var session = TenantSessions.Open(facts, connection, new GraphTraffic(connection.Clock ?? clock, new Random().NextDouble, connection.IsPaced), TenantId?.Trim(), WriteVerbose, StopToken, out var reason);
            if (reason is not null) WriteWarning($"The name of the tenant could not be read. {reason}");
            foreach (var limitation in session.Limitation) WriteWarning(limitation);
            if (IsBound(nameof(Capability)) && connection.Permissions is { } granted && CapabilityPermissions.Missing(capabilities, granted) is { Count: > 0 } missing)
                WriteWarning($"The sign-in lacks permissions that {string.Join(", ", capabilities)} needs: {string.Join(", ", missing)}. What needs them will be refused.");
            KeptEmergencyAccounts.Apply(session, EmergencyAccount is null ? null : facts.EmergencyAccounts, ForgetEmergencyAccount, WriteVerbose, WriteWarning);
            isOpen = true;
            return session;
        }
        finally
        {
            // Nobody else knows the client, and the copy of the token in it.
            if (!isOpen) connection.Close();
        }
    }

    private (TenantFacts Facts, GraphConnection Connection) Reach(TenantCapability[] capabilities, SystemClock clock)
    {
        if (ParameterSetName == Token && IsBound(nameof(SandboxSetting))) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "SandboxContradicted", "-SandboxSetting is for the sample tenant, and an access token is for another one. Leave one of them out.");
        if (ParameterSetName == Token && Sandbox) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "SandboxContradicted", "-Sandbox needs no access token. Leave one of them out, or say -Sandbox:$false.");
        if (ParameterSetName == Token) return TokenConnection.Open(AccessToken, IsBound(nameof(GraphEndpoint)) ? GraphEndpoint ?? AddressTransformationAttribute.None : null, Environment, clock.UtcNow);
        // -Sandbox:$false is how a script says that this time it is meant.
        var isSandbox = ParameterSetName == InFile ? !IsBound(nameof(Sandbox)) || Sandbox : (bool)Sandbox;
        if (isSandbox) return SandboxConnection.Open(Path is null ? null : InputPaths.ResolveLiteral(SessionState.Path, Path), Settings(), clock, WriteWarning);
        if (IsBound(nameof(SandboxSetting))) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "SandboxContradicted", "-SandboxSetting is for the sample tenant. Say -Sandbox as well, or leave it out.");
        if (Path is not null) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "SandboxContradicted", "-Path is the file of a sandbox, and -Sandbox is false. Leave one of them out.");
        return GraphModule.Require(InvokeCommand).Open(new GraphSignIn(capabilities, TenantId?.Trim(), Environment), WriteVerbose);
    }

    /// <summary>Null where there are none.</summary>
    private IDictionary? Settings()
    {
        if (!IsBound(nameof(SandboxSetting))) return null;
        if (Path is not null) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "SandboxContradicted", "A tenant in a file has its settings in the file. Change them there, or leave -Path out.");
        return Wrapped.Unwrap(SandboxSetting) as IDictionary
            ?? throw new PasskeyAdminException(ErrorKind.InvalidArgument, "SandboxSettingInvalid", "-SandboxSetting must be a table of names and values, such as @{ licence = 'Free' }.");
    }

    /// <summary>A variable that is empty by mistake must not mean "any".</summary>
    private void RequireValue(string name, string? value) => RequireValues(name, [value]);

    private void RequireValues(string name, string?[]? values)
    {
        if (IsBound(name) && (values is not { Length: > 0 } || Array.Exists(values, string.IsNullOrWhiteSpace)))
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ParameterEmpty", $"-{name} was given without a value: is a variable empty? Nothing is connected.");
    }
}
