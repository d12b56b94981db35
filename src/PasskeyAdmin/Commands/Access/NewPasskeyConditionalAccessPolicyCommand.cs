using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Commands;

/// <summary>Creates a Conditional Access policy that demands an authentication strength for applications, report-only unless said otherwise.</summary>
[Cmdlet(VerbsCommon.New, "PasskeyConditionalAccessPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PasskeyConditionalAccessPolicy))]
public sealed class NewPasskeyConditionalAccessPolicyCommand : TenantCmdlet
{
    private readonly Confirmation _confirmation;

    private ProviderCatalog _catalog = null!;
    private string _name = "";

    public NewPasskeyConditionalAccessPolicyCommand() => _confirmation = new Confirmation(this);

    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    /// <summary>From the pipeline, a strength by its id.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Id", "StrengthId")]
    [ArgumentCompleter(typeof(StrengthNameCompleter))]
    public string Strength { get; set; } = "";

    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] Application { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupNameCompleter))]
    public string[]? IncludeGroup { get; set; }

    [Parameter]
    [Alias("AllUsers")]
    public SwitchParameter AllUser { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupNameCompleter))]
    public string[]? ExcludeGroup { get; set; }

    [Parameter]
    [ValidateSet("ReportOnly", "Enabled", "Disabled")]
    public AccessState State { get; set; } = AccessState.ReportOnly;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaximumAffectedUser { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaximumUnknownUser { get; set; }

    [Parameter]
    public SwitchParameter AllowLockout { get; set; }

    [Parameter]
    public SwitchParameter SkipImpact { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>What must hold before anything is asked for.</summary>
    protected override void BeginProcessing() => OrTerminate(null, () =>
    {
        base.BeginProcessing();
        _catalog = Catalogs.Current(SessionState);
        _name = ProfileRules.RequireName(Name, "-Name", "AccessPolicyNameInvalid");
        if ((IncludeGroup is null) == !AllUser)
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, AllUser ? "TargetParametersConflict" : "TargetMissing", "Say whom the policy is for: either -IncludeGroup with names or ids of groups, or -AllUser.");
        ChangeParameters.RequireLimits(SkipImpact, IsBound(nameof(MaximumAffectedUser)) || IsBound(nameof(MaximumUnknownUser)));
    });

    protected override void ProcessRecord() => WithTenant(Make, target: Name);

    private void Make()
    {
        if (!_confirmation.IsWhatIf) Client.RequireWritable();
        var planner = new AccessPlanner(Client);
        var request = Request(planner);
        if (planner.Existing(request, StopToken) is { } existing)
        {
            WriteWarning($"There is a Conditional Access policy {CommandText.Quote(_name)} with just these settings already: it is not created again.");
            WriteObject(request.ToPolicy(JsonText.Of(existing, "id")!, Session.TenantId));
            return;
        }
        foreach (var advice in Advice(request)) WriteWarning(advice);
        var impact = State is AccessState.Enabled && !SkipImpact ? new GuardedAccess(this, _catalog, StopToken) { Waits = Wait, CheckpointPath = CheckpointPath }.Measure(Session, Client, request) : null;
        var guard = new AccessGuard(request, DisplayText.Neutralise(Session.ToString()), Limits, impact);
        if (guard.Refusal() is { } refusal) Refuse(refusal);
        if (!_confirmation.Ask(guard.Words(), guard.Asks)) return;
        var creation = new AccessCreation(AccessKind.Policy, _name, request.Body)
        {
            Command = MyInvocation.MyCommand.Name,
            Words = request.Words,
            Impact = State is not AccessState.Enabled ? null : impact?.ToJson() ?? (JToken)"not measured",
            Require = token =>
            {
                planner.RequireUnchanged(request.Strength, token);
                // The question may have stood for hours.
                if (State is AccessState.Enabled && new EmergencyCoverSource(Session, Client).Read(request.ExcludeGroups, token).Refusal() is { } since) throw since;
            },
        };
        var made = new AccessMaking(this, StopToken).Make(Session, Client, creation, Limits, JournalPath);
        WriteObject(request.ToPolicy(JsonText.Of(made, "id")!, Session.TenantId));
    }

    private AccessPolicyRequest Request(AccessPlanner planner)
    {
        var strength = planner.FindStrength(Strength, StopToken);
        var applications = new ApplicationLookup(Client).Find(Application, StopToken);
        var lookup = new AccessGroups(Client).Find(IncludeGroup ?? [], ExcludeGroup ?? [], StopToken);
        return new AccessPolicyRequest(_name, State, strength, applications) { IncludeGroups = lookup.Included, ExcludeGroups = lookup.Excluded };
    }

    /// <summary>What is worth knowing; what must not be is an error where the policy is to hold at once.</summary>
    private IEnumerable<string> Advice(AccessPolicyRequest request)
    {
        var advice = AccessAdvice.Loop(request).ToList();
        if (request.Strength.TakesPasskeys)
        {
            var policy = GraphReading.Try("Whether a passkey profile lets anybody register what the strength takes", () => new PolicyReader(_catalog, WriteWarning, StopToken).Read(Session, Client));
            advice.AddRange(policy.Reason is { } reason ? [reason] : AccessAdvice.OutOfReach(request.Strength.AaGuids, new ModelReach(policy.Value, _catalog), _catalog));
        }
        var cover = new EmergencyCoverSource(Session, Client).Read(request.ExcludeGroups, StopToken);
        if (cover.Refusal() is not { } refusal) return State is AccessState.Enabled && cover.Caution is { } caution ? [.. advice, caution] : advice;
        if (State is AccessState.Enabled) Refuse(refusal);
        else advice.Add($"It could not be enabled like this ({refusal.ErrorId}): {refusal.Message}");
        return advice;
    }

    private void Refuse(PasskeyAdminException refusal)
    {
        if (!_confirmation.IsWhatIf) throw refusal.With("Nothing was sent.");
        WriteWarning($"It would be refused ({refusal.ErrorId}): {refusal.Message}");
    }

    private GuardLimits Limits => new()
    {
        MaximumAffectedUser = IsBound(nameof(MaximumAffectedUser)) ? MaximumAffectedUser : null,
        MaximumUnknownUser = IsBound(nameof(MaximumUnknownUser)) ? MaximumUnknownUser : null,
        AllowsLockout = AllowLockout,
        SkipsImpact = SkipImpact,
        IsSilent = _confirmation.IsSilent,
    };
}
