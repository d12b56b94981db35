using System.IO;
using System.Text;
using BenchmarkDotNet.Attributes;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Sandbox.Contoso;

namespace PasskeyAdmin.Benchmarks;

/// <summary>Summarising an Intune export, warm, against a bare scan of the same columns.</summary>
[MemoryDiagnoser]
public class ReadinessBenchmarks
{
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
    public long Scan() => BareScan.Run(_path, countsUsers: false).Characters;

    [Benchmark]
    public long Summarise() => CoreMeasure.Run(_path, MeasureBy.Platform, threads: 1);

    [Benchmark]
    public long SummariseUsers() => CoreMeasure.Run(_path, MeasureBy.User, threads: 1);
}
