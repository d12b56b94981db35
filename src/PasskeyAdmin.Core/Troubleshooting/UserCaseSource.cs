using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>What is asked about a user.</summary>
/// <param name="UserId">An object id or a user principal name.</param>
internal sealed record UserQuestion(string UserId)
{
    public PasskeySymptom Symptom { get; init; }

    public PasskeyErrorCode? Code { get; init; }

    /// <summary>Whether a code or message was given that is not in the table.</summary>
    public bool HasUnknownCode { get; init; }

    public string? DeviceName { get; init; }

    public DateTimeOffset Since { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>
/// Reads of one user what can be read, each source by itself: one that fails costs itself. What belongs to the tenant is read once for all users. Requests of one kind go in one batch
/// (reference/graph-users-and-usage.md §7), so that a first user takes about ten requests and each further one five.
/// </summary>
/// <param name="journal">The changes in the journal of this tenant, the newest first; null where the journal cannot be read.</param>
internal sealed class UserCaseSource(TenantSession tenant, GraphClient client, CheckData data, IReadOnlyList<PasskeyPolicyChange>? journal)
{
    /// <summary>How many sign-ins a page has.</summary>
    public const int PageOfSignIns = 200;

    /// <summary>How many pages are read: the newest sign-ins of the time asked for. A first user takes twelve requests at most by that.</summary>
    private const int MostPages = 3;

    private const string DeviceProperties = "id,azureADDeviceId,deviceName,operatingSystem,osVersion,manufacturer,model,complianceState,enrolledDateTime,lastSyncDateTime";

    /// <summary>As long as a tenant without a premium licence keeps its audit log (reference/graph-users-and-usage.md §3).</summary>
    private static readonly TimeSpan FreeReach = TimeSpan.FromDays(7);

    private TenantReading? _shared;

    /// <exception cref="PasskeyAdminException"><c>UserNotFound</c>; and where the sign-in ended.</exception>
    public UserCase Read(UserQuestion question, CancellationToken token)
    {
        var (user, fault) = Find(question.UserId, token);
        var shared = _shared ??= new TenantReading(tenant, client, data, journal, question.Since, token);
        var id = Uri.EscapeDataString(user.Id);
        string[] paths =
        [
            $"/v1.0/users/{id}/transitiveMemberOf?$select=id,displayName,roleTemplateId&$top=999",
            $"/v1.0/users/{id}/registeredDevices?$top=100",
            $"/v1.0/users/{id}/managedDevices?$select={DeviceProperties}",
            $"/v1.0/reports/authenticationMethods/userRegistrationDetails/{id}",
            AuditPaths.OfUser(user.Id, user.UserPrincipalName, question.Since),
            $"/beta/users/{id}/authentication/methods",
            $"/beta/auditLogs/signIns?$filter={Uri.EscapeDataString($"userId eq '{user.Id}' and createdDateTime ge {GraphDate.Text(question.Since)}")}&$top={PageOfSignIns}",
        ];
        var answers = client.GetMany(paths, token).ToList();
        foreach (var (answer, index) in answers.Select((a, i) => (a, i)))
            if (answer.Status == 401) throw client.ErrorOf(answer, paths[index]);
        Reading<JObject> Body(int index, string what) => SourceReading.Try(what, () => client.BodyOf(answers[index], paths[index]));
        Reading<IReadOnlyList<JObject>> Items(int index, string what) => SourceReading.Try(what, () => (IReadOnlyList<JObject>)[.. client.ItemsOf(client.BodyOf(answers[index], paths[index]), paths[index], token)]);
        var memberships = Items(0, "The groups and roles of the user");
        var registered = Items(1, "The devices of the user");
        var managed = Items(2, "What Intune knows of the user's devices");
        var report = answers[3].IsGone ? Reading<JObject>.NotRead("The registration report does not have the user: disabled accounts are not in it, and new ones come later.") : Body(3, "The registration report");
        var audits = answers[4].Status == 400
            // A name as a filter is not documented.
            ? SourceReading.Try("The audit log", () => (IReadOnlyList<JObject>)[.. AuditPaths.OfUserAsDocumented(user.Id, question.Since).SelectMany(p => client.GetAll(p, token))])
            : Items(4, "The audit log");
        var methods = Methods(answers[5], paths[5], token);
        string? rest = null;
        var signIns = SourceReading.Try("The sign-in log", () => SignIns(client.BodyOf(answers[6], paths[6]), paths[6], out rest, token));
        // Only these two answers tell the licence.
        var isFree = IsLicenceMissing(answers[3], paths[3]) || IsLicenceMissing(answers[6], paths[6]);
        var isShort = isFree && question.Since < tenant.Traffic.Now - FreeReach;
        return new UserCase(user, data)
        {
            Symptom = question.Symptom,
            Code = question.Code,
            HasUnknownCode = question.HasUnknownCode,
            DeviceName = question.DeviceName,
            Now = tenant.Traffic.Now,
            Since = isShort ? tenant.Traffic.Now - FreeReach : question.Since,
            TenantId = tenant.TenantId,
            IsWithoutPasskeys = tenant.Environment == "China",
            Policy = shared.Policy,
            Pass = shared.Pass,
            Access = shared.Access,
            PolicyChanges = shared.Changes,
            Groups = Then(memberships, m => (IReadOnlyList<DirectoryGroup>)[.. m.Select(DirectoryUserSource.GroupOf).OfType<DirectoryGroup>()]),
            Roles = Then(memberships, m => (IReadOnlyCollection<string>)new HashSet<string>(m.Where(r => JsonText.Of(r, "@odata.type") is "#microsoft.graph.directoryRole").Select(r => JsonText.Of(r, "roleTemplateId")).OfType<string>(), StringComparer.OrdinalIgnoreCase)),
            Devices = registered.IsRead || managed.IsRead
                ? Reading<IReadOnlyList<UserDevice>>.Of(UserDevice.Of(registered.IsRead ? registered.Value : [], managed.IsRead ? managed.Value : null, tenant.TenantId))
                : Reading<IReadOnlyList<UserDevice>>.NotRead(registered.Reason!),
            Report = Then(report, r => ReportedUser.Of(r) ?? new ReportedUser(user.Id, null)),
            Audits = Then(audits, a => (IReadOnlyList<UserAudit>)[.. a.Select(e => UserAudit.Of(e, user)).OfType<UserAudit>().OrderByDescending(e => e.At)]),
            Methods = methods,
            SignIns = Then(signIns, s => (IReadOnlyList<UserSignIn>)[.. s.Select(UserSignIn.Of).OfType<UserSignIn>()]),
            NotRead = [.. new[] { fault, Gap.Of(memberships), Gap.Of(registered), Gap.Of(managed), Gap.Of(report), Gap.Of(audits), Gap.Of(methods), Gap.Of(signIns), rest is null ? null : new Gap(rest) }.Concat(shared.NotRead).OfType<Gap>().Distinct()],
            Notes = isShort ? [.. question.Notes, "The tenant has no premium licence: its audit log has the last 7 days only."] : question.Notes,
        };
    }

    private bool IsLicenceMissing(GraphAnswer answer, string path) => !answer.IsSuccess && client.ErrorOf(answer, path).ErrorId == "PremiumLicenceRequired";

    /// <summary>The account. One that cannot be read is what was asked for: everything else may still be.</summary>
    private (DirectoryUser User, Gap? Fault) Find(string idOrName, CancellationToken token)
    {
        try
        {
            return (new DirectoryUserSource(client).Find(idOrName, token), null);
        }
        catch (PasskeyAdminException e) when (e.ErrorId != "UserNotFound" && !GraphErrors.IsAboutSignIn(e))
        {
            var user = Guid.TryParse(idOrName, out _) ? new DirectoryUser(idOrName) : new DirectoryUser(idOrName) { UserPrincipalName = idOrName };
            return (user, new Gap(SourceReading.Words("The account", e), e.Message));
        }
    }

    /// <param name="rest">That there are more than were read; null where there are not.</param>
    private IReadOnlyList<JObject> SignIns(JObject first, string path, out string? rest, CancellationToken token)
    {
        var (pages, signIns, next) = (0, new List<JObject>(), (string?)null);
        foreach (var page in client.PagesOf(first, path, token))
        {
            signIns.AddRange(GraphClient.ItemsOf(page));
            next = client.NextOf(page);
            if (++pages == MostPages) break;
        }
        rest = next is null ? null : $"The user has more sign-ins than the newest {signIns.Count}, which were read: what is in the others is not known.";
        return signIns;
    }

    /// <summary>Beta knows when a passkey was last used; where it does not answer, v1.0 has the rest.</summary>
    private Reading<UserAuthentication> Methods(GraphAnswer answer, string path, CancellationToken token) => SourceReading.Try("The user's methods", () =>
    {
        if (answer is { IsSuccess: false, IsTransient: false } && answer.Status is not (401 or 403))
        {
            path = "/v1.0" + path.Substring("/beta".Length);
            answer = client.TryGet(path, token);
        }
        return UserAuthentication.Of(client.ItemsOf(client.BodyOf(answer, path), path, token));
    });

    private static Reading<TOut> Then<TIn, TOut>(Reading<TIn> reading, Func<TIn, TOut> then) where TIn : notnull where TOut : notnull => reading.IsRead ? Reading<TOut>.Of(then(reading.Value)) : Reading<TOut>.NotRead(reading.Reason!, reading.Fix);
}
