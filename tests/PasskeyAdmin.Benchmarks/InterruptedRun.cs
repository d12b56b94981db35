using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Benchmarks;

/// <summary>Reads all registrations of a tenant with a checkpoint, whole or stopped in the middle and begun again.</summary>
internal sealed class InterruptedRun(RecordedAnswers answers, ProviderCatalog catalog, PasskeyPolicy policy) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("passkeyadmin-bench-").FullName;

    private string Checkpoint => Path.Combine(_folder, "checkpoint");

    /// <returns>How many passkeys there are, and how large the checkpoint was in the end.</returns>
    public (int Passkeys, long CheckpointSize) Whole(RecordedTenant tenant)
    {
        File.Delete(Checkpoint);
        var passkeys = Read(tenant, CancellationToken.None).Sum(u => u.Registrations.Count);
        return (passkeys, new FileInfo(Checkpoint).Length);
    }

    /// <summary>Stops in the middle, in three ways, and goes on.</summary>
    public string Interrupt(long size)
    {
        File.Delete(Checkpoint);
        var all = new HashSet<string>();
        answers.Rewind();
        using (var tenant = new RecordedTenant(answers, RecordedTenant.Start))
            foreach (var user in Read(tenant, CancellationToken.None)) all.Add(Line(user));
        var asked = answers.Asked.ToList();
        var pages = asked.FindIndex(a => a.Kind == RecordedAnswers.ReportPages) + (asked.Count(a => a.Kind == RecordedAnswers.ReportPages) / 2);
        var columns = new[] { Resume(all, pages, int.MaxValue), Resume(all, asked.Count / 2, int.MaxValue), Resume(all, int.MaxValue, all.Count / 2) };
        return $"""
            | Interrupted, and begun again with the same checkpoint | cancelled at half of the report | cancelled at half of the messages | left by its reader at half of the users |
            |---|---:|---:|---:|
            {string.Join("\n", columns[0].Select((row, i) => $"| {row.What} | {string.Join(" | ", columns.Select(c => $"{c[i].Value:N0}"))} |"))}

            The checkpoint of the whole run has {size / 1048576.0:N1} MB.

            """;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <param name="messages">After how many messages the run is cancelled.</param>
    /// <param name="users">After how many users nobody asks for more: as where the pipeline is stopped, or the process ends.</param>
    private List<(string What, long Value)> Resume(HashSet<string> all, int messages, int users)
    {
        File.Delete(Checkpoint);
        var shown = new HashSet<string>();
        using var stop = new CancellationTokenSource();
        var sent = 0;
        answers.Rewind();
        answers.BeforeAnswer = () =>
        {
            if (++sent > messages) stop.Cancel();
        };
        TimeSpan waited;
        using (var tenant = new RecordedTenant(answers, RecordedTenant.Start))
        {
            try
            {
                foreach (var user in Read(tenant, stop.Token).Take(users)) shown.Add(Line(user));
            }
            catch (OperationCanceledException)
            {
                // As it should be.
            }
            waited = tenant.Clock.Waited;
        }
        answers.BeforeAnswer = null;
        var before = Slow();
        var size = new FileInfo(Checkpoint).Length;
        answers.Rewind();
        var (again, twice) = (new HashSet<string>(), 0);
        using (var tenant = new RecordedTenant(answers, RecordedTenant.Start + waited + TimeSpan.FromHours(1)))
            foreach (var user in Read(tenant, CancellationToken.None))
                if (!again.Add(Line(user))) twice++;
        var after = Slow();
        return
        [
            ("Users shown before the stop", shown.Count),
            ("Size of the checkpoint then, bytes", size),
            ("Report pages and users' methods asked for before the stop", before.Count),
            ("Report pages and users' methods asked for afterwards", after.Count),
            ("Of these, repeated", after.Intersect(before).Count()),
            ("Other requests afterwards (audit log, groups, disabled accounts)", answers.Asked.Sum(a => a.Reads.Length) - after.Count),
            ("Users lost, or with other passkeys than in a run without a stop", all.Except(again).Count()),
            ("Users too many", again.Except(all).Count()),
            ("Users twice", twice),
        ];
    }

    private HashSet<int> Slow() => [.. answers.Asked.Where(a => a.Class is ThrottleClass.Reports && !a.Kind.Contains("audit", StringComparison.Ordinal)).SelectMany(a => a.Reads)];

    private IEnumerable<UserRegistrations> Read(RecordedTenant tenant, CancellationToken token)
    {
        using var checkpoint = ReadCheckpoint.Open(Checkpoint, tenant.Session.TenantId!, tenant.Session.Traffic.Now);
        var options = new RegistrationOptions(_ => { }) { Checkpoint = checkpoint, Announce = _ => { } };
        foreach (var user in new RegistrationSource(tenant.Session, tenant.Client, catalog, policy, options).OfTenant(token))
            yield return user.Fault is null ? user : throw user.Fault;
    }

    private static string Line(UserRegistrations user) => $"{user.User.Id} {string.Join(' ', user.Registrations.Select(r => $"{r.Id} {r.Usable}"))}";
}
