using System.Management.Automation;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Commands;

/// <summary>Reads the passkey policy of a tenant, with its profiles, targets and exclusions.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyPolicy")]
[OutputType(typeof(PasskeyPolicy))]
public sealed class GetPasskeyPolicyCommand : TenantCmdlet
{
    protected override void ProcessRecord() => WithTenant(() => WriteObject(new PolicyReader(Catalogs.Current(SessionState), WriteWarning, StopToken).Read(Session, Client)));
}
