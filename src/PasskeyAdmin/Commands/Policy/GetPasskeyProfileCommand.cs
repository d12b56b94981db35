using System;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Commands;

/// <summary>Lists the passkey profiles of a tenant, by name or by id.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyProfile", DefaultParameterSetName = ByName)]
[OutputType(typeof(PasskeyProfile))]
public sealed class GetPasskeyProfileCommand : TenantCmdlet
{
    private const string ByName = "Name";
    private const string ById = "ProfileId";

    private PasskeyPolicy _policy = null!;

    [Parameter(ParameterSetName = ByName, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Alias("ProfileName")]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string[]? Name { get; set; }

    [Parameter(ParameterSetName = ById, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Id")]
    public string[] ProfileId { get; set; } = [];

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _policy = OrTerminate(Session, () => PolicyReading.Read(Session, Client, WriteWarning, StopToken));
    }

    protected override void ProcessRecord()
    {
        if (ParameterSetName == ById)
        {
            foreach (var id in ProfileId) ForItem(id, () => WriteObject(_policy.Profile.FirstOrDefault(p => id.Equals(p.Id, StringComparison.OrdinalIgnoreCase)) ?? throw ProfileNames.NotFound(id, _policy)));
            return;
        }
        foreach (var name in Name ?? ["*"]) ForItem(name, () => WriteObject(ProfileNames.Find(name, _policy), enumerateCollection: true));
    }
}
