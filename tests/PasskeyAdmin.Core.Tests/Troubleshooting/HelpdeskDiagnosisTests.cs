using System;
using System.Linq;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Troubleshooting;
using Xunit.Abstractions;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>What Test-PasskeyUser makes of the cases: the true cause first, and nothing where there is nothing.</summary>
public sealed class HelpdeskDiagnosisTests(ITestOutputHelper output)
{
    /// <summary>What the issue of the helpdesk asks for.</summary>
    private const double ShareOfFirst = 0.95;

    [Fact]
    public void The_true_cause_is_first_nearly_always_and_always_among_the_first_three()
    {
        var ranks = HelpdeskCases.All.Select(c => (Case: c, Diagnosis: Ask(c))).Select(c => (c.Case, c.Diagnosis, Rank: RankOf(c.Case, c.Diagnosis))).ToList();
        foreach (var (item, diagnosis, rank) in ranks)
            output.WriteLine($"| {item.Name} | {item.Symptom}{(item.ErrorCode is { } code ? $" ({code})" : "")} | {item.ExpectedCause ?? "(nothing found)"} | {item.Pair} | {rank} | {string.Join(", ", diagnosis.Cause.Take(4))} |");
        var caused = ranks.Where(r => r.Case.ExpectedCause is not null).ToList();
        output.WriteLine($"{caused.Count(r => r.Rank == 1)} of {caused.Count} first, {caused.Count(r => r.Rank is >= 1 and <= 3)} among the first three; {ranks.Count(r => r.Case.ExpectedCause is null && r.Rank == 1)} of {ranks.Count - caused.Count} healthy ones with nothing found");
        Assert.All(ranks, r => Assert.InRange(r.Rank, 1, 3));
        Assert.All(ranks.Where(r => r.Case.ExpectedCause is null), r => Assert.Equal(1, r.Rank));
        Assert.True(caused.Count(r => r.Rank == 1) >= ShareOfFirst * caused.Count, $"{caused.Count(r => r.Rank == 1)} of {caused.Count}");
    }

    /// <summary>1 for the first; 1 as well where nothing is to be found and nothing was; 99 where it is not named.</summary>
    private static int RankOf(HelpdeskCase item, PasskeyUserDiagnosis diagnosis) =>
        item.ExpectedCause is null ? diagnosis.Cause.Count == 0 ? 1 : 99 : diagnosis.Cause.FirstOrDefault(c => c.CauseId == item.ExpectedCause)?.Rank ?? 99;

    private static PasskeyUserDiagnosis Ask(HelpdeskCase item)
    {
        using var tenant = new DiagnosedTenant(SandboxTenant.Parse(item.TenantJson));
        return tenant.Ask(item.UserPrincipalName, Enum.Parse<PasskeySymptom>(item.Symptom), item.ErrorCode, item.DeviceName);
    }
}
