using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Commands;

/// <summary>Explains what the passkey policy lets one user register and use, and by which groups and profiles.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyEffectivePolicy")]
[OutputType(typeof(PasskeyEffectivePolicy))]
public sealed class GetPasskeyEffectivePolicyCommand : TenantCmdlet
{
    private ProviderCatalog _catalog = null!;
    private readonly Dictionary<TenantSession, PasskeyPolicy> _policies = [];
    private IReadOnlyList<PasskeyAuthenticator> _named = [];
    private PolicyReader _reader = null!;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("UserPrincipalName", "UPN", "User principal name", "ObjectId", "Id")]
    public string[] UserId { get; set; } = [];

    /// <summary>A row of Get-PasskeyRegistration asks about its own passkey; one that has no AAGUID, about its type.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    public Guid[]? AaGuid { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("PasskeyType")]
    public PasskeyTypes TargetType { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[]? Provider { get; set; }

    [Parameter]
    [ValidateNotNull]
    public object? Policy { get; set; }

    protected override void BeginProcessing()
    {
        _catalog = Catalogs.Current(SessionState);
        _reader = new PolicyReader(_catalog, WriteWarning, StopToken);
        if (IsBound(nameof(TargetType))) OrTerminate(TargetType, () => DeviceQuestions.RequireType(TargetType));
        _named = Provider is null ? [] : OrTerminate(Provider, Named);
    }

    protected override void ProcessRecord() => WithTenant(() =>
    {
        if (!_policies.TryGetValue(Session, out var policy)) _policies.Add(Session, policy = Read());
        var source = new EffectivePolicySource(Client, policy, WriteWarning);
        foreach (var user in UserId) ForItem(user, () => WriteObject(source.Read(user.Trim(), Models(), TargetType, StopToken)));
    });

    private PasskeyPolicy Read()
    {
        var policy = _reader.Read(Session, Client);
        return Policy is null ? policy : new PasskeyPolicySource(Session, Client, _catalog).Propose(policy, ProposedPolicies.Of(Policy, Session.TenantId), StopToken);
    }

    /// <summary>The models that are asked about; null where none is.</summary>
    private List<PasskeyAuthenticator>? Models() => AaGuid is not { Length: > 0 } && Provider is null ? null
        : [.. (AaGuid ?? []).SelectMany(a => _catalog.Find(a).Authenticator).Concat(_named).GroupBy(m => m.AaGuid).Select(g => g.First())];

    private List<PasskeyAuthenticator> Named()
    {
        var models = new List<PasskeyAuthenticator>();
        foreach (var name in ProviderNames.Parse(Provider ?? []))
        {
            var found = Find(name).SelectMany(p => p.Authenticator).ToList();
            if (found.Count == 0) throw name.NotFound(_catalog.Providers.Select(p => p.Name));
            models.AddRange(found);
        }
        return models;
    }

    /// <summary>An AAGUID does for a name.</summary>
    private IEnumerable<PasskeyProvider> Find(ProviderName name) => Guid.TryParse(name.Text, out var aaGuid) ? [_catalog.Find(aaGuid)] : name.Find(_catalog);
}
