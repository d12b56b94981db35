using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Access;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Rules;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Commands;

/// <summary>Creates an authentication strength that takes passkeys, of any model or of those of a profile or of some providers.</summary>
[Cmdlet(VerbsCommon.New, "PasskeyAuthenticationStrength", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PasskeyAuthenticationStrength))]
public sealed class NewPasskeyAuthenticationStrengthCommand : TenantCmdlet
{
    private readonly Confirmation _confirmation;

    private ProviderCatalog _catalog = null!;
    private StrengthRequest _wanted = null!;

    public NewPasskeyAuthenticationStrengthCommand() => _confirmation = new Confirmation(this);

    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>From the pipeline, a profile by its id.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Id", "ProfileId")]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? FromProfile { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[]? Provider { get; set; }

    [Parameter]
    public SwitchParameter AllowTemporaryAccessPass { get; set; }

    [Parameter]
    public SwitchParameter AllowWindowsHello { get; set; }

    [Parameter]
    public SwitchParameter AllowCertificate { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>What must hold before anything is asked for.</summary>
    protected override void BeginProcessing() => OrTerminate(null, () =>
    {
        base.BeginProcessing();
        _catalog = Catalogs.Current(SessionState);
        if (FromProfile is not null && Provider is not null) throw ModelsConflict();
        _wanted = new StrengthRequest(ProfileRules.RequireName(Name, "-Name", "StrengthNameInvalid"))
        {
            Description = Description,
            AaGuids = Provider is null ? null : Models(Provider),
            TakesPass = AllowTemporaryAccessPass,
            TakesWindowsHello = AllowWindowsHello,
            TakesCertificates = AllowCertificate,
        };
    });

    protected override void ProcessRecord() => WithTenant(Make);

    private void Make()
    {
        if (FromProfile is not null && Provider is not null) throw ModelsConflict();
        if (!_confirmation.IsWhatIf) Client.RequireWritable();
        var (wanted, policy) = (_wanted, ReadPolicy());
        if (FromProfile is not null)
        {
            var models = ProfileModels.Of(ChangeParameters.Profile(Guid.TryParse(FromProfile, out _) ? FromProfile : null, FromProfile, policy!), _catalog);
            foreach (var note in models.Notes) WriteWarning(note);
            wanted = wanted with { AaGuids = models.AaGuids };
        }
        if (new AccessPlanner(Client).Existing(wanted, _catalog, StopToken) is { } existing)
        {
            WriteWarning($"There is an authentication strength {CommandText.Quote(wanted.Name)} with just these settings already: it is not created again.");
            var source = new AuthenticationStrengthSource(Session, Client, _catalog);
            var list = source.Read(StopToken);
            WriteObject(source.Describe(list, [.. list.Strengths.Where(s => s.Id == JsonText.Of(existing, "id"))], null, StopToken), enumerateCollection: true);
            return;
        }
        if (policy is not null)
            foreach (var advice in AccessAdvice.OutOfReach(wanted.AaGuids, new ModelReach(policy, _catalog), _catalog)) WriteWarning(advice);
        var creation = wanted.ToCreation(MyInvocation.MyCommand.Name, _catalog);
        if (!_confirmation.Ask($"Create an authentication strength in {DisplayText.Neutralise(Session.ToString())}:\n  {DisplayText.Neutralise(creation.Words[0])}\nIt takes sign-in from nobody before a Conditional Access policy demands it.", asks: false)) return;
        var made = AuthenticationStrength.Of(new AccessMaking(this, StopToken).Make(Session, Client, creation, new GuardLimits { IsSilent = _confirmation.IsSilent }, JournalPath))!;
        // What is new is demanded by nobody.
        WriteObject(new PasskeyAuthenticationStrength(made, PolicyProvider.ListOf(made.AaGuids ?? [], _catalog), [], null, Session.TenantId));
    }

    /// <summary>What nobody may register, the policy says; where that cannot be read, and no profile is asked for, the strength can be made all the same.</summary>
    private PasskeyPolicy? ReadPolicy()
    {
        PasskeyPolicy Read() => new PolicyReader(_catalog, WriteWarning, StopToken).Read(Session, Client);
        if (FromProfile is not null) return Read();
        var policy = GraphReading.Try("The passkey policy", Read, e => $"Whether a passkey profile lets anybody register what the strength takes is not known. {e.Message}");
        if (policy.Reason is not { } reason) return policy.Value;
        WriteWarning(reason);
        return null;
    }

    private static PasskeyAdminException ModelsConflict() => new(ErrorKind.InvalidArgument, "StrengthModelsConflict", "-FromProfile and -Provider each say which models the strength takes. Give one of them.");

    private IReadOnlyList<Guid> Models(string[] names)
    {
        var selection = ProviderSelection.Of(ProviderNames.Parse(names), _catalog, isToPass: true);
        foreach (var note in selection.Notes) WriteWarning(note);
        return selection.AaGuids;
    }
}
