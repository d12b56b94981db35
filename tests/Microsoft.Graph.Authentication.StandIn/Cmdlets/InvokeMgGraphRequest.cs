using System;
using System.Management.Automation;

namespace Microsoft.Graph.PowerShell.Authentication.Cmdlets;

/// <summary>Is there to be found: its assembly is the way to HttpHelpers.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MgGraphRequest")]
public sealed class InvokeMgGraphRequest : PSCmdlet
{
    protected override void ProcessRecord() => throw new NotImplementedException("The stand-in has no Invoke-MgGraphRequest.");
}
