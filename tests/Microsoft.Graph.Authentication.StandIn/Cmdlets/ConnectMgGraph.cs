using System;
using System.Linq;
using System.Management.Automation;
using Azure.Identity;
using Microsoft.Graph.PowerShell.Authentication.Models;

namespace Microsoft.Graph.PowerShell.Authentication.Cmdlets;

/// <summary>Signs in as whom the test says. Its failures are errors that do not end the pipeline, as those of the real one.</summary>
[Cmdlet(VerbsCommunications.Connect, "MgGraph")]
public sealed class ConnectMgGraph : PSCmdlet, IModuleAssemblyCleanup
{
    private GraphEnvironment _environment = GraphEnvironment.Find("Global")!;

    [Parameter(Position = 1)]
    public string[]? Scopes { get; set; }

    [Parameter]
    [Alias("Audience", "Tenant")]
    public string? TenantId { get; set; }

    [Parameter]
    public ContextScope ContextScope { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("EnvironmentName", "NationalCloud")]
    public string? Environment { get; set; }

    [Parameter]
    public SwitchParameter NoWelcome { get; set; }

    protected override void BeginProcessing()
    {
        if (Environment is null) return;
        _environment = GraphEnvironment.Find(Environment) ?? throw new PSInvalidOperationException($"Unable to find environment with name '{Environment}'.");
    }

    protected override void ProcessRecord()
    {
        ContextScope? scope = MyInvocation.BoundParameters.ContainsKey(nameof(ContextScope)) ? ContextScope : null;
        var scopes = Scopes?.SelectMany(s => s.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        try
        {
            StandIn.Connect(new ConnectCall(scopes, TenantId, Environment, scope, NoWelcome), _environment, Host.Version);
        }
        catch (AuthenticationFailedException e)
        {
            WriteError(new ErrorRecord(e, string.Empty, ErrorCategory.NotSpecified, null));
            return;
        }
        if (!NoWelcome) WriteObject("Welcome to Microsoft Graph!");
    }

    public void OnRemove(PSModuleInfo psModuleInfo) => GraphSession.SignOut();
}
