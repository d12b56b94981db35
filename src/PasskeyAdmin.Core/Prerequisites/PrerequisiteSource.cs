using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Prerequisites;

/// <summary>Reads what the rules judge. What cannot be read costs itself only.</summary>
internal sealed class PrerequisiteSource(TenantSession tenant, GraphClient client, ProviderCatalog catalog)
{
    // With groups and administrative units: the type in the path would need the index that may be behind (learn.microsoft.com/graph/api/user-list-transitivememberof).
    private const string RolesPath = "/v1.0/me/transitiveMemberOf?$select=id,displayName,roleTemplateId&$top=999";
    private const string SignInsPath = "/v1.0/auditLogs/signIns?$top=1";
    private const string Refused = "See the checks Permission and Role.";
    private const string NoPremiumLicence = "PremiumLicenceRequired";

    private static readonly Reading<IReadOnlyList<DirectoryRole>> NoAccount = Reading<IReadOnlyList<DirectoryRole>>.NotRead("There is no account.");

    private readonly HashSet<string> _proven = new(StringComparer.OrdinalIgnoreCase);
    private bool _hasAnswered;
    private PasskeyAdminException? _firstFault;

    /// <returns>Never an exception for what a tenant answers, or does not.</returns>
    public PrerequisiteFacts Read(IReadOnlyList<TenantCapability> capabilities, CancellationToken token)
    {
        var facts = new PrerequisiteFacts(capabilities, tenant.Traffic.Now) { Tenant = tenant };
        try
        {
            return Read(facts, token);
        }
        catch (PasskeyAdminException e) when (GraphErrors.IsAboutSignIn(e))
        {
            return facts.WithoutSignIn(e);
        }
    }

    private PrerequisiteFacts Read(PrerequisiteFacts facts, CancellationToken token)
    {
        facts = facts with { Organization = ReadOrganization(token) };
        // Nobody is there, or has no time: to ask for the rest would only take as long again.
        if (_firstFault is { StatusCode: null or 407 or 408 or 429 or 502 or 503 or 504 }) return Unanswered(facts, _firstFault.Message);
        facts = facts with
        {
            Policy = Try(() => ReadPolicy(token), PasskeyPolicySource.Path),
            // An application has no account whose roles could be read, nor has a sandbox in which nobody is signed in.
            Roles = tenant.IsAppOnly || tenant is { IsSandbox: true, Account: null } ? NoAccount : Try(() => ReadRoles(token), RolesPath),
        };
        if (!facts.Capabilities.All(c => c is TenantCapability.Read)) facts = ReadForMore(facts, token);
        return facts with { ProvenPermissions = _proven, NoAnswer = _hasAnswered ? null : _firstFault!.Message };
    }

    /// <summary>What nobody needs who only looks at the policy.</summary>
    private PrerequisiteFacts ReadForMore(PrerequisiteFacts facts, CancellationToken token)
    {
        var methods = Try(() => client.Get(MethodsPolicyJson.Path, token), MethodsPolicyJson.Path);
        var pass = Try(() => client.Get(MethodsPolicyJson.TemporaryAccessPassPath, token), MethodsPolicyJson.TemporaryAccessPassPath);
        var names = ReadNames([pass.Value, MethodsPolicyJson.Method(methods.Value, "Sms"), MethodsPolicyJson.Method(methods.Value, "Voice")], token);
        facts = facts with
        {
            Methods = Understood(methods, policy => MethodsPolicyJson.Read(policy, names)),
            TemporaryAccessPass = Understood(pass, method => MethodsPolicyJson.TemporaryAccessPass(method, names)),
            IsOptedOut = ReadOptOut(token),
            HasPremiumLicence = Try(() => ReadLicence(token), SignInsPath),
            EmergencyAccounts = ReadEmergencyAccounts(token),
        };
        return facts with
        {
            People = new PrerequisitePeople(client).Read(
                [facts.Policy.IsRead ? MethodConfiguration.Of(facts.Policy.Value) : null, facts.TemporaryAccessPass.IsRead ? facts.TemporaryAccessPass.Value.Method : null],
                facts.Methods.IsRead ? [facts.Methods.Value.Sms, facts.Methods.Value.Voice] : [], token),
        };
    }

    private Reading<Organization> ReadOrganization(CancellationToken token)
    {
        var read = Try(() => Organization.Read(client, token));
        return read.Value.Found is { } found ? Reading<Organization>.Of(found) : Reading<Organization>.NotRead(read.Reason ?? read.Value.Reason!, read.IsRead ? Missing(Organization.Path) is { } missing ? PermissionRule.Advice(tenant, [missing]) : Refused : read.Fix);
    }

    private Reading<bool> ReadOptOut(CancellationToken token)
    {
        var policy = Try(() => client.Get(MethodsPolicyJson.OptOutPath, token), MethodsPolicyJson.OptOutPath);
        return policy.Reason is { } reason ? Reading<bool>.NotRead(reason, policy.Fix)
            : MethodsPolicyJson.IsOptedOut(policy.Value) is { } optedOut ? Reading<bool>.Of(optedOut)
            : Reading<bool>.NotRead("Microsoft Graph does not say.");
    }

    private PasskeyPolicy ReadPolicy(CancellationToken token)
    {
        var policy = new PasskeyPolicySource(tenant, client, catalog).Read(token);
        _proven.Add("Policy.Read.AuthenticationMethod");
        if (policy.Target.Any(t => t is { Kind: TargetKind.Group, Status: TargetStatus.Found })) _proven.Add("GroupMember.Read.All");
        return policy;
    }

    private IReadOnlyList<DirectoryRole> ReadRoles(CancellationToken token)
    {
        List<DirectoryRole> roles = [.. client.GetAll(RolesPath, token).Where(r => JsonText.Of(r, "@odata.type") is null or "#microsoft.graph.directoryRole").Select(r => new DirectoryRole(JsonText.Of(r, "roleTemplateId"), JsonText.Of(r, "displayName")))];
        // Without it, the directory gives them without their properties.
        if (roles.Exists(r => r.TemplateId is not null)) _proven.Add("RoleManagement.Read.Directory");
        return roles;
    }

    private bool ReadLicence(CancellationToken token)
    {
        try
        {
            client.Get(SignInsPath, token);
            _proven.Add("AuditLog.Read.All");
            return true;
        }
        catch (PasskeyAdminException e) when (e.ErrorId == NoPremiumLicence)
        {
            return false;
        }
    }

    /// <param name="methods">Null for those that were not read.</param>
    private Dictionary<string, TargetName> ReadNames(IEnumerable<JObject?> methods, CancellationToken token)
    {
        var targets = methods.OfType<JObject>().Select(m => Try(() => MethodsPolicyJson.Targets(m))).Where(t => t.IsRead).SelectMany(t => t.Value);
        // Ids will do where names cannot be had.
        return new TargetNames(client).Read(targets, [], token);
    }

    private List<EmergencyAccountState> ReadEmergencyAccounts(CancellationToken token)
    {
        var paths = tenant.EmergencyAccount.Select(a => $"/v1.0/users/{Uri.EscapeDataString(a)}?$select=id,displayName,userPrincipalName,accountEnabled,userType,onPremisesSyncEnabled").ToList();
        var states = new List<EmergencyAccountState>();
        foreach (var (answer, index) in client.GetMany(paths, token).Select((a, i) => (a, i)))
        {
            if (answer.Status == 401) throw client.ErrorOf(answer, paths[index]);
            var state = new EmergencyAccountState(tenant.EmergencyAccount[index]);
            states.Add(answer switch
            {
                { IsGone: true } => state with { IsMissing = true },
                { IsSuccess: true, Body: { } user } => state with
                {
                    Id = JsonText.Of(user, "id"),
                    IsEnabled = user["accountEnabled"] is JValue { Value: bool enabled } ? enabled : null,
                    IsGuest = PrerequisitePeople.IsGuest(user),
                    IsSynchronised = user["onPremisesSyncEnabled"] is JValue { Value: true },
                },
                _ => state with { Reason = client.ErrorOf(answer, paths[index]).Message },
            });
        }
        if (states.Exists(s => s.Id is not null)) _proven.Add("User.ReadBasic.All");
        if (states.Exists(s => s.IsEnabled is not null)) _proven.Add("User.Read.All");
        return states;
    }

    private static PrerequisiteFacts Unanswered(PrerequisiteFacts facts, string reason) => facts with
    {
        NoAnswer = reason,
        Policy = Reading<PasskeyPolicy>.NotRead(reason),
        Roles = Reading<IReadOnlyList<DirectoryRole>>.NotRead(reason),
        Methods = Reading<MethodsPolicy>.NotRead(reason),
        TemporaryAccessPass = Reading<TemporaryAccessPassSettings>.NotRead(reason),
        IsOptedOut = Reading<bool>.NotRead(reason),
        HasPremiumLicence = Reading<bool>.NotRead(reason),
        EmergencyAccounts = [.. facts.Tenant!.EmergencyAccount.Select(a => new EmergencyAccountState(a) { Reason = reason })],
    };

    /// <summary>Takes what was read apart; what has another form than documented was not read.</summary>
    private Reading<T> Understood<T>(Reading<JObject> json, Func<JObject, T> read) where T : notnull => json.Reason is { } reason ? Reading<T>.NotRead(reason, json.Fix) : Try(() => read(json.Value));

    private static string? FixOf(PasskeyAdminException error) => error switch
    {
        { StatusCode: 403 } => Refused,
        { StatusCode: null or 408 or 429 or >= 500 and not 501 } => "Test again later.",
        _ => null,
    };

    private string? Missing(string path) => tenant.Graph.Permissions is { } granted ? GraphPermission.Missing(path, false, tenant.IsAppOnly, granted) : null;

    /// <param name="path">What is read, where a refusal can be put in a few words; null where it cannot.</param>
    private Reading<T> Try<T>(Func<T> read, string? path = null) where T : notnull
    {
        try
        {
            var value = read();
            _hasAnswered = true;
            return Reading<T>.Of(value);
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            // A refusal is an answer, too: Graph knows who asks. Where Graph has a problem of its own, it may not have looked.
            _hasAnswered |= e.StatusCode is >= 400 and < 500 and not (407 or 408 or 429);
            _firstFault ??= e;
            return e.StatusCode == 403 && path is not null && Missing(path) is { } missing
                ? Reading<T>.NotRead($"It may not be read: the permission {missing} is missing.", PermissionRule.Advice(tenant, [missing]))
                : Reading<T>.NotRead(e.Message, path == RolesPath && e.StatusCode == 403 ? "See the check Permission." : FixOf(e));
        }
    }
}
