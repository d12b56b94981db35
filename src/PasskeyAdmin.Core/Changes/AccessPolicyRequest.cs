using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>A Conditional Access policy that demands a strength, as somebody wants it.</summary>
internal sealed record AccessPolicyRequest(string Name, AccessState State, AuthenticationStrength Strength, IReadOnlyList<DirectoryApplication> Applications)
{
    /// <summary>Empty for everybody.</summary>
    public IReadOnlyList<DirectoryGroup> IncludeGroups { get; init; } = [];

    public IReadOnlyList<DirectoryGroup> ExcludeGroups { get; init; } = [];

    public bool IsForAllUsers => IncludeGroups.Count == 0;

    public bool IsForAllApplications => Applications.Any(a => a.AppId == DirectoryApplication.All);

    /// <summary>Whether it stands before the page where passkeys are registered.</summary>
    public bool IsForRegistration => IsForAllApplications || Applications.Any(a => a.AppId.Equals(ConditionalAccessPolicy.SecurityInformation, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it stands before the portals in which a tenant is run.</summary>
    public bool IsForAdministration => IsForAllApplications || Applications.Any(a => a.AppId.Equals("MicrosoftAdminPortals", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whom it means.</summary>
    public AccessUsers Users => new()
    {
        IncludeUsers = IsForAllUsers ? [All] : [],
        IncludeGroups = Ids(IncludeGroups),
        ExcludeGroups = Ids(ExcludeGroups),
    };

    private const string All = "All";

    /// <summary>As Graph wants it (learn.microsoft.com/graph/api/conditionalaccessroot-post-policies).</summary>
    public JObject Body
    {
        get
        {
            var users = new JObject();
            if (IsForAllUsers) users["includeUsers"] = new JArray(All);
            else users["includeGroups"] = new JArray(Ids(IncludeGroups));
            if (ExcludeGroups.Count > 0) users["excludeGroups"] = new JArray(Ids(ExcludeGroups));
            return new JObject
            {
                ["displayName"] = Name,
                ["state"] = State switch { AccessState.Enabled => "enabled", AccessState.Disabled => "disabled", _ => "enabledForReportingButNotEnforced" },
                ["conditions"] = new JObject
                {
                    ["clientAppTypes"] = new JArray("all"),
                    ["applications"] = new JObject { ["includeApplications"] = new JArray(Applications.Select(a => a.AppId)) },
                    ["users"] = users,
                },
                ["grantControls"] = new JObject { ["operator"] = "OR", ["builtInControls"] = new JArray(), ["authenticationStrength"] = new JObject { ["id"] = Strength.Id } },
            };
        }
    }

    /// <summary>What it is, in words.</summary>
    public IReadOnlyList<string> Words =>
    [
        $"+ Conditional Access policy {Name} ({State switch { AccessState.Enabled => "enabled", AccessState.Disabled => "disabled", _ => "report-only" }})",
        $"  demands: {DisplayText.Neutralise(Strength.Name)}",
        $"  for: {NameLists.First(Applications.Select(a => a.Shown))}",
        $"  of: {(IsForAllUsers ? "all users" : NameLists.First(IncludeGroups.Select(g => g.Shown)))}{(ExcludeGroups.Count > 0 ? $", but not {NameLists.First(ExcludeGroups.Select(g => g.Shown))}" : "")}",
    ];

    /// <summary>What an existing one has otherwise, in words; none where it is just this one.</summary>
    public IReadOnlyList<string> DifferencesFrom(JObject shown)
    {
        var wanted = Body;
        wanted["displayName"] = shown["displayName"]?.DeepClone();
        return AccessDifference.Between(wanted, shown);
    }

    /// <summary>It as it is in the tenant.</summary>
    public PasskeyConditionalAccessPolicy ToPolicy(string id, string? tenantId) => new(id, Name, State, Strength, Applications)
    {
        IncludeGroup = new JoinedList<string>(IncludeGroups.Select(g => g.Shown)),
        IncludeGroupId = new JoinedList<string>(Ids(IncludeGroups)),
        ExcludeGroup = new JoinedList<string>(ExcludeGroups.Select(g => g.Shown)),
        ExcludeGroupId = new JoinedList<string>(Ids(ExcludeGroups)),
        TenantId = tenantId,
    };

    private static string[] Ids(IEnumerable<DirectoryGroup> groups) => [.. groups.Select(g => g.Id)];
}
