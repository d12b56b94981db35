using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>A passkey that somebody named: its user, by id or name, and its own id.</summary>
internal readonly record struct NamedPasskey(string User, string Id)
{
    /// <summary>The passkeys that were named. Objects of users have an id as well: their own, which is a GUID, and no passkey's is one (Base64URL). It must not pass for a passkey that is gone already.</summary>
    /// <exception cref="PasskeyAdminException"><c>PasskeyIdInvalid</c>, <c>PasskeyUserAmbiguous</c>.</exception>
    public static IEnumerable<NamedPasskey> Of(IReadOnlyList<string> users, IReadOnlyList<string> ids)
    {
        if (ids.FirstOrDefault(i => Guid.TryParseExact(i.Trim(), "D", out _)) is { } id)
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "PasskeyIdInvalid", $"{CommandText.Quote(id)} is no id of a passkey, but of a user or something else. Nothing is done for it. For all passkeys of a user: Remove-PasskeyRegistration -UserId; for single ones: Get-PasskeyRegistration | Remove-PasskeyRegistration.");
        if (ids.Any(i => i.Trim().Length == 0)) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "PasskeyIdInvalid", "An id of a passkey is blank. Nothing is done for it: Get-PasskeyRegistration shows the ids of a user.");
        return users.Count == 1 ? ids.Select(i => new NamedPasskey(users[0].Trim(), i.Trim())) : throw new PasskeyAdminException(ErrorKind.InvalidArgument, "PasskeyUserAmbiguous", "Ids of passkeys belong to one user: name one user with -UserId where you give -Id.");
    }
}

/// <summary>Finds the passkeys that are meant, and what their users have left without them. Everything is read before anything is asked or sent.</summary>
/// <param name="allowsLockout">Whether somebody's last method may go.</param>
internal sealed class RemovalPlanner(TenantSession tenant, GraphClient client, RegistrationSource registrations, bool allowsLockout)
{
    private readonly List<(string Target, PasskeyAdminException Fault)> _faults = [];
    private readonly Dictionary<string, int> _open = [];

    /// <summary>Whether sessions are revoked as well: then it is also about those who were named and have no such passkey.</summary>
    public bool Revokes { get; init; }

    /// <summary>Whether nobody is asked: then nothing is removed from emergency accounts.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Whether somebody typed the ids of passkeys that are named: then the same command names them once more.</summary>
    public bool HasTypedIds { get; init; }

    /// <summary>Passkeys that were named one by one.</summary>
    public RemovalPlan Plan(IReadOnlyList<NamedPasskey> passkeys, CancellationToken token)
    {
        var users = Find([.. passkeys.Select(p => p.User).Distinct(StringComparer.OrdinalIgnoreCase)], token);
        // One user may come by the id and by the name.
        var wanted = passkeys.Where(p => users.ContainsKey(p.User)).ToLookup(p => users[p.User].Id, p => p.Id, StringComparer.OrdinalIgnoreCase);
        return Plan(registrations.OfUsers(Once(users.Values), token), read => new RemovalUser(
            read.User, [.. read.Registrations.Where(p => wanted[read.User.Id].Contains(p.Id))], [.. read.Registrations.Where(p => !wanted[read.User.Id].Contains(p.Id))])
        { Missing = [.. wanted[read.User.Id].Distinct().Except(read.Registrations.Select(p => p.Id).OfType<string>())] }, isNamed: true, HasTypedIds, token);
    }

    /// <summary>Those of users who were named.</summary>
    public RemovalPlan OfUsers(IReadOnlyList<string> idsOrNames, RemovalFilter filter, CancellationToken token) => Plan(registrations.OfUsers(Once(Find(idsOrNames, token).Values), token), Chooser(filter), isNamed: true, isFoundAgain: true, token);

    /// <summary>Those of the members of groups.</summary>
    public RemovalPlan OfGroups(IReadOnlyList<string> idsOrNames, RemovalFilter filter, CancellationToken token)
    {
        var members = new List<DirectoryUser>();
        foreach (var name in idsOrNames)
        {
            try
            {
                members.AddRange(registrations.MembersOf(new GroupLookup(client).Find(name, token), token));
            }
            catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
            {
                _faults.Add((name, e));
            }
        }
        return Plan(registrations.OfMembers(members, token), Chooser(filter), isNamed: false, isFoundAgain: false, token);
    }

    private Func<UserRegistrations, RemovalUser> Chooser(RemovalFilter filter)
    {
        var now = tenant.Traffic.Now;
        return read =>
        {
            var (chosen, kept) = (new List<PasskeyRegistration>(), new List<PasskeyRegistration>());
            foreach (var passkey in read.Registrations)
            {
                var (isMeant, open) = filter.Match(passkey, now);
                (isMeant == true ? chosen : kept).Add(passkey);
                if (isMeant is null) _open[open!] = (_open.TryGetValue(open!, out var before) ? before : 0) + 1;
            }
            return new RemovalUser(read.User, chosen, kept);
        };
    }

    /// <param name="isNamed">Whether it is these users that were named.</param>
    /// <param name="isFoundAgain">Whether the same command again names them once more.</param>
    private RemovalPlan Plan(IEnumerable<UserRegistrations> read, Func<UserRegistrations, RemovalUser> choose, bool isNamed, bool isFoundAgain, CancellationToken token)
    {
        var users = new List<RemovalUser>();
        foreach (var one in read)
        {
            var user = (one.Fault is null ? choose(one) : new RemovalUser(one.User, [], [])) with { IsNamed = isNamed, IsFoundAgain = isFoundAgain, Unread = one.Fault };
            // Nothing more is read about a user of whom nothing is done.
            if (one.Fault is { } fault && !(isNamed && Revokes)) _faults.Add((user.Shown, Untouched(MethodRole.Named(fault, tenant))));
            else if (user.Chosen.Count > 0 || user.Missing.Count > 0 || (isNamed && Revokes)) users.Add(user);
        }
        var warnings = _open.Select(o => $"{o.Value:N0} {(o.Value == 1 ? "passkey is" : "passkeys are")} left alone, because {o.Key}.").ToList();
        if (users.Count == 0) return new RemovalPlan([]) { Faults = _faults, Warnings = warnings };
        var emergency = new EmergencyAccountsSource(tenant, client).Read(token);
        warnings.AddRange(emergency.NotRead);
        var others = new OtherMethodsSource(client).Read([.. users.Where(u => RemovalJudge.NeedsOthers(u.Chosen, u.Kept)).Select(u => u.User.Id)], token);
        var standings = new DirectoryUserSource(client).StandingsOf([.. users.Select(u => u.User.Id)], token).ToList();
        if (standings.Find(s => !s.IsRead) is { } unread) warnings.Add($"Whether all of the users are administrators or not could not be read. {unread.Reason}");
        var judged = users.Select((u, i) => Judged(u with { Standing = standings[i], Emergency = emergency.Of(u.User.Id, u.User.UserPrincipalName) }, others)).ToList();
        _faults.AddRange(judged.Where(u => u.Unread is not null).Select(u => (u.Shown, u.Unread!)));
        return new RemovalPlan([.. judged.OrderBy(u => u.Guarded.IsEmergencyAccount ? 0 : u.IsAdministrator ? 1 : 2)]) { Faults = _faults, Warnings = warnings };
    }

    private PasskeyAdminException Untouched(PasskeyAdminException fault) => Revokes ? fault.With("The sessions of the user go on.") : fault;

    private RemovalUser Judged(RemovalUser user, IReadOnlyDictionary<string, OtherMethods> others)
    {
        others.TryGetValue(user.User.Id, out var found);
        var (verdict, reason) = RemovalJudge.Judge(user.Chosen, user.Kept, found);
        var mayBeEmergency = EmergencyAccounts.MayBe(user.Emergency, user.Standing);
        return user with { Verdict = verdict, Reason = reason, Unread = user.Unread is { } fault ? MethodRole.Named(fault, tenant, user.Shown, user.Standing) : null, IsExempt = IsSilent && mayBeEmergency, IsRefused = !allowsLockout && (verdict is RemovalVerdict.TakesLast or RemovalVerdict.Unknown) };
    }

    private Dictionary<string, DirectoryUser> Find(IReadOnlyList<string> idsOrNames, CancellationToken token)
    {
        var found = new Dictionary<string, DirectoryUser>(StringComparer.OrdinalIgnoreCase);
        foreach (var blank in idsOrNames.Where(string.IsNullOrWhiteSpace)) _faults.Add((blank, new PasskeyAdminException(ErrorKind.NotFound, "UserNotFound", "The name of a user is blank. Give the user principal name (as signed in with) or the object id.")));
        foreach (var (asked, user) in new DirectoryUserSource(client).Lookup([.. idsOrNames.Where(n => !string.IsNullOrWhiteSpace(n))], token))
        {
            if (user is not null) found[asked] = user;
            else _faults.Add((asked, new PasskeyAdminException(ErrorKind.NotFound, "UserNotFound", $"There is no user {CommandText.Quote(asked)} in this tenant, or it could not be read. Give the user principal name (as signed in with) or the object id.{(Revokes ? " No session was revoked for it." : "")}")));
        }
        return found;
    }

    private static List<DirectoryUser> Once(IEnumerable<DirectoryUser> users) => [.. users.GroupBy(u => u.Id, StringComparer.OrdinalIgnoreCase).Select(g => g.First())];
}
