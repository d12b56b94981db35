using System;
using System.Linq;
using System.Management.Automation;
using Microsoft.Graph.PowerShell.Authentication.Models;

namespace Microsoft.Graph.PowerShell.Authentication.Cmdlets;

[Cmdlet(VerbsCommon.Get, "MgEnvironment")]
[OutputType(typeof(GraphEnvironment))]
public sealed class GetMgEnvironment : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    protected override void ProcessRecord() =>
        WriteObject(GraphEnvironment.BuiltIn.Where(e => Name is null || e.Name.Equals(Name, StringComparison.OrdinalIgnoreCase)), enumerateCollection: true);
}
