using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Benchmarks;

/// <summary>What <c>Measure-PasskeyDeviceReadiness -Path</c> does, without PowerShell around it.</summary>
internal static class CoreMeasure
{
    public static long Run(string path, MeasureBy by)
    {
        var reader = new InventoryReader(new FieldNames(InventoryFormat.Auto, fields: ReadinessSummarizer.FieldsOf(by, false)), _ => { });
        var evaluator = new ReadinessEvaluator(AskedProvider.All(RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published), PasskeyTypes.Synced));
        var summarizer = new ReadinessSummarizer(by, null);
        foreach (var device in reader.Read(path, null, null, default)) summarizer.Add(device, evaluator.Evaluate(device.System));
        var count = 0L;
        foreach (var row in summarizer.Summarize()) count += row.Count;
        return count;
    }
}
