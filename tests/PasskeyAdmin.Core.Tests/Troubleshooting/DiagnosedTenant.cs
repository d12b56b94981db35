using System;
using System.Collections.Generic;
using System.Threading;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Core.Tests.Graph;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Troubleshooting;

namespace PasskeyAdmin.Core.Tests.Troubleshooting;

/// <summary>A tenant behind a loopback server, of which users are asked about.</summary>
internal sealed class DiagnosedTenant : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static readonly CheckData Data = new(ProviderCatalog.LoadBuiltIn(), BrowserSupport.LoadBuiltIn(), RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published));

    private readonly GraphTraffic _traffic;
    private UserCaseSource? _source;

    public DiagnosedTenant(SandboxTenant tenant)
    {
        Graph = new GraphFixture(new SandboxHandler(tenant) { Now = () => Now });
        _traffic = new GraphTraffic(new ClockAt(Graph.Clock, Now), () => 0.5);
    }

    public GraphFixture Graph { get; }

    public IReadOnlyList<PasskeyPolicyChange>? Journal { get; init; } = [];

    /// <summary>How far back the logs are asked for.</summary>
    public int Days { get; init; } = 30;

    public UserCase Read(string user, PasskeySymptom symptom = PasskeySymptom.Auto, string? errorCode = null, string? device = null)
    {
        var code = errorCode is null ? null : ErrorCodes.LoadBuiltIn().Recognise(errorCode);
        if (_source is null)
        {
            var session = new TenantSession(new TenantFacts(TenantConnection.AccessToken, "Custom") { TenantId = "6f1c2b9e-3d47-4a58-b0c6-94e1d27f5a83", TenantName = "Contoso" }, Graph.Connection, _traffic);
            _source = new UserCaseSource(session, session.CreateClient(), Data, Journal);
        }
        return _source.Read(new UserQuestion(user) { Symptom = symptom, Code = code, HasUnknownCode = errorCode is not null && code is null, DeviceName = device, Since = Now.AddDays(-Days) }, CancellationToken.None);
    }

    public PasskeyUserDiagnosis Ask(string user, PasskeySymptom symptom = PasskeySymptom.Auto, string? errorCode = null, string? device = null) => UserDiagnosis.Of(Read(user, symptom, errorCode, device));

    public void Dispose() => Graph.Dispose();

    /// <summary>The virtual clock, at the time of the tenant.</summary>
    private sealed class ClockAt(IClock inner, DateTimeOffset start) : IClock
    {
        private readonly DateTimeOffset _begin = inner.UtcNow;

        public DateTimeOffset UtcNow => start + (inner.UtcNow - _begin);

        public TimeSpan Elapsed => inner.Elapsed;

        public System.Threading.Tasks.Task Delay(TimeSpan time, CancellationToken token) => inner.Delay(time, token);
    }
}
