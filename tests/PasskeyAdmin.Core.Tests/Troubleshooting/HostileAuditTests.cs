using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Troubleshooting;
using static PasskeyAdmin.Core.Tests.Troubleshooting.AuditLogEntries;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>Logs in which names are attacks and values are not what they should be.</summary>
public class HostileAuditTests
{
    private static readonly string Nasty = "\u001b[31m\u001b]0;x\u0007\u202Eevil\u2066\u200B<b>&\"'$(x)`\r\n\0" + new string('A', 256);

    private static readonly JToken[] Odd = [JValue.CreateNull(), 5, 1.5, "x", true, new JObject(), new JArray(), new JArray(new JObject()), new JArray(JValue.CreateNull()), 9223372036854775807L, "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"];

    [Fact]
    public void Whatever_the_names_are_every_text_is_safe_to_show()
    {
        var audits = new[]
        {
            Entry("Add Passkey (synced)", "ben", 0, "ann", Apple), Entry("Add Passkey (synced)", "cara", -5, "app:Provisioning", Apple), Entry("Admin registered security info", "ben", -20, "ann", reason: "temporary access pass"),
            Entry("Admin registered security info", "ben", -25, "ann", result: "failure", reason: "why"), Entry("Delete Passkey (synced)", "ben", -90, "ann"),
            Changed("passkeyProfiles", new JArray(), new JArray(Profile("p2", Nasty, "synced"))),
        }.Select(Poisoned).ToList();
        var places = new UserPlaces();
        var uses = new List<AuditDraft>();
        for (var day = 0; day < 6; day++)
        {
            var signIn = Poisoned(SignIn(-day * 24 * 60));
            signIn["location"]!["countryOrRegion"] = day == 0 ? Nasty : "\u202EGB";
            places.Add(signIn);
            uses.Add(PasskeyUses.DraftOf(signIn)!);
        }
        var facts = Facts() with { Places = places };
        var events = Events(audits, facts).Concat(uses.Select(u => PasskeyUses.Of(u, facts))).ToList();
        Assert.Equal(["PolicyChange", "Registration", "Removal", "Use"], events.Select(e => $"{e.Kind}").Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(events, e => e.Anomaly.Any(a => a.Kind is PasskeyAnomalyKind.UnusualPlace));
        Assert.All(events.SelectMany(Texts), text => Assert.Same(text, DisplayText.Neutralise(text)));
        // A name of 256 characters does not fill the screen.
        Assert.All(events.Where(e => e.Kind is not PasskeyAuditKind.PolicyChange).Select(e => e.Summary), text => Assert.InRange(text.Length, 1, 700));
        Assert.All(events.SelectMany(e => e.Anomaly).Where(a => a.Kind is not PasskeyAnomalyKind.UnusualPlace), a => Assert.InRange(a.Reason.Length, 1, 250));
    }

    [Fact]
    public void Whatever_stands_in_an_audit()
    {
        var told = 0;
        foreach (var original in new[] { Entry("Add Passkey (synced)", "ben", 0, "ann", Apple), Registered("ben", 0)[0], Changed("passkeyProfiles", new JArray(), new JArray(Profile(DefaultProfile, "x", "synced"))) })
            foreach (var odd in Damaged(original)) told += AuditEvents.Of([odd, Entry("Add Passkey (synced)", "ben", -10, "ann", Apple)], Facts()).Count(e => Texts(e).Count() > 3);
        Assert.True(told > 100);
    }

    [Fact]
    public void Whatever_stands_in_a_sign_in()
    {
        var told = 0;
        foreach (var odd in Damaged(SignIn(0)))
        {
            var log = new KeptSignIns(Noon.AddDays(-7));
            log.Add(odd);
            for (var day = 2; day < 6; day++) log.Add(SignIn(-day * 24 * 60));
            var facts = Facts() with { Places = log.Places };
            told += log.Uses.Select(u => PasskeyUses.Of(u, facts)).Count(e => Texts(e).Count() > 3);
            _ = Events(Registered("ben", 1), facts);
        }
        Assert.True(told > 100);
    }

    /// <summary>With something odd in the place of each value, and without each.</summary>
    private static IEnumerable<JObject> Damaged(JObject original)
    {
        foreach (var path in original.Descendants().Where(t => t is not JProperty).Select(t => t.Path).ToList())
        {
            foreach (var odd in Odd)
            {
                var copy = (JObject)original.DeepClone();
                copy.SelectToken(path)!.Replace(odd.DeepClone());
                yield return copy;
            }
            var without = (JObject)original.DeepClone();
            if (without.SelectToken(path)!.Parent is JProperty property) property.Remove();
            yield return without;
        }
    }

    private static JObject SignIn(double minutes) => new()
    {
        ["id"] = "s",
        ["createdDateTime"] = Noon.AddMinutes(minutes).UtcDateTime.ToString("o"),
        ["userId"] = "id-ben",
        ["userPrincipalName"] = "ben@contoso.com",
        ["appDisplayName"] = "Portal",
        ["status"] = new JObject { ["errorCode"] = 0, ["failureReason"] = "Other." },
        ["location"] = new JObject { ["countryOrRegion"] = "GB" },
        ["authenticationDetails"] = new JArray(new JObject { ["authenticationMethod"] = "Passkey (synced)", ["succeeded"] = true, ["authenticationStepResultDetail"] = "Done" }),
    };

    /// <summary>Every text is an attack, as far as an event is still made of it.</summary>
    private static JObject Poisoned(JObject original)
    {
        string[] kept = ["activityDisplayName", "activityDateTime", "createdDateTime", "type", "result", "key", "value"];
        var copy = (JObject)original.DeepClone();
        foreach (var value in copy.Descendants().OfType<JValue>().Where(v => v.Value is string && v.Parent is JProperty p && !kept.Contains(p.Name) && !v.Path.Contains("modifiedProperties", StringComparison.Ordinal)).ToList()) value.Value += Nasty;
        if (copy["userId"] is not null) copy["userId"] = "id-ben";
        return copy;
    }

    /// <summary>All that an event says, whatever its properties are called.</summary>
    private static IEnumerable<string> Texts(PasskeyAuditEvent told) => typeof(PasskeyAuditEvent).GetProperties().SelectMany(p => p.GetValue(told) switch
    {
        null => [],
        string text => [text],
        IEnumerable list => list.Cast<object>().Select(o => o.ToString()!),
        var other => [other.ToString()!],
    }).Append(told.ToString());
}
