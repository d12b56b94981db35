using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Troubleshooting;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Benchmarks;

/// <summary>How long an answer about one user takes in the sample tenant, the work of the sandbox included, and how many requests.</summary>
internal static class HelpdeskAnswers
{
    private static readonly Uri Endpoint = new("https://graph.sandbox.invalid/");

    /// <param name="users">How many are asked about, spread over the tenant.</param>
    public static string Run(int users)
    {
        var tenant = SandboxTenant.CreateContoso();
        var now = tenant.Now(DateTimeOffset.UtcNow);
        var data = new CheckData(ProviderCatalog.LoadBuiltIn(), BrowserSupport.LoadBuiltIn(), RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published));
        using var counter = new Counter(new SandboxHandler(tenant));
        using var http = new HttpClient(counter) { BaseAddress = Endpoint };
        var facts = new TenantFacts(TenantConnection.AccessToken, "Global") { TenantName = "Contoso" };
        var session = new TenantSession(facts, new GraphConnection(Endpoint, () => http), new GraphTraffic(new SkippingClock(now), () => 0.5));
        var client = session.CreateClient();
        List<string> all = [.. new DirectoryUserSource(client).All(CancellationToken.None).Select(u => u.Id)];
        var asked = Enumerable.Range(0, users).Select(i => all[(int)((long)i * all.Count / users)]).Distinct().ToList();
        var source = new UserCaseSource(session, client, data, []);
        var answers = new List<(double Cpu, double Wall, int Messages, int Causes)>();
        foreach (var id in asked)
        {
            var (before, watch, cpu) = (counter.Count, Stopwatch.StartNew(), Cpu());
            var diagnosis = UserDiagnosis.Of(source.Read(new UserQuestion(id) { Since = now.AddDays(-30) }, CancellationToken.None));
            answers.Add((Cpu() - cpu, watch.Elapsed.TotalMilliseconds, counter.Count - before, diagnosis.Cause.Count));
        }
        var further = answers.Skip(1).ToList();
        string Of(Func<(double Cpu, double Wall, int Messages, int Causes), double> time) => string.Create(CultureInfo.InvariantCulture, $"{further.Select(time).Order().ElementAt(further.Count / 2):0} ({further.Max(time):0})");
        return string.Create(CultureInfo.InvariantCulture, $"""
            | | First user | {further.Count} further users |
            |---|---:|---:|
            | Milliseconds of processor, median (largest) | {answers[0].Cpu:0} | {Of(a => a.Cpu)} |
            | Milliseconds of the clock, median (largest) | {answers[0].Wall:0} | {Of(a => a.Wall)} |
            | Messages to Graph, most | {answers[0].Messages} | {further.Max(a => a.Messages)} |
            | Causes found, most | {answers[0].Causes} | {further.Max(a => a.Causes)} |

            """);
    }

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalMilliseconds;
    }

    private sealed class Counter(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
