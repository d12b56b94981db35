using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Benchmarks;

/// <summary>What <c>Measure-PasskeyDeviceReadiness -Path</c> does, without PowerShell around it.</summary>
internal static class CoreMeasure
{
    public static long Run(string path, MeasureBy by, int threads)
    {
        var reader = new InventoryReader(new FieldNames(InventoryFormat.Auto, fields: ReadinessSummarizer.FieldsOf(by, false)), _ => { });
        var counter = new ReadinessCounter(AskedProvider.All(RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published), PasskeyTypes.Synced), by, null);
        reader.Count(path, counter, threads, null, null, default);
        var count = 0L;
        foreach (var row in counter.Summarize()) count += row.Count;
        return count;
    }
}
