using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace PasskeyAdmin.Devices;

/// <summary>Judges devices against the matrix (design §7). Pure: the same device and question always give the same verdict.</summary>
internal sealed class ReadinessEvaluator
{
    private const int MostVerdicts = 4096;

    private readonly IReadOnlyList<AskedProvider> _asked;
    private readonly Dictionary<DeviceSystem, ReadinessVerdict> _verdicts = [];
    private readonly Dictionary<DeviceSystem, ReadinessVerdict> _known = new(new ReferenceComparer<DeviceSystem>());

    public ReadinessEvaluator(IReadOnlyList<AskedProvider> asked) => _asked = asked;

    public DeviceReadiness Evaluate(Device device) => new(device, Evaluate(device.System));

    /// <summary>The verdict on a kind of device. Devices of one kind share one verdict.</summary>
    [MethodImpl(Tiering.None)]
    public ReadinessVerdict Evaluate(DeviceSystem system)
    {
        if (_known.TryGetValue(system, out var verdict)) return verdict;
        if (!_verdicts.TryGetValue(system, out verdict))
        {
            verdict = Judge(system);
            Keep(_verdicts, system, verdict);
        }
        Keep(_known, system, verdict);
        return verdict;
    }

    /// <summary>A fleet has few kinds of devices; a file of rubbish must not let the memory grow.</summary>
    private static void Keep(Dictionary<DeviceSystem, ReadinessVerdict> verdicts, DeviceSystem system, ReadinessVerdict verdict)
    {
        if (verdicts.Count >= MostVerdicts) verdicts.Clear();
        verdicts.Add(system, verdict);
    }

    private ReadinessVerdict Judge(DeviceSystem system)
    {
        ProviderReadiness[] providers = [.. _asked.Select(asked => CellEvaluation.Judge(asked, system))];
        // The best that any provider makes of the device decides: Ready before ActionNeeded before Unknown before NotReady.
        var status = providers.Any(p => p.Status is ReadinessStatus.Ready) ? ReadinessStatus.Ready
            : providers.Any(p => p.Status is ReadinessStatus.ActionNeeded) ? ReadinessStatus.ActionNeeded
            : providers.Any(p => p.Answer is RequirementAnswer.Unknown) || providers.Length == 0 ? ReadinessStatus.Unknown
            : ReadinessStatus.NotReady;
        var onlyChrome = status is ReadinessStatus.Ready && !providers.Any(p => p.IsBuiltIn);
        return new ReadinessVerdict(
            status, onlyChrome, new(Reasons(status, onlyChrome, providers)), new(providers), NextStepText.For(status, providers, system));
    }

    private static ReadinessReason[] Reasons(ReadinessStatus status, bool onlyChrome, ProviderReadiness[] providers)
    {
        if (status is ReadinessStatus.Ready) return onlyChrome ? [ReadinessReason.ChromeNeeded] : [];
        var telling = status switch
        {
            ReadinessStatus.ActionNeeded => providers.Where(p => p.Answer is not RequirementAnswer.No),
            ReadinessStatus.Unknown => providers.Where(p => p.Answer is RequirementAnswer.Unknown),
            _ => providers.AsEnumerable(),
        };
        var reasons = new List<ReadinessReason>();
        foreach (var provider in telling.OrderBy(p => (int)p.Reason))
            if (!reasons.Contains(provider.Reason)) reasons.Add(provider.Reason);
        // That Apple Passwords does not exist on Android is no news where Android itself is too old for the others.
        if (reasons.Count > 1) reasons.Remove(ReadinessReason.PlatformUnsupported);
        return [.. reasons];
    }
}
