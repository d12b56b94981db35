using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Changes;

/// <summary>What came of asking for a pass.</summary>
/// <param name="Pass">Null where there is none, or nobody knows it.</param>
/// <param name="Error">Null where the tenant shows it.</param>
internal sealed record TemporaryAccessPassResult(PasskeyTemporaryAccessPass? Pass, PasskeyAdminException? Error)
{
    /// <summary>That the journal is not whole; null where it is.</summary>
    public PasskeyAdminException? Warning { get; init; }
}

/// <summary>
/// Issues a Temporary Access Pass, as every change is made (design §5.6 to §5.9): journal, a last look, write once (again only where it was turned away unread), look again. The pass itself is in one answer and nowhere else: it is neither written
/// down nor part of any message. One that was made and whose answer was lost is worse than none, as it stands in the way of another: that is said.
/// </summary>
internal sealed class TemporaryAccessPassEngine(TenantSession tenant, GraphClient client)
{
    private const string Secret = "temporaryAccessPass";

    private readonly TemporaryAccessPasses _passes = new(client);
    private readonly PatientLook _patient = new(tenant, client);
    private readonly PatientWrite _write = new(client);

    /// <summary>How the file of the journal is begun; null for the usual way.</summary>
    internal Func<string, string, DateTimeOffset, JObject, ChangeJournal>? BeginJournal { get; init; }

    /// <param name="folder">Where journals are.</param>
    /// <param name="asPlainText">Whether the pass is wanted as text as well.</param>
    /// <exception cref="PasskeyAdminException"><c>JournalNotWritable</c>: then nothing was sent. What goes wrong later is in the result.</exception>
    /// <exception cref="OperationCanceledException">Where the command was stopped before it was sent, or the pass was taken back.</exception>
    public TemporaryAccessPassResult Issue(TemporaryAccessPassPlan plan, string folder, string command, bool asPlainText, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        using var journal = new UserChangeJournal(tenant, folder, command, "temporary access pass", Head(plan), BeginJournal);
        TemporaryAccessPassResult result;
        using (var critical = client.EnterCritical(token)) result = Issue(plan, journal, asPlainText, critical, token);
        return result with { Error = result.Error?.With(journal.Place), Warning = journal.Incomplete };
    }

    private static JObject Head(TemporaryAccessPassPlan plan) => new()
    {
        ["userId"] = plan.User.Id,
        ["isAdministrator"] = plan.Standing.IsRead ? plan.Standing.Value.IsAdministrator : null,
        ["emergencyAccount"] = plan.Emergency.ToString(),
        ["reason"] = plan.Wish.Reason,
        ["lifetimeInMinutes"] = plan.Lifetime,
        ["isUsableOnce"] = plan.IsUsableOnce,
    };

    private TemporaryAccessPassResult Issue(TemporaryAccessPassPlan plan, UserChangeJournal journal, bool asPlainText, CriticalSection critical, CancellationToken token)
    {
        var before = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var (answer, fault, ended) = Ask(plan, journal, before, token);
        if (ended is not null) return ended;
        var issued = new IssuedPass(answer);
        // A stopped command hands nothing on.
        if (token.IsCancellationRequested && issued.Id is { } lost) return TakeBack(plan, journal, lost, critical, token);
        var look = Look(plan, issued.Id, before, critical);
        if (issued is not { Pass: { } pass, Listed: { } listed }) return Unknown(plan, journal, look, fault);
        return token.IsCancellationRequested && (issued.Id ?? look.Seen?.Id) is { } late ? TakeBack(plan, journal, late, critical, token) : Known(plan, journal, look, listed, pass, asPlainText ? AccessToken.Plain(pass) : null);
    }

    /// <summary>Looks for passes that are in the way, and asks for one.</summary>
    /// <param name="before">Gets the ids of those that were there.</param>
    /// <returns>The answer; or the fault of a request that may have been heard all the same; or what it has come to where there is no pass.</returns>
    /// <exception cref="OperationCanceledException">It had not left, or was turned away.</exception>
    private (JObject? Answer, PasskeyAdminException? Fault, TemporaryAccessPassResult? Ended) Ask(TemporaryAccessPassPlan plan, UserChangeJournal journal, HashSet<string> before, CancellationToken token)
    {
        var (isSent, isTurnedAway) = (false, false);
        try
        {
            var (path, body) = (TemporaryAccessPasses.PathOf(plan.User.Id), Body(plan));
            void LookBefore()
            {
                (isSent, isTurnedAway) = (false, isSent);
                before.UnionWith(new TemporaryAccessPassPlanner(tenant, client).RequireNone(plan, token).Select(p => p.Id));
            }
            LookBefore();
            var answer = _write.Send(() =>
            {
                journal.Announce("POST", path, new JObject { ["userId"] = plan.User.Id, ["body"] = body.DeepClone() });
                isSent = true;
                return client.Post(path, body, token);
            }, LookBefore, token);
            return (answer, null, null);
        }
        catch (PasskeyAdminException e) when (!isSent)
        {
            return (null, null, Ended(journal, UserChangeOutcome.NotSent, null, e.With(isTurnedAway ? "No pass was issued." : "Nothing was sent.")));
        }
        catch (PasskeyAdminException e) when (!e.IsOutcomeUnknown)
        {
            return (null, null, Ended(journal, UserChangeOutcome.Failed, null, MethodRole.Named(e, tenant, plan.Shown, plan.Standing).With("No pass was issued.")));
        }
        catch (PasskeyAdminException e)
        {
            return (null, e, null);
        }
        catch (OperationCanceledException)
        {
            journal.Record(UserChangeOutcome.NotSent, null, []);
            throw;
        }
    }

    /// <summary>Whoever asked for the pass does not get it, as the command was stopped: one that nobody knows would be in the way, so it is deleted.</summary>
    private TemporaryAccessPassResult TakeBack(TemporaryAccessPassPlan plan, UserChangeJournal journal, string id, CriticalSection critical, CancellationToken token)
    {
        PasskeyAdminException? fault = null;
        var look = new PassLook(IsRead: false);
        try
        {
            var path = TemporaryAccessPasses.PathOf(plan.User.Id, id);
            _write.Send(() =>
            {
                journal.Announce("DELETE", path, new JObject { ["userId"] = plan.User.Id, ["methodId"] = id });
                client.Delete(path, critical.Token);
                return true;
            }, again: null, critical.Token);
            look = _patient.Until(critical,
                () => new PassLook(IsRead: true) { Seen = _passes.Read(plan.User.Id, critical.Token).FirstOrDefault(p => p.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) },
                unread => new PassLook(IsRead: false) { Fault = unread },
                seen => seen is { IsRead: true, Seen: null });
        }
        catch (PasskeyAdminException e)
        {
            fault = e;
        }
        catch (OperationCanceledException)
        {
            // The time after the stop is up.
        }
        if (look is { IsRead: true, Seen: null })
        {
            journal.Record(UserChangeOutcome.TakenBack, null, new JObject { ["methodId"] = id });
            throw new OperationCanceledException(token);
        }
        return Ended(journal, UserChangeOutcome.Lost, id, new PasskeyAdminException(ErrorKind.InvalidOperation, "TemporaryAccessPassLost",
            $"The command was stopped while a Temporary Access Pass was issued for {plan.Shown} ({id}), and that it was deleted again is not certain: nobody knows it, and it may stand in the way of another one. {TemporaryAccessPasses.Deletion(tenant, plan.User, id)}{(fault is null ? "" : $" ({fault.Message})")}")
        { RecommendedAction = TemporaryAccessPasses.Command(tenant, plan.User, id) });
    }

    private static JObject Body(TemporaryAccessPassPlan plan)
    {
        var body = new JObject();
        if (plan.Lifetime is { } minutes) body["lifetimeInMinutes"] = minutes;
        if (plan.IsUsableOnce is { } once) body["isUsableOnce"] = once;
        return body;
    }

    /// <summary>Looks until the pass is there, or the time is up.</summary>
    /// <param name="id">Null where the answer was lost: then it is whatever was not there before.</param>
    private PassLook Look(TemporaryAccessPassPlan plan, string? id, HashSet<string> before, CriticalSection critical) =>
        _patient.Until(critical,
            () => new PassLook(IsRead: true) { Seen = _passes.Read(plan.User.Id, critical.Token).FirstOrDefault(p => id is null ? !before.Contains(p.Id) : p.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) },
            fault => new PassLook(IsRead: false) { Fault = fault },
            look => look.Seen is not null);

    /// <summary>The pass came; whether the tenant shows it or not, it is handed on, since nobody could get it again.</summary>
    private TemporaryAccessPassResult Known(TemporaryAccessPassPlan plan, UserChangeJournal journal, PassLook look, ListedPass listed, SecureString pass, string? text)
    {
        var made = new PasskeyTemporaryAccessPass(plan.User, look.Seen ?? listed, pass, plan.Wish.Reason) { PlainText = text, IsConfirmed = look.Seen is not null, ChangeId = journal.Id, JournalPath = journal.Path, TenantId = tenant.TenantId };
        if (look.Seen is { } shown) return Ended(journal, UserChangeOutcome.Applied, shown.Id, null) with { Pass = made };
        var why = look.IsRead ? "the tenant does not show it." : $"the tenant could not be read afterwards: {look.Fault?.Message ?? "the command was stopped."}";
        return Ended(journal, UserChangeOutcome.NotConfirmed, listed.Id.Length > 0 ? listed.Id : null, NotConfirmed($"Microsoft Graph said that it issued a Temporary Access Pass for {plan.Shown} and gave it, and {why} The pass is in the output; let the user try it.", null)) with { Pass = made };
    }

    private TemporaryAccessPassResult Unknown(TemporaryAccessPassPlan plan, UserChangeJournal journal, PassLook look, PasskeyAdminException? fault)
    {
        if (look.Seen is { } seen)
        {
            var until = seen.EndsAt is { } end ? $" until {TemporaryAccessPasses.Date(end)}" : "";
            return Ended(journal, UserChangeOutcome.Lost, seen.Id, new PasskeyAdminException(ErrorKind.InvalidOperation, "TemporaryAccessPassLost",
                $"A Temporary Access Pass was issued for {plan.Shown} ({seen.Id}), and the answer that had it was lost: nobody knows it, it cannot be shown again, and{until} it stands in the way of another one. Delete it, unless somebody else issued it at the same time, and issue another one. {TemporaryAccessPasses.Deletion(tenant, plan.User, seen.Id)}{(fault is null ? "" : $" ({fault.Message})")}")
            { RecommendedAction = TemporaryAccessPasses.Command(tenant, plan.User, seen.Id) });
        }
        if (!look.IsRead)
            return Ended(journal, UserChangeOutcome.NotConfirmed, null, NotConfirmed($"A Temporary Access Pass was asked for, its answer was lost, and the tenant could not be read afterwards: {look.Fault?.Message ?? "the command was stopped."} There may be a pass for {plan.Shown} that nobody knows. Look at the authentication methods of the user, and delete it.", fault));
        return fault is null
            ? Ended(journal, UserChangeOutcome.NotConfirmed, null, NotConfirmed($"Microsoft Graph said that it issued a Temporary Access Pass for {plan.Shown}, gave none, and the tenant does not show one. Try again.", null))
            : Ended(journal, UserChangeOutcome.Failed, null, fault.With($"The tenant shows no new pass of {plan.Shown}. A request that is still under way could arrive later: look again before you repeat it."));
    }

    private static TemporaryAccessPassResult Ended(UserChangeJournal journal, UserChangeOutcome outcome, string? passId, PasskeyAdminException? error)
    {
        journal.Record(outcome, error, new JObject { ["methodId"] = passId });
        return new TemporaryAccessPassResult(null, error);
    }

    private static PasskeyAdminException NotConfirmed(string text, PasskeyAdminException? fault) =>
        new(ErrorKind.InvalidOperation, "ChangeNotConfirmed", fault is null ? text : $"{text} ({fault.Message})", fault);

    /// <summary>What was seen afterwards.</summary>
    private sealed record PassLook(bool IsRead)
    {
        public ListedPass? Seen { get; init; }

        public PasskeyAdminException? Fault { get; init; }
    }

    /// <summary>What an answer says, taken apart at once: after this, the pass is in no JSON any more.</summary>
    private sealed class IssuedPass
    {
        public IssuedPass(JObject? answer)
        {
            if (answer is null) return;
            // A pass without an id is a pass all the same, and nobody could get it again.
            Listed = ListedPass.Of(answer) ?? ListedPass.Of(answer, "");
            Pass = JsonText.Of(answer, Secret) is { Length: > 0 } text ? Hidden(text) : null;
            answer.Remove(Secret);
        }

        public ListedPass? Listed { get; }

        public string? Id => Listed?.Id is { Length: > 0 } id ? id : null;

        public SecureString? Pass { get; }

        private static SecureString Hidden(string text)
        {
            var hidden = new SecureString();
            foreach (var character in text) hidden.AppendChar(character);
            hidden.MakeReadOnly();
            return hidden;
        }
    }
}
