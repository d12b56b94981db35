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

    private readonly HashSet<(string? Tenant, string Id)> _written = [];
    private PolicyReader _reader = null!;

    [Parameter(ParameterSetName = ByProfile, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Alias("Name")]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string[]? ProfileName { get; set; }

    [Parameter(ParameterSetName = ByProfileId, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [Alias("Id")]
    public string?[]? ProfileId { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TargetNameCompleter))]
    public string[]? Group { get; set; }

    protected override void BeginProcessing() => _reader = new PolicyReader(Catalogs.Current(SessionState), WriteWarning, StopToken);

    protected override void ProcessRecord() => WithTenant(() =>
    {
        var policy = _reader.Read(Session, Client);
        if (ParameterSetName == ByProfileId)
        {
            foreach (var id in ProfileId is { Length: > 0 } ids ? ids : [null]) ForItem(id, () => Write(ProfileNames.ById(id, policy).Target, policy));
        }
        else if (ProfileName is null)
        {
            Write(policy.Target, policy);
        }
        else
        {
            foreach (var name in ProfileName) ForItem(name, () => Write([.. ProfileNames.Find(name, policy).SelectMany(p => p.Target)], policy));
        }
    });

    private void Write(IReadOnlyList<PasskeyProfileTarget> targets, PasskeyPolicy policy)
    {
        if (Group is null) WriteOnce(targets);
        else
            foreach (var group in Group) ForItem(group, () => WriteOnce(Named(group, targets, policy)));
    }

    /// <summary>Two profiles of one target are one object.</summary>
    private void WriteOnce(IEnumerable<PasskeyProfileTarget> targets)
    {
        foreach (var target in targets)
            if (_written.Add((target.TenantId, target.Id))) WriteObject(target);
    }

    /// <summary>A group by name, by pattern or by id.</summary>
    private static List<PasskeyProfileTarget> Named(string group, IEnumerable<PasskeyProfileTarget> targets, PasskeyPolicy policy)
    {
        var found = NamePattern.Find(group, targets, t => [t.Id, t.Name, t.RawName], "GroupNameInvalid");
        if (found.Count > 0 || WildcardPattern.ContainsWildcardCharacters(group)) return found;
        var unread = policy.Target.Count(t => t.Status is TargetStatus.NotRead);
        var isExcluded = policy.Exclusion.Any(e => group.Equals(e.Id, StringComparison.OrdinalIgnoreCase) || group.Equals(e.Name, StringComparison.OrdinalIgnoreCase));
        var isOther = NamePattern.Find(group, policy.Target, t => [t.Id, t.Name, t.RawName], "GroupNameInvalid").Count > 0;
        throw new PasskeyAdminException(ErrorKind.NotFound, "TargetNotFound",
            isOther ? $"'{DisplayText.Neutralise(group)}' is a target of other profiles, but not of this one."
            : $"No target is called '{DisplayText.Neutralise(group)}'. "
            + (isExcluded ? "It is an exclusion: its members are shut out." : NearNames.Question(group, policy.Target.Select(t => t.Name).OfType<string>(), "Get-PasskeyProfileTarget lists all."))
            + (unread > 0 ? $" The names of {unread} targets could not be read, so it may be one of them." : ""));
    }
}
