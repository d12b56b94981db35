using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Rules;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Benchmarks;

/// <summary>All best-practice rules over a synthetic tenant: the time here against bare reading of the same answers, and how often each collection is read.</summary>
internal sealed class LargeRules : IDisposable
{
    private const int Rounds = 5;

    private readonly int _users;
    private readonly int _registrations;
    private readonly ProviderCatalog _catalog = ProviderCatalog.LoadBuiltIn();
    private readonly RecordedAnswers _answers;

    public LargeRules(int users, int registrations)
    {
        (_users, _registrations) = (users, registrations);
        _answers = new RecordedAnswers(new SandboxHandler(SandboxTenant.CreateSynthetic(users, registrations)));
    }

    public string Run()
    {
        var findings = new List<PasskeyPolicyFinding>();
        var result = new AnswerRace(_answers, Rounds).Run(tenant =>
        {
            var policy = new PasskeyPolicySource(tenant.Session, tenant.Client, _catalog).Read(CancellationToken.None);
            var run = new RuleRun(PolicyRules.All, []);
            var context = new RuleSource(tenant.Session, tenant.Client, _catalog, new RuleOptions { Waits = true, Announce = _ => { } }).Read(policy, run.Needs, CancellationToken.None);
            findings = [.. run.Evaluate(context, new RuleTenant(tenant.Session.TenantId, tenant.Session.TenantName, context.Now)), .. run.EvaluateSuppressions()];
            return findings;
        });
        var twice = _answers.Asked.SelectMany(a => a.Reads).GroupBy(r => r).Count(g => g.Count() > 1);
        var outcome = string.Join(", ", findings.GroupBy(f => f.Outcome).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key}"));
        var failed = string.Join(", ", findings.Where(f => f.Outcome is RuleOutcome.Fail).Select(f => $"{f.RuleId} ({f.Subject.Count:N0})"));
        var open = string.Join(", ", findings.Where(f => f.Outcome is RuleOutcome.Unknown).Select(f => $"{f.RuleId}: {f.Evidence}"));
        return $"{RaceTable.Text(_users, _registrations, Rounds, [("All rules", result, outcome)])}Failed: {failed}.\n\nUnknown: {open}.\n\nAsked for more than once: {twice}.\n";
    }

    public void Dispose() => _answers.Dispose();
}
