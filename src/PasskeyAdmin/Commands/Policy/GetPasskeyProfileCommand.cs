using System.Management.Automation;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Commands;

/// <summary>Lists the passkey profiles of a tenant, by name or by id.</summary>
/// <remarks>
/// One parameter set: of two, the binder would take the default one for any object with a tenant id, and its text for the name.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "PasskeyProfile")]
[OutputType(typeof(PasskeyProfile))]
public sealed class GetPasskeyProfileCommand : TenantCmdlet
{
    private PolicyReader _reader = null!;
    private bool _isNameTyped;
    private bool _isTenantTyped;

    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Alias("ProfileName")]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string[]? Name { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [Alias("Id")]
    public string?[]? ProfileId { get; set; }

    protected override void BeginProcessing()
    {
        _reader = new PolicyReader(WriteWarning, StopToken);
        (_isNameTyped, _isTenantTyped) = (IsBound(nameof(Name)), IsBound(nameof(Tenant)));
    }

    protected override void ProcessRecord() => WithTenant(null, () =>
    {
        var policy = _reader.Read(Session, Client);
        if (IsBound(nameof(ProfileId)))
        {
            foreach (var id in ProfileId is { Length: > 0 } ids ? ids : [null]) ForItem(id, () => WriteObject(ProfileNames.ById(id, policy)));
        }
        else
        {
            // The binder also turns a tenant from the pipeline into a text.
            var isTenantPiped = IsBound(nameof(Tenant)) && !_isTenantTyped;
            foreach (var name in (_isNameTyped || !isTenantPiped ? Name : null) ?? ["*"]) ForItem(name, () => WriteObject(ProfileNames.Find(name, policy), enumerateCollection: true));
        }
    });
}
