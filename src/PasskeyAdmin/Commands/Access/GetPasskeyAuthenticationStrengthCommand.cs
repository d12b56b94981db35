using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Access;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Commands;

/// <summary>Lists the authentication strengths of a tenant, what they take, what uses them, and whom they would refuse today.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyAuthenticationStrength")]
[OutputType(typeof(PasskeyAuthenticationStrength))]
public sealed class GetPasskeyAuthenticationStrengthCommand : TenantCmdlet
{
    private readonly Dictionary<TenantSession, StrengthList> _lists = [];
    private readonly Dictionary<TenantSession, (GraphClient Client, List<AuthenticationStrength> Chosen)> _open = [];
    private readonly HashSet<(TenantSession Session, string Sentence)> _told = [];

    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Alias("StrengthName")]
    [ArgumentCompleter(typeof(StrengthNameCompleter))]
    public string[]? Name { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("StrengthId")]
    public string[]? Id { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public AuthenticationStrengthType[]? Type { get; set; }

    [Parameter]
    public SwitchParameter IncludeRefusedUser { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    protected override void ProcessRecord() => WithTenant(() =>
    {
        if (!_lists.TryGetValue(Session, out var list)) _lists.Add(Session, list = new AuthenticationStrengthSource(Session, Client, Catalogs.Current(SessionState)).Read(StopToken));
        var chosen = Choose(list.Strengths).Where(s => Type?.Contains(s.Type) != false).ToList();
        if (!IncludeRefusedUser) Write(Session, Client, list, chosen, null);
        else if (_open.TryGetValue(Session, out var open)) open.Chosen.AddRange(chosen.Except(open.Chosen));
        else _open.Add(Session, (Client, [.. chosen.Distinct()]));
    });

    /// <summary>People are read once for all strengths that the pipeline named.</summary>
    protected override void EndProcessing()
    {
        foreach (var open in _open.Where(o => o.Value.Chosen.Count > 0)) ForItem(open.Key, () => Measure(open.Key, open.Value.Client, open.Value.Chosen));
    }

    private List<AuthenticationStrength> Choose(IReadOnlyList<AuthenticationStrength> all)
    {
        var chosen = new List<AuthenticationStrength>();
        if (Id is null)
        {
            foreach (var name in TextsOf(nameof(Name), Name) ?? ["*"]) ForItem(name, () => chosen.AddRange(StrengthNames.Find(name, all, Session).Except(chosen)));
            return chosen;
        }
        // A name that was typed narrows what the ids mean; one that came with an object only says the same again.
        var named = IsTyped(nameof(Name)) ? Name!.SelectMany(n => NamePattern.Find(n, all, s => [s.Name, DisplayText.Neutralise(s.Name)], "StrengthNameInvalid")).ToList() : null;
        foreach (var id in Id)
        {
            ForItem(id, () =>
            {
                var strength = StrengthNames.ById(id, all, Session);
                if (named?.Contains(strength) != false) chosen.Add(strength);
            });
        }
        return chosen;
    }

    private void Measure(TenantSession session, GraphClient client, List<AuthenticationStrength> chosen)
    {
        var progress = new ReadProgressWriter(this);
        using var checkpoint = CheckpointPath is null ? null : Checkpoints.Open(SessionState.Path, CheckpointPath, session, WriteWarning);
        try
        {
            Write(session, client, _lists[session], chosen, new RuleOptions { Waits = Wait, Checkpoint = checkpoint, Announce = progress.Announce, Notice = sentence => Tell(session, sentence), Progress = progress });
        }
        finally
        {
            if (!StopToken.IsCancellationRequested) progress.Complete();
        }
    }

    private void Write(TenantSession session, GraphClient client, StrengthList list, List<AuthenticationStrength> chosen, RuleOptions? measure)
    {
        foreach (var strength in new AuthenticationStrengthSource(session, client, Catalogs.Current(SessionState)).Describe(list, chosen, measure, StopToken))
        {
            // That a strength is not judged, its row says; what is missing of one that is, nothing else would.
            foreach (var reason in strength.IsPhishingResistant ? strength.NotRead : strength.UsedBy is null ? strength.NotRead.Take(1) : []) Tell(session, reason);
            WriteObject(strength);
        }
    }

    private void Tell(TenantSession session, string sentence)
    {
        if (_told.Add((session, sentence))) WriteWarning(_lists.Count > 1 ? $"{session}: {sentence}" : sentence);
    }
}
