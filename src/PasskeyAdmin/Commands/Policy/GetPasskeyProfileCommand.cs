using System.Linq;
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

    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
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
        base.BeginProcessing();
        _reader = new PolicyReader(Catalogs.Current(SessionState), WriteWarning, StopToken);
    }

    protected override void ProcessRecord() => WithTenant(() =>
    {
        var policy = _reader.Read(Session, Client);
        if (ProfileId is { } ids)
        {
            // A name that was typed narrows what the ids mean; one that came with an object only says the same again.
            var named = IsTyped(nameof(Name)) ? Name!.SelectMany(n => NamePattern.Find(n, policy.Profile, p => [p.Name, p.RawName], "ProfileNameInvalid")).ToList() : null;
            foreach (var id in ids.Length > 0 ? ids : [null])
            {
                ForItem(id, () =>
                {
                    var profile = ProfileNames.ById(id, policy);
                    if (named?.Contains(profile) != false) WriteObject(profile);
                });
            }
            return;
        }
        foreach (var name in TextsOf(nameof(Name), Name) ?? ["*"]) ForItem(name, () => WriteObject(ProfileNames.Find(name, policy), enumerateCollection: true));
    });
}
