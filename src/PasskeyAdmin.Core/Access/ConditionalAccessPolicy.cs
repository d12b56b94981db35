using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Access;

/// <summary>Whether a Conditional Access policy does anything.</summary>
public enum AccessState
{
    /// <summary>A state that this version does not know.</summary>
    Unknown,

    /// <summary>It decides who gets in.</summary>
    Enabled,

    /// <summary>It says in the log what it would do.</summary>
    ReportOnly,

    /// <summary>It does nothing.</summary>
    Disabled,
}

/// <summary>Whom a Conditional Access policy is for.</summary>
internal sealed record AccessUsers
{
    public const string Guests = "GuestsOrExternalUsers";

    private const string Everybody = "All";
    private const string Nobody = "None";

    public IReadOnlyCollection<string> IncludeUsers { get; init; } = [];

    public IReadOnlyCollection<string> ExcludeUsers { get; init; } = [];

    public IReadOnlyCollection<string> IncludeGroups { get; init; } = [];

    public IReadOnlyCollection<string> ExcludeGroups { get; init; } = [];

    /// <summary>By the template ids of roles.</summary>
    public IReadOnlyCollection<string> IncludeRoles { get; init; } = [];

    public IReadOnlyCollection<string> ExcludeRoles { get; init; } = [];

    /// <summary>Whether it is for some kinds of guests, of which more than "guest" is asked.</summary>
    public bool IncludesKindsOfGuests { get; init; }

    /// <summary>Whether it leaves out some kinds of guests, of which more than "guest" is asked.</summary>
    public bool ExcludesKindsOfGuests { get; init; }

    public bool IncludesAll => IncludeUsers.Contains(Everybody);

    /// <summary>Whether somebody is among them; null where that is not known. An exclusion wins.</summary>
    /// <param name="userId">The object id.</param>
    /// <param name="isGuest">Null where that is not known.</param>
    /// <param name="isIn">Whether the user is in a group; null where that is not known.</param>
    /// <param name="hasRole">Whether the user has a role, by its template id; null where that is not known.</param>
    public bool? Cover(string userId, bool? isGuest, Func<string, bool?> isIn, Func<string, bool?> hasRole)
    {
        bool? Means(IReadOnlyCollection<string> names, IReadOnlyCollection<string> groupIds, IReadOnlyCollection<string> roleIds, bool hasKindsOfGuests)
        {
            if (names.Contains(userId)) return true;
            // Which kinds of guests are meant is not looked into.
            bool? any = hasKindsOfGuests && isGuest != false ? null : false;
            if (names.Contains(Guests)) any |= isGuest;
            foreach (var role in roleIds) any |= hasRole(role);
            foreach (var group in groupIds) any |= isIn(group);
            return any;
        }
        var included = IncludesAll ? true : Means(IncludeUsers, IncludeGroups, IncludeRoles, IncludesKindsOfGuests);
        return included & !Means(ExcludeUsers, ExcludeGroups, ExcludeRoles, ExcludesKindsOfGuests);
    }

    /// <summary>Whether it is for guests alone, or for nobody.</summary>
    public bool AreGuestsAtMost => IncludeGroups.Count == 0 && IncludeRoles.Count == 0 && IncludeUsers.All(u => u is Guests or Nobody);
}

/// <summary>A Conditional Access policy, as far as passkeys ask for it (learn.microsoft.com/graph/api/resources/conditionalaccesspolicy).</summary>
internal sealed record ConditionalAccessPolicy(string Id, string Name, AccessState State)
{
    /// <summary>"My Signins", where people register methods: a demand on it would keep them from it.</summary>
    public const string SecurityInformation = "19db86c3-b2b9-44cc-b339-36da233a3be2";

    private const string All = "All";
    private const string Registration = "urn:user:registersecurityinfo";

    private static readonly string[] Risks = ["signInRiskLevels", "userRiskLevels", "servicePrincipalRiskLevels"];

    /// <summary>The name in a sentence: safe to show, and not long.</summary>
    public string Shown => DisplayText.Excerpt(Name, 80);

    public AccessUsers Users { get; init; } = new();

    public IReadOnlyCollection<string> IncludeApplications { get; init; } = [];

    public IReadOnlyCollection<string> ExcludeApplications { get; init; } = [];

    /// <summary>When it was changed last, or made, in UTC; null where Graph does not say.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    public IReadOnlyCollection<string> UserActions { get; init; } = [];

    /// <summary>Whether applications are chosen by their attributes: which these are is not known.</summary>
    public bool HasApplicationFilter { get; init; }

    /// <summary>Whether it holds at a risk only.</summary>
    public bool IsAboutRisk { get; init; }

    /// <summary>Whether it holds for some platforms only.</summary>
    public bool IsForSomePlatforms { get; init; }

    /// <summary>Whether it holds at some places only, as outside the offices.</summary>
    public bool IsForSomeLocations { get; init; }

    /// <summary>Whether these places are named: else it holds everywhere but at some.</summary>
    public bool IsForNamedLocations { get; init; }

    /// <summary>Whether it is about old protocols alone, which know no passkey.</summary>
    public bool IsForLegacyClients { get; init; }

    /// <summary>Whether it is for browsers only, or for applications on devices only.</summary>
    public bool IsForSomeClients { get; init; }

    /// <summary>Whether devices are chosen by their attributes.</summary>
    public bool HasDeviceFilter { get; init; }

    /// <summary>Whether it holds somewhere only: on some platforms, at some places, for some clients or devices.</summary>
    public bool IsForSomeSurroundings => IsForSomePlatforms || IsForSomeLocations || IsForSomeClients || HasDeviceFilter;

    /// <summary>Whether it is about special ways of signing in alone, such as a code on another device.</summary>
    public bool IsForSomeFlows { get; init; }

    /// <summary>Whether one of the controls is enough.</summary>
    public bool IsAnyEnough { get; init; }

    public IReadOnlyCollection<string> Controls { get; init; } = [];

    /// <summary>Whether terms of use, or something of another maker, is among the controls.</summary>
    public bool HasOtherControls { get; init; }

    public string? StrengthId { get; init; }

    public bool IsEnabled => State is AccessState.Enabled;

    public bool IsForAllApplications => IncludeApplications.Contains(All);

    public bool IsForRegistration => UserActions.Contains(Registration);

    public bool Blocks => Controls.Contains("block");

    /// <summary>Whether the strength is demanded, and nothing else would do instead.</summary>
    public bool DemandsStrength => StrengthId is not null && (!IsAnyEnough || (Controls.Count == 0 && !HasOtherControls));

    /// <summary>
    /// Whether it demands a strength of whoever signs in as usual. A policy that holds at a risk only, for old protocols or for special ways of signing in does not.
    /// </summary>
    public bool DemandsAlways => IsEnabled && WouldDemandAlways;

    /// <summary>The same, whatever its state.</summary>
    public bool WouldDemandAlways => IsForUsualSignIns && DemandsStrength;

    /// <summary>Whether it means whoever signs in as usual: not at a risk only, for old protocols or for special ways of signing in.</summary>
    public bool IsForUsualSignIns => !IsAboutRisk && !IsForLegacyClients && !IsForSomeFlows;

    /// <summary>Whether it means an application; null where that is not known.</summary>
    public bool? IsForApplication(string appId) => (HasApplicationFilter ? null : Names(IncludeApplications, appId)) & !Names(ExcludeApplications, appId);

    /// <summary>Whether whoever registers a method meets it: it is about that, or about the page on which that is done. Null where that is not known.</summary>
    public bool? IsOnTheWayToRegistration => IsForRegistration ? true : IsForApplication(SecurityInformation);

    /// <summary>
    /// Names among whose applications the page of registration is not (learn.microsoft.com/entra/identity/conditional-access/reference-office-365-application-contents, of 2024-12, and the page on target
    /// resources for the admin portals).
    /// </summary>
    private static readonly HashSet<string> WithoutRegistration = new(StringComparer.OrdinalIgnoreCase) { "Office365", "MicrosoftAdminPortals" };

    /// <summary>Null for names such as Office365, which stand for applications that Graph does not list.</summary>
    private static bool? Names(IReadOnlyCollection<string> applications, string appId) =>
        applications.Contains(All) || applications.Contains(appId) ? true : applications.Any(a => a is not "None" && !Guid.TryParse(a, out _) && !(appId == SecurityInformation && WithoutRegistration.Contains(a))) ? null : false;

    /// <summary>Null for an object without an id.</summary>
    public static ConditionalAccessPolicy? Of(JObject json)
    {
        if (JsonText.Of(json, "id") is not { } id) return null;
        var conditions = json["conditions"] as JObject;
        var (users, applications, grant) = (conditions?["users"] as JObject, conditions?["applications"] as JObject, json["grantControls"] as JObject);
        var clients = Texts(conditions, "clientAppTypes");
        return new ConditionalAccessPolicy(id, JsonText.Of(json, "displayName") ?? id, StateOf(JsonText.Of(json, "state")))
        {
            ChangedAt = GraphDate.Parse(JsonText.Of(json, "modifiedDateTime")) ?? GraphDate.Parse(JsonText.Of(json, "createdDateTime")),
            Users = new AccessUsers
            {
                IncludeUsers = Texts(users, "includeUsers"),
                ExcludeUsers = Texts(users, "excludeUsers"),
                IncludeGroups = Texts(users, "includeGroups"),
                ExcludeGroups = Texts(users, "excludeGroups"),
                IncludeRoles = Texts(users, "includeRoles"),
                ExcludeRoles = Texts(users, "excludeRoles"),
                IncludesKindsOfGuests = users?["includeGuestsOrExternalUsers"] is JObject,
                ExcludesKindsOfGuests = users?["excludeGuestsOrExternalUsers"] is JObject,
            },
            IncludeApplications = Texts(applications, "includeApplications"),
            ExcludeApplications = Texts(applications, "excludeApplications"),
            UserActions = Texts(applications, "includeUserActions"),
            HasApplicationFilter = applications?["applicationFilter"] is JObject,
            IsAboutRisk = Risks.Any(n => Texts(conditions, n).Count > 0) || JsonText.Of(conditions, "insiderRiskLevels") is not null,
            IsForSomePlatforms = conditions?["platforms"] is JObject platforms && (Texts(platforms, "excludePlatforms").Count > 0 || !Texts(platforms, "includePlatforms").Contains("all")),
            IsForSomeLocations = conditions?["locations"] is JObject locations && (Texts(locations, "excludeLocations").Count > 0 || !Texts(locations, "includeLocations").Contains(All)),
            IsForNamedLocations = conditions?["locations"] is JObject named && !Texts(named, "includeLocations").Contains(All),
            IsForLegacyClients = clients.Count > 0 && clients.All(c => c is "exchangeActiveSync" or "other" or "easSupported"),
            IsForSomeClients = clients.Count > 0 && !clients.Contains("all") && !(clients.Contains("browser") && clients.Contains("mobileAppsAndDesktopClients")),
            HasDeviceFilter = (conditions?["devices"] as JObject)?["deviceFilter"] is JObject,
            IsForSomeFlows = conditions?["authenticationFlows"] is JObject flows && JsonText.Of(flows, "transferMethods") is { } transfers && transfers is not "none",
            IsAnyEnough = JsonText.Of(grant, "operator") is not "AND",
            Controls = Texts(grant, "builtInControls"),
            HasOtherControls = Texts(grant, "termsOfUse").Count > 0 || Texts(grant, "customAuthenticationFactors").Count > 0,
            StrengthId = JsonText.Of(grant?["authenticationStrength"] as JObject, "id"),
        };
    }

    private static AccessState StateOf(string? state) => state switch
    {
        "enabled" => AccessState.Enabled,
        "enabledForReportingButNotEnforced" => AccessState.ReportOnly,
        "disabled" => AccessState.Disabled,
        _ => AccessState.Unknown,
    };

    private static HashSet<string> Texts(JObject? json, string name) => new(JsonText.AllOf(json, name), StringComparer.OrdinalIgnoreCase);
}
