using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Commands;

/// <summary>Lists the targets of the passkey policy: groups, and the profiles that their members may use.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyProfileTarget", DefaultParameterSetName = ByProfile)]
[OutputType(typeof(PasskeyProfileTarget))]
public sealed class GetPasskeyProfileTargetCommand : TenantCmdlet
{
    private const string ByProfile = "ProfileName";
    private const string ByProfileId = "ProfileId";

    private readonly HashSet<PasskeyProfileTarget> _written = [];
    private PasskeyPolicy _policy = null!;

    [Parameter(ParameterSetName = ByProfile, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Alias("Name")]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string[]? ProfileName { get; set; }

    [Parameter(ParameterSetName = ByProfileId, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Id")]
    public string[] ProfileId { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Group { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _policy = OrTerminate(Session, () => PolicyReading.Read(Session, Client, WriteWarning, StopToken));
    }

    protected override void ProcessRecord()
    {
        if (ParameterSetName == ByProfileId)
        {
            foreach (var id in ProfileId) ForItem(id, () => Write(_policy.Profile.FirstOrDefault(p => id.Equals(p.Id, StringComparison.OrdinalIgnoreCase))?.Target ?? throw ProfileNames.NotFound(id, _policy)));
        }
        else if (ProfileName is null)
        {
            ForItem(Group, () => Write(_policy.Target));
        }
        else
        {
            foreach (var name in ProfileName) ForItem(name, () => Write(ProfileNames.Find(name, _policy).SelectMany(p => p.Target)));
        }
    }

    private void Write(IEnumerable<PasskeyProfileTarget> targets)
    {
        foreach (var target in Group is null ? targets : Group.SelectMany(g => Named(g, targets)))
            // Two profiles of one target are one object.
            if (_written.Add(target)) WriteObject(target);
    }

    /// <summary>A group by name, by pattern or by id.</summary>
    private IReadOnlyList<PasskeyProfileTarget> Named(string group, IEnumerable<PasskeyProfileTarget> targets)
    {
        var matches = NamePattern.Matcher(group, "GroupNameInvalid");
        var found = targets.Where(t => group.Equals(t.Id, StringComparison.OrdinalIgnoreCase) || group.Equals(t.Name, StringComparison.OrdinalIgnoreCase) || (t.Name is { } name && matches(name))).ToList();
        if (found.Count > 0 || WildcardPattern.ContainsWildcardCharacters(group)) return found;
        var unread = _policy.Target.Count(t => t.Status is TargetStatus.NotRead);
        throw new PasskeyAdminException(ErrorKind.NotFound, "TargetNotFound",
            $"No target is called '{DisplayText.Neutralise(group)}'. {NearNames.Question(group, _policy.Target.Select(t => t.Name).OfType<string>(), "Get-PasskeyProfileTarget lists all.")}"
            + (unread > 0 ? $" The names of {unread} targets could not be read, so it may be one of them." : ""));
    }
}
