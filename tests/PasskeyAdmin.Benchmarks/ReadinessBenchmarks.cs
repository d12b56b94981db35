using System.IO;
using System.Linq;
using System.Text;
using BenchmarkDotNet.Attributes;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Sandbox.Contoso;
using Sylvan.Data.Csv;

namespace PasskeyAdmin.Benchmarks;

/// <summary>Summarising an Intune export, against a bare scan of the same columns with the same CSV library.</summary>
[MemoryDiagnoser]
public class ReadinessBenchmarks
{
    private static readonly string[] Columns = ["OS", "OS version", "Manufacturer", "Model", "Last check-in"];

    private string _path = "";

    [Params(100_000)]
    public int Devices { get; set; }

    [GlobalSetup]
    public void WriteInventory()
    {
        _path = Path.Combine(Path.GetTempPath(), $"passkeyadmin-{Devices}.csv");
        using var writer = new StreamWriter(_path, false, new UTF8Encoding(false));
        ContosoInventory.Write(writer, Devices);
    }

    [GlobalCleanup]
    public void DeleteInventory() => File.Delete(_path);

    [Benchmark(Baseline = true)]
    public int BareScan()
    {
        using var csv = CsvDataReader.Create(_path, new CsvDataReaderOptions { Comment = '\uFFFF', BufferSize = 1 << 16 });
        int[] columns = [.. Columns.Select(csv.GetOrdinal)];
        var length = 0;
        while (csv.Read())
            foreach (var column in columns) length += csv.GetString(column).Length;
        return length;
    }

    [Benchmark]
    public int Summarise()
    {
        var reader = new InventoryReader(InventoryFormat.Auto, null, _ => { });
        var evaluator = new ReadinessEvaluator(AskedProvider.All(RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published), PasskeyTypes.Synced));
        var summarizer = new ReadinessSummarizer(MeasureBy.Platform, null);
        foreach (var device in reader.Read(_path, null, null, default)) summarizer.Add(evaluator.Evaluate(device));
        return summarizer.Summarize().Count;
    }
}
