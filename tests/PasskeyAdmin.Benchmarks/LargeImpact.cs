using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Benchmarks;

/// <summary>
/// Whom a change of policy affects in a synthetic tenant, and all of its registrations (design §8): the time here against bare reading of the same answers, the
/// time under Microsoft's documented limits against the least that they allow, and what an interrupted run repeats or loses.
/// </summary>
internal sealed class LargeImpact : IDisposable
{
    private const int Rounds = 5;

    private readonly int _users;
    private readonly int _registrations;
    private readonly ProviderCatalog _catalog = ProviderCatalog.LoadBuiltIn();
    private readonly RecordedAnswers _answers;
    private readonly PasskeyPolicy _policy;

    public LargeImpact(int users, int registrations)
    {
        (_users, _registrations) = (users, registrations);
        _answers = new RecordedAnswers(new SandboxHandler(SandboxTenant.CreateSynthetic(users, registrations)));
        using var tenant = new RecordedTenant(_answers, RecordedTenant.Start);
        _policy = new PasskeyPolicySource(tenant.Session, tenant.Client, _catalog).Read(CancellationToken.None);
    }

    /// <param name="parts">Which of A, B and C.</param>
    public string Run(string parts)
    {
        var results = new List<(string Name, RaceResult Result, string Outcome)>();
        var race = new AnswerRace(_answers, Rounds);
        var resumed = "";
        if (parts.Contains('A', StringComparison.Ordinal)) results.Add(Impact(race, "A: a type", WithoutSynced()));
        if (parts.Contains('B', StringComparison.Ordinal)) results.Add(Impact(race, "B: AAGUIDs", WithBlockList()));
        if (parts.Contains('C', StringComparison.Ordinal))
        {
            using var run = new InterruptedRun(_answers, _catalog, _policy);
            var size = 0L;
            var rows = 0;
            var result = race.Run(tenant => (rows, size) = run.Whole(tenant));
            results.Add(("C: registrations", result, $"{rows:N0} passkeys"));
            resumed = run.Interrupt(size);
        }
        return RaceTable.Text(_users, _registrations, Rounds, results) + resumed;
    }

    public void Dispose() => _answers.Dispose();

    private (string Name, RaceResult Result, string Outcome) Impact(AnswerRace race, string name, PasskeyPolicy after)
    {
        var outcome = "";
        var result = race.Run(tenant =>
        {
            // The command asks how many users there are, to say what is ahead.
            var measured = new PolicyImpactSource(tenant.Session, tenant.Client, _catalog, new ImpactOptions { Announce = _ => { } }).Measure(_policy, after, CancellationToken.None);
            if (measured.NotRead.Count > 0) throw new InvalidOperationException(measured.NotRead[0]);
            outcome = string.Join(", ", measured.Rows.GroupBy(r => r.Impact).OrderByDescending(g => g.Key).Select(g => $"{g.Count():N0} {g.Key}"));
            return measured;
        });
        return (name, result, outcome);
    }

    private PasskeyPolicy WithoutSynced() => Changed(p => p["name"]!.ToString() == "Synced pilot", p => p["passkeyTypes"] = "deviceBound");

    /// <summary>Everybody whose report says no more than "device-bound", or "Windows Hello", has to be looked at.</summary>
    private PasskeyPolicy WithBlockList() => Changed(p => p["name"]!.ToString() == "Default passkey profile", p => p["keyRestrictions"] = new JObject
    {
        ["isEnforced"] = true,
        ["enforcementType"] = "block",
        ["aaGuids"] = new JArray(_catalog.Providers.Single(p => p.Name == "Windows Hello").AaGuid.Select(a => a.ToString())),
    });

    private PasskeyPolicy Changed(Func<JToken, bool> which, Action<JToken> change)
    {
        var profiles = JObject.Parse(_policy.ToJson())["passkeyProfiles"]!;
        change(profiles.Single(which));
        using var tenant = new RecordedTenant(_answers, RecordedTenant.Start);
        return new PasskeyPolicySource(tenant.Session, tenant.Client, _catalog).Propose(_policy, PolicyProposal.Parse(new JObject { ["passkeyProfiles"] = profiles }.ToString(), "The bench"), CancellationToken.None);
    }
}
