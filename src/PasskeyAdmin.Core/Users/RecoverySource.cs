using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>
/// Reads what decides whether people get back in. For many, the registration report says first who has a passkey or a method on a device: only those are asked for one by one, and of the others there is
/// nothing to ask (reference/graph-users-and-usage.md §7).
/// </summary>
/// <param name="policy">Null where it could not be read.</param>
internal sealed class RecoverySource(TenantSession tenant, GraphClient client, ProviderCatalog catalog, PasskeyPolicy? policy, RegistrationOptions options)
{
    /// <summary>Up to so many people are asked for one by one, without the whole report.</summary>
    private const int FewMembers = 20;

    /// <summary>What Conditional Access takes, and whether it lets somebody with a pass register.</summary>
    public required PassRoad Road { get; init; }

    private readonly PasskeyUseText? _text = policy is null ? null : new PasskeyUseText(new PolicyEvaluator(policy));
    private readonly UserMethodsSource _methods = new(tenant, client, options.Checkpoint);
    private readonly RegistrationEvents _events = new(client);
    private RecoveryTenant? _tenant;
    private string? _logFault;
    private DateTimeOffset? _unassigned;

    /// <exception cref="PasskeyAdminException"><c>UserNotFound</c>, and what <see cref="GraphClient"/> throws.</exception>
    public PasskeyRecovery OfUser(string idOrName, CancellationToken token)
    {
        var users = new DirectoryUserSource(client);
        var user = users.Find(idOrName, token);
        var common = _tenant ??= RecoveryTenant.Read(tenant, client, needsAllRoles: false, token);
        var notRead = new List<string>(common.NotRead);
        var standing = GraphReading.Try("The groups and roles of the user", () => users.StandingOf(user.Id, token), e => $"The groups and roles of the user: {e.Message}");
        if (standing.Reason is { } unread) notRead.Add(unread);
        if (options.Checkpoint is not null) ReadLog(token);
        var (_, methods, fault) = _methods.Read([user], u => u.Id, NewestOf, needsAll: true, token).Single();
        return Judge(new Person(user, standing.IsRead ? standing.Value.IsAdministrator : common.IsAdministrator(user.Id), role => standing.IsRead ? standing.Value.HasRole(role) : null, DirectoryUserSource.MembershipOf(user.Id, standing.IsRead ? standing.Value.Groups : null)), methods, fault, RecoveryRows.OfFew(client, tenant, [user.Id], token), notRead);
    }

    /// <summary>The users in a group, and in the groups in it.</summary>
    public IReadOnlyList<DirectoryUser> MembersOf(DirectoryGroup group, CancellationToken token) => [.. new GroupMembersSource(client).UsersOf(group.Id, DirectoryUser.Select, token)];

    public IEnumerable<PasskeyRecovery> OfTenant(CancellationToken token) => OfMany(new DirectoryUserSource(client).All(token), token);

    /// <param name="users">Somebody who is among them twice comes once; guests and disabled accounts are left out, which is said.</param>
    public IEnumerable<PasskeyRecovery> OfMany(IEnumerable<DirectoryUser> users, CancellationToken token)
    {
        var all = users.GroupBy(u => u.Id, StringComparer.OrdinalIgnoreCase).Select(g => g.First()).ToList();
        var people = all.FindAll(u => u is { IsGuest: not true, IsEnabled: not false });
        if (people.Count < all.Count) options.Warn($"{all.Count - people.Count:N0} guests and disabled accounts were left out: guests have their methods elsewhere, and nobody signs in to a disabled account. Name one to ask about it.");
        if (people.Count == 0) yield break;
        var common = _tenant ??= RecoveryTenant.Read(tenant, client, needsAllRoles: true, token);
        if (ReadLog(token) is { } unread) options.Warn($"The audit log could not be read; what was registered or removed since the registration report is missing. {unread}");
        var rows = people.Count <= FewMembers ? RecoveryRows.OfFew(client, tenant, [.. people.Select(p => p.Id)], token) : Report(token);
        var members = Members(common, token);
        var asked = people.FindAll(u => IsToBeAsked(u, rows));
        _unassigned = _events.NewestUnassigned(_events.Unmet);
        if (_events.Nameless > 0) options.Warn(RegistrationEvents.Unassigned(_events.Nameless));
        Person PersonOf(DirectoryUser user) => new(user, common.IsAdministrator(user.Id), role => common.HasRole(user.Id, role), members.Of(members.NumberOf(user.Id)));
        foreach (var user in people.Except(asked))
            yield return Judge(PersonOf(user), new UserMethods([], rows.WholeUntil) { Others = ReportedMethods.None, OnDevices = DeviceMethods.None }, null, rows, common.NotRead);
        var requests = _methods.Open(asked, p => p.Id, NewestOf, needsAll: true);
        if (asked.Count > requests) options.Warn(options.Checkpoint!.Reused(asked.Count - requests));
        new ReadEstimate($"Methods of {requests:N0} users", requests, tenant.Traffic.IsPaced).Announce(options.Announce, client);
        var done = 0;
        foreach (var (user, methods, fault) in _methods.Read(asked, u => u.Id, NewestOf, needsAll: true, token))
        {
            if (methods is not { IsGone: true }) yield return Judge(PersonOf(user), methods, fault, rows, common.NotRead);
            options.Progress?.Report(new ReadProgress("Registered methods", ++done, asked.Count));
        }
    }

    private bool IsToBeAsked(DirectoryUser user, RecoveryRows rows) =>
        rows.Of(user.Id)?.Methods is not { } methods || _logFault is not null || (methods & (ReportedMethods.Passkeys | ReportedMethods.WindowsHelloForBusiness | ReportedMethods.PlatformCredential)) != 0
        || _events.Of(user.Id, user.UserPrincipalName) is not null;

    /// <summary>What was read before somebody's newest event is out of date; before one that nobody can be found for, whatever was read.</summary>
    private DateTimeOffset? NewestOf(DirectoryUser user) => new[] { _events.Of(user.Id, user.UserPrincipalName)?.Newest, _unassigned }.Max();

    /// <returns>Why it could not be read; null where it was.</returns>
    private string? ReadLog(CancellationToken token)
    {
        options.Checkpoint?.ForgetBefore(tenant.Traffic.Now - RegistrationEvents.Reach);
        try
        {
            _events.Read(new[] { tenant.Traffic.Now - RegistrationReport.Latency, options.Checkpoint?.Oldest }.Min()!.Value, token);
            return null;
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            return _logFault = e.Message;
        }
    }

    private RecoveryRows Report(CancellationToken token)
    {
        var rows = new List<ReportedUser>();
        if (options.Checkpoint is not { NextPage: null, HasPages: true } && options.Announce is not null) ReadEstimate.OfReport(UserCount.TryRead(client, token), tenant.Traffic.IsPaced).Announce(options.Announce, client);
        var report = new RegistrationReport(client, options.Checkpoint);
        try
        {
            rows.AddRange(report.Read(tenant.Traffic.Now, options.Progress, token));
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e) && report.Count == 0 && options.Checkpoint?.HasPages != true)
        {
            options.Warn($"{RegistrationReport.WhyMissing(e)} Every user is asked for, and certificates and self-service password reset are not known.");
            return new RecoveryRows([], tenant.Traffic.Now, RegistrationReport.WhyMissing(e));
        }
        if (RegistrationEvents.GapSince(report.WholeUntil, tenant.Traffic.Now) is { } gap) options.Warn(gap);
        return new RecoveryRows(rows, report.WholeUntil ?? tenant.Traffic.Now - RegistrationReport.Latency);
    }

    private GroupMembers Members(RecoveryTenant common, CancellationToken token)
    {
        List<(string Id, TargetKind Kind, TargetStatus Status)> targets =
            [.. policy?.Target.Select(t => (t.Id, t.Kind, t.Status)) ?? [], .. policy?.Exclusion.Select(e => (e.Id, e.Kind, e.Status)) ?? [], .. common.Groups, .. Road.Groups.Select(g => (g, TargetKind.Group, TargetStatus.Found))];
        var members = new GroupMembersSource(client).Read(targets, [.. targets.Select(t => t.Id)], _ => false, _ => { }, token);
        foreach (var unread in members.Unread) options.Warn($"Who is in the group {unread.Key} could not be read; what hinges on it is not known. {unread.Value}");
        return members;
    }

    private PasskeyRecovery Judge(Person person, UserMethods? methods, PasskeyAdminException? fault, RecoveryRows rows, IReadOnlyList<string> notRead)
    {
        var (user, isAdministrator, hasRole, membership) = person;
        var (common, row) = (_tenant!, rows.Of(user.Id));
        var traveller = new PassTraveller(user.Id, user.IsGuest, membership.Covers, hasRole);
        var taken = Road.Taken(traveller);
        var (isAllowed, reason) = common.MayHavePass(membership);
        var (hasIssuer, issuerReason) = common.HasIssuer(user.Id, isAdministrator);
        var certificate = row?.Methods is not { } reported ? (bool?)null : reported.HasFlag(ReportedMethods.MultifactorCertificate) ? true : reported.HasFlag(ReportedMethods.Certificate) ? null : false;
        var situation = new RecoverySituation
        {
            IsEnabled = user.IsEnabled,
            IsGuest = user.IsGuest,
            IsAdministrator = isAdministrator,
            Passkeys = methods is null ? null : [.. methods.Passkeys.Select(p => Passkey(p, membership) with { Taking = taken.Passkey(p.AaGuid) })],
            OnDevices = methods?.OnDevices,
            OnDevicesTaking = taken.OnDevices,
            HasCertificate = certificate,
            CertificateTaking = taken.Certificate,
            IsPassAllowed = isAllowed,
            PassReason = reason,
            HasIssuer = hasIssuer,
            IssuerReason = issuerReason,
            CanResetPassword = row?.CanResetPassword,
            SelfServiceRegistration = policy?.SelfServiceRegistration,
            MayRegister = _text?.Evaluator.MayRegisterAny(membership),
            Road = Road.WayOf(traveller, common.Pass?.IsUsableOnce),
            Surroundings = Road.Surroundings(traveller),
        };
        List<string> missing = [.. notRead];
        if (policy is null) missing.Add("The passkey policy.");
        if (user.IsEnabled is null) missing.Add("Whether the account is enabled.");
        if (Road.NotRead is { } unread) missing.Add(unread);
        if (fault is not null) missing.Add($"The registered methods: {fault.Message}");
        if (row is null) missing.Add($"Certificates and self-service password reset: {rows.WhyMissing(user.Id)}");
        return new PasskeyRecovery(user, situation, RecoveryEvaluator.Evaluate(situation), new RecoveryReading(methods?.ReadAt ?? tenant.Traffic.Now, tenant.TenantId, missing));
    }

    private RecoveryPasskey Passkey(RegisteredPasskey passkey, Membership membership)
    {
        var use = _text?.SignIn(membership, passkey.Traits) ?? new PasskeyUse(PasskeyAnswer.Unknown, [], "The passkey policy could not be read.");
        var name = passkey.AaGuid is { } aaGuid && catalog.Find(aaGuid) is { IsKnown: true } provider ? provider.Name : passkey.Name is { } called ? DisplayText.Neutralise(called) : "A passkey of an unknown provider";
        return new RecoveryPasskey($"{name} ({passkey.TypeName})", passkey.Type, use.Answer, use.Reason) { Device = DeviceOf(passkey) };
    }

    private string? DeviceOf(RegisteredPasskey passkey) => (passkey.AaGuid is { } aaGuid ? catalog.Find(aaGuid) : null) switch
    {
        { Name: KnownProviders.WindowsHello } => RecoveryPasskey.Windows,
        { Name: KnownProviders.ChromeOnMac or KnownProviders.EdgeOnMac } => RecoveryPasskey.Mac,
        { IsKnown: true, Requirement: KnownProviders.SecurityKeyRequirement } => null,
        // A phone that was set up anew leaves an entry of before, under the same name.
        { Name: KnownProviders.Authenticator } => $"{KnownProviders.Authenticator} {passkey.Name}",
        // A model that nobody knows, or an application that runs on computers and phones alike.
        _ => RecoveryPasskey.Anywhere,
    };

    /// <summary>Somebody to be judged.</summary>
    private sealed record Person(DirectoryUser User, bool? IsAdministrator, Func<string, bool?> HasRole, Membership Membership);
}
