using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Users;

/// <summary>Reads the registered methods of users, many at once, and keeps them in a checkpoint. One request a user: there is no list for all of them (reference/graph-users-and-usage.md §1).</summary>
internal sealed class UserMethodsSource(TenantSession tenant, GraphClient client, ReadCheckpoint? checkpoint)
{
    /// <summary>Whom so many refusals in a row do not tell that the rest is refused as well, waits for hours to be told.</summary>
    private const int EnoughRefusals = 20;

    private const int MostTries = 3;

    /// <summary>Null until it was tried.</summary>
    private bool? _hasBeta;

    /// <summary>How many users of these would be asked for.</summary>
    /// <param name="since">What was read of a user before that is out of date; null for nothing.</param>
    public int Open<T>(IEnumerable<T> users, Func<T, string> idOf, Func<T, DateTimeOffset?> since, bool needsAll) => users.Count(u => checkpoint?.Has(idOf(u), needsAll, since(u)) != true);

    /// <summary>Each user once, those of a run before first.</summary>
    /// <param name="needsAll">Whether other methods than passkeys are wanted.</param>
    /// <returns>What was read; or the error where that could not be.</returns>
    public IEnumerable<(T User, UserMethods? Methods, PasskeyAdminException? Fault)> Read<T>(IEnumerable<T> users, Func<T, string> idOf, Func<T, DateTimeOffset?> since, bool needsAll, CancellationToken token)
    {
        var open = new List<T>();
        foreach (var user in users)
        {
            if (checkpoint?.Find(idOf(user), needsAll, since(user)) is { } known) yield return (user, known, null);
            else open.Add(user);
        }
        if (open.Count == 0) yield break;
        var (index, refusals) = (0, 0);
        while (index < open.Count && index < MostTries && _hasBeta is null)
        {
            var (methods, fault) = ReadFirst(idOf(open[index]), needsAll, token);
            if (fault?.StatusCode == 403) refusals++;
            yield return (open[index++], methods, fault);
        }
        var isRefused = refusals == index;
        PasskeyAdminException? refusal = null;
        var from = index;
        var isBeta = _hasBeta == true;
        foreach (var answer in client.GetMany(open.Skip(from).Select(u => PathOf(idOf(u), needsAll, isBeta)), token, (i, a) => Keep(idOf(open[from + i]), a, needsAll, isBeta)))
        {
            var (methods, fault) = Take(idOf(open[index]), answer, PathOf(idOf(open[index]), needsAll, isBeta), needsAll, isBeta, token);
            yield return (open[index++], methods, fault);
            isRefused &= fault?.StatusCode == 403;
            if (!isRefused || ++refusals < EnoughRefusals) continue;
            refusal = fault;
            break;
        }
        if (index == open.Count) yield break;
        var rest = refusal!.As(refusal.Kind, "RegistrationsNotAskedFor", $"{open.Count - index:N0} more users were not asked for, because the first {EnoughRefusals} were all refused. {refusal.Message}");
        foreach (var user in open.Skip(index)) yield return (user, null, rest);
    }

    /// <summary>Beta knows when a passkey was last used; where it does not answer, v1.0 has the rest.</summary>
    private (UserMethods? Methods, PasskeyAdminException? Fault) ReadFirst(string userId, bool needsAll, CancellationToken token)
    {
        if (_hasBeta is not false)
        {
            var path = PathOf(userId, needsAll, isBeta: true);
            var answer = client.TryGet(path, token);
            if (answer.IsSuccess || answer.Status is 401 or 403 || answer.IsTransient)
            {
                _hasBeta ??= answer.IsSuccess ? true : null;
                Keep(userId, answer, needsAll, isBeta: true);
                return Take(userId, answer, path, needsAll, isBeta: true, token);
            }
        }
        var other = PathOf(userId, needsAll, isBeta: false);
        var second = client.TryGet(other, token);
        // Not there in either: that is about the user and not about beta.
        if (second.IsSuccess) _hasBeta = false;
        Keep(userId, second, needsAll, isBeta: false);
        return Take(userId, second, other, needsAll, isBeta: false, token);
    }

    private (UserMethods? Methods, PasskeyAdminException? Fault) Take(string userId, GraphAnswer answer, string path, bool isAll, bool isBeta, CancellationToken token)
    {
        var now = tenant.Traffic.Now;
        if (answer.Status == 401) throw client.ErrorOf(answer, path);
        if (answer.IsGone)
        {
            // A 404 may also be about the list: only a user who is not in the directory is gone.
            if (!client.TryGet($"/v1.0/users/{Uri.EscapeDataString(userId)}?$select=id", token).IsGone) return (null, client.ErrorOf(answer, path));
            return (new UserMethods([], now) { IsGone = true }, null);
        }
        if (answer.Body is not { } body || !answer.IsSuccess || body["value"] is not JArray list) return (null, client.ErrorOf(answer.IsSuccess ? answer with { Fault = GraphFault.Damaged, Detail = "it has no list" } : answer, path));
        var methods = list.OfType<JObject>().ToList();
        // A list of methods is not documented to have pages; if it has, the rest is read one by one.
        if (client.NextOf(body) is { } next)
        {
            try
            {
                methods.AddRange(client.GetAll(next, token));
            }
            catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
            {
                return (null, e);
            }
            checkpoint?.AddUser(userId, methods, isAll, isBeta, now);
        }
        return (UserMethods.Of(methods, isAll, isBeta, now), null);
    }

    /// <summary>An answer that is whole goes into the checkpoint as soon as it is there, also where nobody wants it any more.</summary>
    private void Keep(string userId, GraphAnswer answer, bool isAll, bool isBeta)
    {
        if (checkpoint is not null && answer is { IsSuccess: true, Body: { } body } && body["value"] is JArray list && body["@odata.nextLink"] is null) checkpoint.AddUser(userId, list.OfType<JObject>(), isAll, isBeta, tenant.Traffic.Now);
    }

    private static string PathOf(string userId, bool isAll, bool isBeta) => $"/{(isBeta ? "beta" : "v1.0")}/users/{Uri.EscapeDataString(userId)}/authentication/{(isAll ? "methods" : "fido2Methods")}";
}
