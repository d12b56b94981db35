using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Testing;
using PasskeyAdmin.Users;
using static PasskeyAdmin.Core.Tests.Users.UsersFixture;

namespace PasskeyAdmin.Core.Tests.Users;

/// <summary>
/// Whole measurements of random tenants, with a report that lags, events in the log, removals, disabled and new accounts, what an interrupted run left, and sources that cannot be read: what is said of
/// somebody is the truth by the slow evaluator, or Unknown.
/// </summary>
public class RandomPeopleTests
{
    private const int Tenants = 2000;
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] Sources = ["/auditLogs/", "userRegistrationDetails", "/v1.0/users?", "/transitiveMembers", "/authentication/", "/conditionalAccess/"];
    private static readonly string[] Models = [Apple, Bitwarden, YubiKey, Authenticator, "08987058-cadc-4b81-b6e1-30de50dcbe96"];

    [Fact]
    public void What_is_said_of_somebody_is_true_or_not_known() => Gen.Int.Sample(seed => Check(new Random(seed)), iter: Tenants);

    private static void Check(Random random)
    {
        var (root, people) = Tenant(random);
        string? broken = random.Next(3) == 0 ? Sources[random.Next(Sources.Length)] : null;
        if (broken is not null && random.Next(2) == 0) broken += "|" + Sources[random.Next(Sources.Length)];
        var before = (JObject)root["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]![0]!.DeepClone();
        var after = Changed((JObject)before.DeepClone(), random);
        var isDisabledRead = random.Next(2) == 0;
        ImpactMeasurement measured;
        try
        {
            measured = Measure(root, after, broken, isDisabledRead, random);
        }
        catch (PasskeyAdminException e) when (e.ErrorId == "ImpactNotMeasurable")
        {
            Assert.NotNull(broken);
            return;
        }
        var rows = measured.Rows.ToDictionary(r => r.UserId);
        foreach (var person in people)
        {
            var truth = Truth(before, after, root, person);
            if (rows.TryGetValue((string)person["id"]!, out var row))
            {
                // Without the log, what the report has counts as there: that may say too much, and never too little.
                var isSaid = row.Impact is PasskeyImpact.Unknown || row.Impact == truth || (broken?.Contains("/auditLogs/", StringComparison.Ordinal) == true && row.Impact > truth && row.Reason is not null);
                if (!isSaid) Assert.Fail($"{person["userPrincipalName"]}: {row.Impact}, and it is {truth}. {broken}\n{person}\n{string.Join("\n", root["directoryAudits"]!.Where(a => a.ToString().Contains((string)person["id"]!, StringComparison.Ordinal) || a.ToString().Contains((string)person["userPrincipalName"]!, StringComparison.Ordinal)).Select(a => $"{a["activityDateTime"]} {a["activityDisplayName"]}"))}\nlag {root["settings"]}");
                // Where everything can be read, only what is disabled and was not read is open.
                if (broken is null && row.Impact is PasskeyImpact.Unknown) Assert.False((bool)person["accountEnabled"]! || isDisabledRead, $"{row.Reason}\n{person}\n{string.Join("\n", root["directoryAudits"]!.Where(a => a.ToString().Contains((string)person["id"]!, StringComparison.Ordinal) || a.ToString().Contains((string)person["userPrincipalName"]!, StringComparison.Ordinal)).Select(a => $"{a["activityDateTime"]} {a["activityDisplayName"]}"))}\nlag {root["settings"]}");
            }
            else if (truth is not PasskeyImpact.Unaffected && measured.NotRead.Count == 0)
            {
                Assert.Fail($"{person["userPrincipalName"]}: not named, and it is {truth}. {broken}\n{person}\n{string.Join("\n", root["directoryAudits"]!.Where(a => a.ToString().Contains((string)person["id"]!, StringComparison.Ordinal) || a.ToString().Contains((string)person["userPrincipalName"]!, StringComparison.Ordinal)).Select(a => $"{a["activityDateTime"]} {a["activityDisplayName"]}"))}\nlag {root["settings"]}");
            }
            else if (truth is not PasskeyImpact.Unaffected)
            {
                // Only whom neither report nor list has may be in no row.
                Assert.True(broken!.Contains("/v1.0/users?", StringComparison.Ordinal) || broken.Contains("/transitiveMembers", StringComparison.Ordinal), $"{broken}: {truth}\n{person}");
            }
        }
        var enabled = people.Count(p => (bool)p["accountEnabled"]!);
        var summary = new PasskeyImpactSummary(measured);
        if (broken is null && summary.Unaffected is { } unaffected) Assert.True(summary.Affected + summary.Unknown + unaffected <= enabled, $"{summary.Affected} + {summary.Unknown} + {unaffected} of {enabled}");
    }

    private static (JObject Root, List<JObject> People) Tenant(Random random)
    {
        var root = JObject.Parse(SmallTenant.Json);
        root["settings"] = new JObject { ["reportLagInHours"] = random.Next(4) == 0 ? 60 : random.Next(1, 36), ["licence"] = random.Next(6) == 0 ? "Free" : "P2" };
        var methods = (JArray)root["authenticationMethodsPolicy"]!["authenticationMethodConfigurations"]!;
        ((JArray)methods).RemoveAt(2);
        var fido2 = (JObject)methods[0];
        var isListed = random.Next(2) == 0;
        fido2["passkeyProfiles"] = new JArray(
            random.Next(3) == 0 ? Profile(Default, "Default passkey profile", "deviceBound", "block", Models[random.Next(Models.Length)]) : Profile(Default, "Default passkey profile", "deviceBound"),
            isListed ? Profile(PilotProfile, "Synced pilot", "deviceBound,synced", "allow", Apple, Bitwarden, YubiKey) : Profile(PilotProfile, "Synced pilot", "deviceBound,synced"));
        fido2["includeTargets"] = new JArray(Target("all_users", Default), Target(Pilot, PilotProfile));
        fido2["excludeTargets"] = new JArray(new JObject { ["id"] = Excluded, ["targetType"] = "group" });
        var (audits, users) = (new JArray(), new JArray());
        var (pilot, excluded) = (new JArray(), new JArray());
        for (var i = 0; i < 6; i++) users.Add(Person(random, i, audits, pilot, excluded));
        (root["users"], root["directoryAudits"]) = (users, audits);
        root["groups"] = new JArray(
            new JObject { ["id"] = Pilot, ["displayName"] = "Pilot", ["members"] = new JArray("20000000-0000-4000-8000-000000000009") },
            new JObject { ["id"] = "20000000-0000-4000-8000-000000000009", ["displayName"] = "Inner", ["members"] = pilot },
            new JObject { ["id"] = Excluded, ["displayName"] = "Shut out", ["members"] = excluded });
        return (root, [.. users.Cast<JObject>()]);
    }

    private static JObject Person(Random random, int number, JArray audits, JArray pilot, JArray excluded)
    {
        var name = $"user{number}";
        var person = new JObject
        {
            ["id"] = IdOf($"u{number}"),
            ["displayName"] = name,
            ["userPrincipalName"] = $"{name}@contoso.com",
            ["accountEnabled"] = random.Next(6) != 0,
            ["userType"] = "Member",
            ["createdDateTime"] = random.Next(6) == 0 ? Text(Now.AddHours(-random.Next(1, 70))) : "2025-01-01T00:00:00Z",
        };
        if (random.Next(3) != 0) pilot.Add(person["id"]!.DeepClone());
        if (random.Next(8) == 0) excluded.Add(person["id"]!.DeepClone());
        var created = GraphDate.Parse((string?)person["createdDateTime"])!.Value;
        var (methods, deleted) = (new JArray(), new JArray());
        for (var i = random.Next(4); i > 0; i--)
        {
            var isHello = random.Next(4) == 0;
            var isSynced = random.Next(2) == 0;
            var method = isHello ? Hello() : Passkey(isSynced ? "synced" : "deviceBound", isSynced ? Models[random.Next(2)] : Models[2 + random.Next(3)]);
            var from = random.Next(3) == 0 || created > Now.AddHours(-71) ? Now.AddHours(-random.Next(0, Math.Max(1, (int)(Now - created).TotalHours > 70 ? 70 : (int)(Now - created).TotalHours))).AddMinutes(-1) : new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
            method["createdDateTime"] = Text(from);
            var kind = isHello ? "Windows Hello for Business credential" : $"Passkey ({(isSynced ? "synced" : "device-bound")})";
            if (from > Now.AddHours(-72)) audits.Add(Event($"Add {kind}", person, from, random, (string?)method["aaGuid"]));
            if (random.Next(4) == 0)
            {
                var gone = Now.AddMinutes(-random.Next(0, (int)Math.Min(70 * 60, Math.Max(1, (Now - from).TotalMinutes))));
                method["deletedDateTime"] = Text(gone);
                deleted.Add(method);
                audits.Add(Event($"Delete {kind}", person, gone, random, (string?)method["aaGuid"]));
            }
            else
            {
                methods.Add(method);
            }
        }
        (person["authenticationMethods"], person["deletedAuthenticationMethods"]) = (methods, deleted);
        return person;
    }

    /// <summary>With the id, with the name, or with both.</summary>
    private static JObject Event(string activity, JObject person, DateTimeOffset at, Random random, string? aaGuid)
    {
        var form = random.Next(3);
        return new JObject
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["activityDateTime"] = Text(at),
            ["activityDisplayName"] = activity,
            ["category"] = "UserManagement",
            ["loggedByService"] = "Device Registration Service",
            ["result"] = "success",
            ["targetResources"] = new JArray(new JObject { ["id"] = form == 0 ? JValue.CreateNull() : person["id"]!.DeepClone(), ["type"] = "User", ["userPrincipalName"] = form == 1 ? JValue.CreateNull() : person["userPrincipalName"]!.DeepClone() }),
            ["additionalDetails"] = aaGuid is null ? [] : new JArray(new JObject { ["key"] = "AAGuid", ["value"] = aaGuid }),
        };
    }

    private static JObject Changed(JObject policy, Random random)
    {
        switch (random.Next(6))
        {
            case 0: policy["passkeyProfiles"]![1]!["passkeyTypes"] = "deviceBound"; break;
            case 1: policy["passkeyProfiles"]![1]!["keyRestrictions"] = Profile("x", "x", "synced", "allow", Apple)["keyRestrictions"]; break;
            case 2: policy["passkeyProfiles"]![0]!["keyRestrictions"] = Profile("x", "x", "synced", "block", YubiKey, Authenticator)["keyRestrictions"]; break;
            case 3: policy["state"] = "disabled"; break;
            case 4: ((JArray)policy["includeTargets"]!).RemoveAt(random.Next(2)); break;
            default: ((JArray)policy["excludeTargets"]!).Add(new JObject { ["id"] = "20000000-0000-4000-8000-000000000009", ["targetType"] = "group" }); break;
        }
        return policy;
    }

    private static PasskeyImpact Truth(JObject before, JObject after, JObject root, JObject person)
    {
        var id = (string)person["id"]!;
        var groups = root["groups"]!.Where(g => g["members"]!.Any(m => (string?)m == id)).Select(g => (string)g["id"]!).ToHashSet();
        if (groups.Contains("20000000-0000-4000-8000-000000000009")) groups.Add(Pilot);
        SlowEvaluator Slow(JObject policy) => new(policy, new HashSet<string>(), groups, blocksZeros: false, futureIsOther: false, _ => false);
        var methods = person["authenticationMethods"]!.Cast<JObject>().ToList();
        var passkeys = methods.Where(m => m["passkeyType"] is not null).Select(m => ((string)m["passkeyType"]!, new Guid((string)m["aaGuid"]!)));
        return SlowEvaluator.Impact(Slow(before), Slow(after), passkeys, methods.Exists(m => m["passkeyType"] is null));
    }

    private static ImpactMeasurement Measure(JObject root, JObject after, string? broken, bool includesDisabled, Random random)
    {
        using var http = new HttpClient(new Breaking(broken, new SandboxHandler(SandboxTenant.Parse(root.ToString())) { Now = () => Now })) { BaseAddress = new Uri("https://graph.sandbox.invalid/") };
        var clock = new VirtualClock(GraphSender.RequestTimeout, GraphSender.Grace);
        var connection = new GraphConnection(http.BaseAddress, () => http);
        var session = new TenantSession(new TenantFacts(TenantConnection.AccessToken, "Custom") { TenantId = "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83" }, connection, new GraphTraffic(clock, () => 0.5, isPaced: false));
        var client = session.CreateClient();
        var source = new PasskeyPolicySource(session, client, Catalog);
        var current = source.Read(CancellationToken.None);
        var proposed = source.Propose(current, PolicyProposal.Parse(after.ToString(), "The test"), CancellationToken.None);
        var path = Path.Combine(Path.GetTempPath(), $"passkeyadmin-tests-{Guid.NewGuid():N}");
        try
        {
            using var checkpoint = random.Next(4) == 0 ? null : EarlierRun(path, root, random);
            return new PolicyImpactSource(session, client, Catalog, new ImpactOptions { IncludesDisabled = includesDisabled, Checkpoint = checkpoint }).Measure(current, proposed, CancellationToken.None);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>What an interrupted run left, of any time in the last 30 hours.</summary>
    private static ReadCheckpoint EarlierRun(string path, JObject root, Random random)
    {
        var checkpoint = ReadCheckpoint.Open(path, "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", Now);
        var users = root["users"]!.Cast<JObject>().ToList();
        if (random.Next(2) == 0)
        {
            var at = Now.AddHours(-random.Next(0, 24));
            var asOf = at.AddHours(-random.Next(1, 36));
            var rows = users.Where(u => (bool)u["accountEnabled"]! && GraphDate.Parse((string?)u["createdDateTime"]) <= asOf)
                .Select(u => new ReportedUser((string)u["id"]!, At(u, asOf).Aggregate(ReportedMethods.None, (m, x) => m | Word(x))) { UserPrincipalName = (string?)u["userPrincipalName"], IsAdministrator = false, IsGuest = false });
            checkpoint.AddPage([.. rows], random.Next(2) == 0 ? new ReportPage(asOf, asOf, at) : new ReportPage(null, random.Next(2) == 0 ? at.AddHours(-random.Next(0, 50)) : null, at), null);
        }
        foreach (var user in users.Where(_ => random.Next(2) == 0))
        {
            var at = Now.AddMinutes(-random.Next(0, 30 * 60));
            var isAll = random.Next(2) == 0;
            checkpoint.AddUser((string)user["id"]!, At(user, at).Where(m => isAll || m["passkeyType"] is not null), isAll, isBeta: true, at);
        }
        return checkpoint;
    }

    private static IEnumerable<JObject> At(JObject user, DateTimeOffset at) => user["authenticationMethods"]!.Concat(user["deletedAuthenticationMethods"]!).Cast<JObject>()
        .Where(m => GraphDate.Parse((string?)m["createdDateTime"]) <= at && !(GraphDate.Parse((string?)m["deletedDateTime"]) <= at));

    private static ReportedMethods Word(JObject method) => (string?)method["passkeyType"] switch
    {
        null => ReportedMethods.WindowsHelloForBusiness,
        "synced" => ReportedMethods.SyncedPasskey,
        _ when (string?)method["aaGuid"] == Authenticator => ReportedMethods.AuthenticatorPasskey,
        _ when (string?)method["aaGuid"] == Models[4] => ReportedMethods.WindowsHelloPasskey,
        _ => ReportedMethods.DeviceBoundPasskey,
    };

    private static string Text(DateTimeOffset date) => GraphDate.Text(date);

    /// <summary>Refuses what has a text in its path, alone and in batches.</summary>
    private sealed class Breaking(string? part, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            const string refusal = """{"error":{"code":"Authorization_RequestDenied","message":"No."}}""";
            if (part is null) return await base.SendAsync(request, cancellationToken);
            HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { RequestMessage = request, Content = new StringContent(body, Encoding.UTF8, "application/json") };
            if (part.Split('|').Any(p => request.RequestUri!.PathAndQuery.Contains(p, StringComparison.Ordinal))) return Answer(HttpStatusCode.Forbidden, refusal);
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            if (!part.Split('|').Any(p => body.Contains(p, StringComparison.Ordinal))) return await base.SendAsync(request, cancellationToken);
            return Answer(HttpStatusCode.OK, new JObject { ["responses"] = new JArray(JObject.Parse(body)["requests"]!.Select(r => new JObject { ["id"] = r["id"], ["status"] = 403, ["body"] = JObject.Parse(refusal) })) }.ToString());
        }
    }
}
