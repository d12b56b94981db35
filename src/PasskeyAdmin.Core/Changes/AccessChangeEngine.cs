using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Changes;

/// <summary>
/// Creates what the passkey policy does not have: authentication strengths and Conditional Access policies. As with the policy (design §5.6 to §5.9): journal, a last look, write once, look
/// again. A strength is made in two writes; one that lacks its list of models would let any passkey in, so that it is taken back or named.
/// </summary>
internal sealed class AccessChangeEngine(TenantSession tenant, GraphClient client)
{
    public const string Mark = "PasskeyAdmin.AccessChange";

    /// <summary>Beside the journals of the passkey policy, which can be undone.</summary>
    public const string FolderName = "access";

    private readonly AccessSource _source = new(client);
    private readonly AccessWatch _watch = new(tenant, client);

    /// <summary>How the file of a change is begun.</summary>
    internal Func<string, string, DateTimeOffset, JObject, ChangeJournal> BeginJournal { get; init; } = ChangeJournal.Begin;

    /// <exception cref="PasskeyAdminException"><c>JournalNotWritable</c>: then nothing was sent. What goes wrong later is in the result.</exception>
    /// <exception cref="OperationCanceledException">Where the command was stopped before everything was sent.</exception>
    public AccessChangeResult Apply(AccessCreation creation, ChangeContext context, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var id = Guid.NewGuid().ToString();
        using var journal = BeginJournal(Path.Combine(context.Folder, FolderName), id, tenant.Traffic.Now, Head(creation, id, context));
        var run = new AccessRun(creation, journal, tenant, id, token);
        using (var critical = client.EnterCritical(token))
        {
            if (MayBegin(run) && Create(run, critical) && Restrict(run, critical)) run.End(PolicyChangeOutcome.Applied, PolicySighting.After, null);
        }
        if (journal.Fault is { } fault)
            run.Warnings.Add(fault.As(fault.Kind, "JournalIncomplete", $"What came of the change ({run.Outcome}, {id}) could not be written into '{InputFile.Shown(journal.Path)}': {fault.InnerException?.Message}"));
        return new AccessChangeResult(run.Outcome, run.Made, run.Error is { } error ? error.With($"(change {id}, {InputFile.Shown(journal.Path)})") : null, run.Warnings) { ChangeId = id, Path = journal.Path };
    }

    private JObject Head(AccessCreation creation, string id, ChangeContext context)
    {
        var head = ChangeJournal.Head(Mark, id, tenant, creation.Command);
        head["kind"] = creation.Kind.Noun;
        head["difference"] = new JArray(creation.Words);
        // Numbers only: who they are is nobody's business later on.
        head["impact"] = creation.Impact;
        head["guard"] = context.Limits.ToJson();
        head["wanted"] = creation.Whole;
        return head;
    }

    /// <summary>The last look before anything is sent.</summary>
    private bool MayBegin(AccessRun run)
    {
        try
        {
            foreach (var thing in client.GetAll(run.Creation.Kind.Path, run.Stop))
            {
                if (PolicyWatch.IsSameName(JsonText.Of(thing, "displayName"), run.Creation.Name))
                    throw new PasskeyAdminException(ErrorKind.InvalidOperation, run.Creation.Kind.TakenId, $"The name {run.Quoted} was taken meanwhile, by somebody else's {run.Creation.Kind.Noun}. Look at it, or give another name.");
                if (JsonText.Of(thing, "id") is { } id) run.Before.Add(id);
            }
            run.Creation.Require(run.Stop);
            return true;
        }
        catch (PasskeyAdminException e)
        {
            run.End(PolicyChangeOutcome.NotSent, PolicySighting.NotRead, e.With("Nothing was sent."));
            return false;
        }
        catch (OperationCanceledException)
        {
            run.End(PolicyChangeOutcome.NotSent, PolicySighting.NotRead, null);
            throw;
        }
    }

    /// <returns>Whether the tenant shows it.</returns>
    private bool Create(AccessRun run, CriticalSection critical)
    {
        var kind = run.Creation.Kind;
        run.Announce("POST", kind.Path, run.Creation.Body);
        PasskeyAdminException? fault = null;
        try
        {
            run.Id = JsonText.Of(client.Post(kind.Path, run.Creation.Body, run.Stop), "id");
            run.IsOurs = run.Id is not null;
        }
        catch (PasskeyAdminException e) when (!e.IsOutcomeUnknown)
        {
            run.End(PolicyChangeOutcome.Failed, PolicySighting.NotRead, e.With($"The {kind.Noun} {run.Quoted} was not created."));
            return false;
        }
        catch (PasskeyAdminException e)
        {
            fault = e;
        }
        catch (OperationCanceledException)
        {
            // It had not left.
            run.End(PolicyChangeOutcome.NotSent, PolicySighting.NotRead, null);
            throw;
        }
        var look = _watch.Created(run, critical);
        if (look.Shows is PolicySighting.After)
        {
            (run.Made, run.Id) = (look.Seen, JsonText.Of(look.Seen, "id") ?? run.Id);
            return true;
        }
        var (outcome, text) = NotSeen(run, look, fault);
        if (run is { IsOurs: true, Creation.Restriction: not null }) TakeBack(run, text, fault, isSeen: false, critical);
        else run.End(outcome, look.Shows, Unconfirmed(text, fault, outcome));
        return false;
    }

    private static (PolicyChangeOutcome Outcome, string Text) NotSeen(AccessRun run, AccessLook look, PasskeyAdminException? fault)
    {
        var seconds = run.IsPaced ? $" within {PatientLook.Patience.TotalSeconds:0} seconds" : "";
        var (noun, name) = (run.Creation.Kind.Noun, $"{run.Quoted}{(run.Id is { } id ? $" ({id})" : "")}");
        var danger = run.Creation.Restriction is null ? "" : " It would take any passkey, as its list of models was not sent.";
        return look.Shows switch
        {
            PolicySighting.Before when fault is not null => (PolicyChangeOutcome.Failed, $"The {noun} {name} could not be created, or that was not answered, and{seconds} the tenant does not show it. A request that is still under way could arrive later: look again before you repeat it.{danger}"),
            PolicySighting.Before => (PolicyChangeOutcome.NotConfirmed, $"Microsoft Graph said that it created the {noun} {name}, and{seconds} the tenant does not show it.{danger}"),
            PolicySighting.Other => (PolicyChangeOutcome.NotConfirmed, $"The tenant shows the {noun} {name} otherwise than it was sent: {string.Join("; ", look.Differences)}. Somebody else may have made or changed one of that name at the same time."),
            _ => (PolicyChangeOutcome.NotConfirmed, $"The {noun} {name} was sent, and the tenant could not be read afterwards: {look.Fault?.Message ?? "the command was stopped."} It may be there.{danger}"),
        };
    }

    /// <returns>Whether the tenant shows the models that a strength is restricted to; also where there are none.</returns>
    private bool Restrict(AccessRun run, CriticalSection critical)
    {
        if (run.Creation.Restriction is not { } restriction) return true;
        run.Confirm("It is there, and not yet restricted.");
        var path = AccessSource.ConfigurationsPath(run.Id!);
        PasskeyAdminException? fault = null;
        try
        {
            run.Announce("POST", path, restriction);
            client.Post(path, restriction, run.Stop);
        }
        catch (PasskeyAdminException e) when (e.ErrorId == "JournalNotWritable")
        {
            Leave(run, $"The journal could not be written on ({e.InnerException?.Message.TrimEnd('.')}), and without it nothing more is sent.", "nothing is sent");
            return false;
        }
        catch (PasskeyAdminException e)
        {
            fault = e;
            if (!e.IsOutcomeUnknown) return TakeBack(run, $"The list of models of {run.Quoted} was refused. {e.Message}", e, isSeen: true, critical);
        }
        catch (OperationCanceledException)
        {
            TakeBack(run, "The command was stopped in the middle.", null, isSeen: true, critical);
            throw;
        }
        var look = _watch.Restricted(run, critical);
        if (look.Shows is PolicySighting.After)
        {
            run.Made = look.Seen;
            return true;
        }
        return TakeBack(run, look.Shows switch
        {
            PolicySighting.Before when fault is null => $"Microsoft Graph said that it restricted {run.Quoted} to the models, and the tenant shows it without them.",
            PolicySighting.Before => $"{run.Quoted} could not be restricted to the models. {fault!.Message}",
            PolicySighting.Other => $"The tenant shows {run.Quoted} otherwise than it was sent: {string.Join("; ", look.Differences)}.",
            _ => $"Whether {run.Quoted} was restricted to the models could not be read: {look.Fault?.Message ?? "the command was stopped."}",
        }, fault, isSeen: true, critical);
    }

    /// <summary>Deletes the strength that lacks its list, where that is what this command made, and what nobody has changed or uses.</summary>
    /// <param name="why">What happened, as a sentence.</param>
    /// <param name="isSeen">Whether the tenant showed it before.</param>
    /// <returns>Whether it has its list after all.</returns>
    private bool TakeBack(AccessRun run, string why, PasskeyAdminException? fault, bool isSeen, CriticalSection critical)
    {
        try
        {
            // First who uses it, so that between the look at the thing itself and the deletion nothing else is asked for.
            var users = _watch.IsGone(run, critical.Token) ? null : _source.UsersOf(run.Id!, critical.Token);
            if (users is null)
            {
                var outcome = isSeen ? PolicyChangeOutcome.Failed : PolicyChangeOutcome.NotConfirmed;
                run.End(outcome, PolicySighting.Before, Unconfirmed($"{why} The tenant does not show the strength ({run.Id}).", fault, outcome));
                return false;
            }
            var look = _watch.Restricted(run, critical.Token);
            if (look.Shows is PolicySighting.After)
            {
                run.Made = look.Seen;
                return true;
            }
            if (look.IsRestricted)
            {
                run.End(PolicyChangeOutcome.NotConfirmed, PolicySighting.Other, Unconfirmed($"The strength {run.Quoted} ({run.Id}) takes the models that were meant and no others. But the tenant shows it otherwise than it was sent: {string.Join("; ", look.Differences)}. Somebody else may have changed it at the same time.", fault, PolicyChangeOutcome.NotConfirmed));
                return false;
            }
            if (Obstacle(run, look, users) is { } obstacle)
            {
                Leave(run, why, obstacle);
                return false;
            }
            Delete(run, why, fault, critical);
        }
        catch (PasskeyAdminException e)
        {
            Leave(run, why, $"it could not be deleted: {e.Message.TrimEnd('.')}");
        }
        catch (OperationCanceledException)
        {
            Leave(run, why, "the command was stopped before it could be deleted");
        }
        return false;
    }

    /// <summary>Why it is not for us to delete; null where it is.</summary>
    private static string? Obstacle(AccessRun run, AccessLook look, IReadOnlyList<JObject> users)
    {
        if (!run.IsOurs) return "the answer to the request that created it was lost, so that it may be somebody else's";
        if (look.Shows is not PolicySighting.Before) return $"it could not be seen as it was made, or somebody else has changed it meanwhile ({string.Join("; ", look.Differences)})";
        return users.Count > 0 ? $"{NameLists.First(users.Select(p => CommandText.Quote(JsonText.Of(p, "displayName") ?? JsonText.Of(p, "id") ?? "a policy")))} {(users.Count == 1 ? "demands" : "demand")} it already" : null;
    }

    private void Delete(AccessRun run, string why, PasskeyAdminException? fault, CriticalSection critical)
    {
        var path = run.Creation.Kind.PathOf(run.Id!);
        run.Announce("DELETE", path, null);
        try
        {
            client.Delete(path, critical.Token);
        }
        catch (PasskeyAdminException e) when (e.IsOutcomeUnknown || e.ErrorId == "GraphNotFound")
        {
            // Whether it is gone is looked at.
        }
        if (_watch.Gone(run, critical).Shows is not PolicySighting.Before) Leave(run, why, "it was asked to be deleted, and the tenant still shows it, or could not be read");
        else run.End(PolicyChangeOutcome.Failed, PolicySighting.Before, Unconfirmed($"{why} The strength, which would have taken any passkey, was deleted again: the tenant is as it was.", fault, PolicyChangeOutcome.Failed));
    }

    private static void Leave(AccessRun run, string why, string obstacle)
    {
        var kind = run.Creation.Kind;
        run.End(PolicyChangeOutcome.Incomplete, PolicySighting.Other, new PasskeyAdminException(ErrorKind.InvalidOperation, "StrengthLeftUnrestricted",
            $"{why} The strength {run.Quoted} ({run.Id}) may be left in the tenant without its list of models, so that it takes any passkey: {obstacle}. Demand it nowhere. {kind.Show(run.Id!)} shows it; {kind.Remove(run.Id!)} removes it.")
        { RecommendedAction = kind.Show(run.Id!) });
    }

    private static PasskeyAdminException Unconfirmed(string text, PasskeyAdminException? fault, PolicyChangeOutcome outcome) =>
        outcome is PolicyChangeOutcome.Failed && fault is not null ? fault.As(fault.Kind, fault.ErrorId, text.Contains(fault.Message) ? text : $"{fault.Message} {text}") : new PasskeyAdminException(ErrorKind.InvalidOperation, "ChangeNotConfirmed", fault is null || text.Contains(fault.Message) ? text : $"{text} ({fault.Message})", fault);
}
