using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>What is wanted of the logs.</summary>
/// <param name="Kinds">Null for what is usual: everything but the use by a whole tenant, and but changes of policies for one user.</param>
internal sealed record AuditRequest(DateTimeOffset Since, IReadOnlyCollection<PasskeyAuditKind>? Kinds, bool OnlyAnomalies)
{
    public required Action<string> Warn { get; init; }

    /// <summary>Told before each piece of reading what it will take.</summary>
    public Action<ReadEstimate>? Announce { get; init; }
}

/// <summary>Reads the audit log and the sign-in log of a tenant, for one user or for all.</summary>
/// <param name="policy">Null where it could not be read.</param>
internal sealed class AuditSource(TenantSession tenant, GraphClient client, ProviderCatalog catalog, PasskeyPolicy? policy, AuditRequest request)
{
    /// <summary>How far back is looked where nobody says: as long as a tenant without a premium licence keeps its logs (reference/graph-users-and-usage.md §3).</summary>
    public static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(7);

    /// <summary>As long as a tenant with a premium licence keeps them (§3).</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    /// <summary>Of the sign-in log, which of a whole tenant has no end: the newest twenty thousand.</summary>
    private const int MostPages = 20;

    private static readonly PasskeyAuditKind[] UsualOfUser = [PasskeyAuditKind.Registration, PasskeyAuditKind.Removal, PasskeyAuditKind.Use];
    private static readonly PasskeyAuditKind[] UsualOfTenant = [PasskeyAuditKind.Registration, PasskeyAuditKind.Removal, PasskeyAuditKind.PolicyChange];

    private readonly AuditFacts _facts = new(catalog)
    {
        Policy = policy,
        Understand = policy is null ? null : json => new PasskeyPolicySource(tenant, client, catalog).Understand(json, policy),
        TenantId = tenant.TenantId,
    };

    private bool? _takesNames;
    private string? _signInFault;

    /// <exception cref="PasskeyAdminException"><c>UserNotFound</c>, and what <see cref="GraphClient"/> throws.</exception>
    public IEnumerable<PasskeyAuditEvent> OfUser(string idOrName, CancellationToken token)
    {
        var kinds = request.Kinds ?? UsualOfUser;
        var user = new DirectoryUserSource(client).Find(idOrName, token);
        var log = IsAbout(kinds, PasskeyAuditKind.Use, PasskeyAuditKind.Registration) ? SignIns(user.Id, kinds, token) : null;
        var facts = WithPlaces(log) with { Only = user };
        IEnumerable<JObject> audits = IsAbout(kinds, PasskeyAuditKind.Registration, PasskeyAuditKind.Removal) ? Audits(user, token) : [];
        return Chosen(kinds, AuditEvents.Of(Newest(audits), facts), UsesIn(log, facts));
    }

    /// <summary>Changes of policies, which are about nobody and everybody.</summary>
    public IEnumerable<PasskeyAuditEvent> PolicyChanges(CancellationToken token) => request.Kinds?.Contains(PasskeyAuditKind.PolicyChange) == true
        ? Chosen(request.Kinds, AuditEvents.Of(InOrder(client.GetAll(AuditPaths.PolicyChanges(request.Since), token)), _facts), []) : [];

    public IEnumerable<PasskeyAuditEvent> OfTenant(CancellationToken token)
    {
        var kinds = request.Kinds ?? UsualOfTenant;
        var hasAudits = IsAbout(kinds, PasskeyAuditKind.Registration, PasskeyAuditKind.Removal);
        if (hasAudits) new ReadEstimate($"Audit log since {Date(request.Since)} (how much there is, Microsoft Graph does not tell: every thousand entries take one request)", 1, tenant.Traffic.IsPaced).Announce(request.Announce, client);
        KeptSignIns? log = null;
        if (kinds.Contains(PasskeyAuditKind.Use))
        {
            new ReadEstimate($"Sign-in log since {Date(SignInsSince)}, {MostPages * AuditPaths.PageSize:N0} sign-ins at most", MostPages, tenant.Traffic.IsPaced) { IsMost = true }.Announce(request.Announce, client);
            log = SignIns(null, kinds, token);
        }
        else if (request.OnlyAnomalies && kinds.Contains(PasskeyAuditKind.Registration)) request.Warn("Unusual places were not looked for: that takes the sign-in log, which is read with -Kind Registration, Use or for one user.");
        var facts = WithPlaces(log);
        var registrations = hasAudits ? client.GetAll(AuditPaths.Registrations(AuditsSince), token) : [];
        var changes = kinds.Contains(PasskeyAuditKind.PolicyChange) ? client.GetAll(AuditPaths.PolicyChanges(request.Since), token) : [];
        return Chosen(kinds, AuditEvents.Of(InOrder(Merged(registrations, changes, DateOf)), facts), UsesIn(log, facts));
    }

    /// <summary>An hour more, so that what happened just before is known of the oldest ones.</summary>
    private DateTimeOffset AuditsSince => request.Since - DateTimeOffset.MinValue > AuditAnomalies.Span ? request.Since - AuditAnomalies.Span : DateTimeOffset.MinValue;

    /// <summary>As far as the log reaches, whatever is asked for: where somebody usually is needs more than the newest days.</summary>
    private DateTimeOffset SignInsSince => tenant.Traffic.Now - Reach < request.Since ? tenant.Traffic.Now - Reach : request.Since;

    private IEnumerable<PasskeyAuditEvent> Chosen(IReadOnlyCollection<PasskeyAuditKind> kinds, IEnumerable<PasskeyAuditEvent> audits, IEnumerable<PasskeyAuditEvent> uses)
    {
        var unjudged = 0;
        foreach (var audit in Merged(audits, uses, e => e.At).Where(e => !(e.At < request.Since) && kinds.Contains(e.Kind)))
        {
            if (!request.OnlyAnomalies || audit.Anomaly.Count > 0) yield return audit;
            else if (audit.HasGap) unjudged++;
        }
        // What could not be judged is no all-clear. What is not looked at anyhow, NotChecked says; a warning that always comes warns of nothing.
        if (unjudged > 0) request.Warn($"{unjudged:N0} {(unjudged == 1 ? "event" : "events")} without an anomaly could not be judged in full and {(unjudged == 1 ? "is" : "are")} not shown: without -AnomalyOnly, NotChecked says what was left open.");
    }

    private List<JObject> Audits(DirectoryUser user, CancellationToken token)
    {
        if (_takesNames != false)
        {
            var path = AuditPaths.OfUser(user.Id, user.UserPrincipalName, AuditsSince);
            var answer = client.TryGet(path, token);
            // A name as a filter is not documented: who does not take it is asked otherwise, once for all users.
            if (answer.Status != 400)
            {
                _takesNames = true;
                return [.. client.ItemsOf(client.BodyOf(answer, path), path, token)];
            }
            _takesNames = false;
            request.Warn("This tenant does not let the audit log be asked by the name of a user. What an administrator did for a user may be there without saying of what kind it was.");
        }
        return [.. AuditPaths.OfUserAsDocumented(user.Id, AuditsSince).SelectMany(path => client.GetAll(path, token))];
    }

    /// <summary>Null where the log cannot be read: that is said once, and the rest goes on.</summary>
    /// <exception cref="PasskeyAdminException">Where there is no rest: nothing but use was asked for.</exception>
    private KeptSignIns? SignIns(string? userId, IReadOnlyCollection<PasskeyAuditKind> kinds, CancellationToken token)
    {
        if (_signInFault is not null) return null;
        try
        {
            var (path, log, pages) = (AuditPaths.SignIns(userId, SignInsSince), new KeptSignIns(request.Since), 0);
            foreach (var page in client.PagesOf(client.Get(path, token), path, token))
            {
                foreach (var signIn in GraphClient.ItemsOf(page)) log.Add(signIn);
                if (++pages < MostPages || client.NextOf(page) is null) continue;
                SayCut(log);
                break;
            }
            return log;
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e) && kinds.Any(k => k is not PasskeyAuditKind.Use))
        {
            _signInFault = e.ErrorId == "PremiumLicenceRequired" ? "the tenant has no premium licence, and so no sign-in log that can be read" : "the sign-in log could not be read";
            request.Warn($"{(kinds.Contains(PasskeyAuditKind.Use) ? "Use of passkeys is missing, and unusual" : "Unusual")} places are not looked for: {_signInFault}.{(e.ErrorId == "PremiumLicenceRequired" ? "" : $" {e.Message}")}");
            return null;
        }
    }

    private void SayCut(KeptSignIns log)
    {
        var isMissing = !(log.Oldest < request.Since);
        request.Warn($"Only the newest {log.Count:N0} sign-ins were read{(log.Oldest is { } oldest ? $", back to {Date(oldest)}" : "")}: {(isMissing ? "use before that is missing, and " : "")}where people usually are is known from then on only.");
    }

    private static IEnumerable<PasskeyAuditEvent> UsesIn(KeptSignIns? log, AuditFacts facts) => log is null ? [] : log.Uses.Select(u => PasskeyUses.Of(u, facts));

    private AuditFacts WithPlaces(KeptSignIns? log) => _facts with { Places = log?.Places, PlacesFault = _signInFault };

    /// <summary>
    /// What is told while it is read stands on the order that was asked for (<see cref="AuditPaths.Registrations"/>). Where entries come otherwise, that is said: pairs may be told as two then, and what belongs
    /// together in time may be missed.
    /// </summary>
    private IEnumerable<JObject> InOrder(IEnumerable<JObject> audits)
    {
        var (oldest, isSaid) = (DateTimeOffset.MaxValue, false);
        foreach (var audit in audits)
        {
            if (DateOf(audit) is { } at)
            {
                if (!isSaid && at - oldest > AuditRecord.PairTolerance)
                {
                    request.Warn("The audit log did not come newest first, as it was asked for: what the log wrote as two events may be shown as two, and anomalies may be missing. For one user (-UserId) the order does not matter.");
                    isSaid = true;
                }
                if (at < oldest) oldest = at;
            }
            yield return audit;
        }
    }

    private static bool IsAbout(IEnumerable<PasskeyAuditKind> kinds, params PasskeyAuditKind[] any) => kinds.Any(any.Contains);

    private static string Date(DateTimeOffset date) => date.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);

    private static DateTimeOffset? DateOf(JObject audit) => GraphDate.Parse(JsonText.Of(audit, "activityDateTime"));

    /// <summary>Of one user it is little, and from more than one request.</summary>
    private static List<JObject> Newest(IEnumerable<JObject> audits) => [.. audits.OrderByDescending(a => DateOf(a) ?? DateTimeOffset.MaxValue)];

    /// <summary>Two lists that are newest first as one, as lazily as they are.</summary>
    private static IEnumerable<T> Merged<T>(IEnumerable<T> one, IEnumerable<T> other, Func<T, DateTimeOffset?> dateOf)
    {
        using var left = one.GetEnumerator();
        using var right = other.GetEnumerator();
        var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
        while (hasLeft || hasRight)
        {
            if (hasLeft && (!hasRight || !(dateOf(left.Current) < dateOf(right.Current))))
            {
                yield return left.Current;
                hasLeft = left.MoveNext();
            }
            else
            {
                yield return right.Current;
                hasRight = right.MoveNext();
            }
        }
    }
}
