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
    private readonly Dictionary<TenantSession, EffectivePolicySource> _sources = [];
    private readonly HashSet<TenantSession> _refused = [];
    private IReadOnlyList<AskedModel> _named = [];
    private PolicyReader _reader = null!;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("UserPrincipalName", "UPN", "User principal name", "ObjectId", "Id")]
    public string[] UserId { get; set; } = [];

    /// <summary>A row of Get-PasskeyRegistration asks about its own passkey; one that has no AAGUID, about its type.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [UnderstoodTransformation(typeof(Guid[]))]
    public Guid[]? AaGuid { get; set; }

    /// <summary>From the pipeline, the type of the passkey; none where that is not known.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("PasskeyType")]
    [UnderstoodTransformation(typeof(PasskeyTypes))]
    public PasskeyTypes? TargetType { get; set; }

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
        OrTerminate(TargetType, () => DeviceQuestions.RequireType(TargetType));
        _named = Provider is null ? [] : OrTerminate(Provider, Named);
    }

    protected override void ProcessRecord() => WithTenant(() =>
    {
        // What is wrong with a proposal is wrong for every user of a tenant, and is said once.
        if (_refused.Contains(Session)) return;
        if (!_sources.TryGetValue(Session, out var source)) _sources.Add(Session, source = new EffectivePolicySource(Client, Read(), WriteWarning));
        foreach (var user in UserId) ForItem(user, () => WriteObject(source.Read(user.Trim(), Models(), TargetType ?? PasskeyTypes.None, StopToken)));
    });

    private PasskeyPolicy Read()
    {
        var policy = _reader.Read(Session, Client);
        if (Policy is null) return policy;
        _refused.Add(Session);
        var proposed = new PasskeyPolicySource(Session, Client, _catalog).Propose(policy, ProposedPolicies.Of(Policy, Session.TenantId), StopToken);
        foreach (var objection in new ProposalRules(proposed, policy).Objections()) WriteWarning(objection);
        _refused.Remove(Session);
        return proposed;
    }

    /// <summary>The models that are asked about; null where none is.</summary>
    private List<AskedModel>? Models() => AaGuid is not { Length: > 0 } && Provider is null ? null
        : [.. (AaGuid ?? []).SelectMany(a => _catalog.Find(a).Authenticator).Select(m => new AskedModel(m, TargetType)).Concat(_named).GroupBy(m => m.Model.AaGuid).Select(g => g.First())];

    /// <summary>A type that comes with a passkey on the pipeline is not that of a provider.</summary>
    private List<AskedModel> Named()
    {
        var models = new List<AskedModel>();
        foreach (var name in ProviderNames.Parse(Provider ?? []))
        {
            var found = Find(name).SelectMany(p => p.Authenticator).ToList();
            if (found.Count == 0) throw name.NotFound(_catalog.Providers.Select(p => p.Name));
            models.AddRange(found.Select(m => new AskedModel(m, TargetType)));
        }
        return models;
    }

    /// <summary>An AAGUID does for a name.</summary>
    private IEnumerable<PasskeyProvider> Find(ProviderName name) => Guid.TryParse(name.Text, out var aaGuid) ? [_catalog.Find(aaGuid)] : name.Find(_catalog);
}
