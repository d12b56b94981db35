using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace PasskeyAdmin.Benchmarks;

/// <summary>A whole process that is started, timed and watched for its memory, in turns with the others.</summary>
internal sealed class Contestant(string name, string program, params string[] arguments)
{
    private readonly List<double> _seconds = [];
    private readonly List<double> _megabytes = [];

    public string Name => name;

    /// <summary>The median of all runs.</summary>
    public double Seconds => Median(_seconds);

    /// <summary>The median of the highest working sets, as the process itself says in its last line.</summary>
    public double Megabytes => Median(_megabytes);

    /// <summary>Runs all of them in turns, so that what else the machine does meets all alike.</summary>
    public static void RunInTurns(IReadOnlyList<Contestant> contestants, int rounds)
    {
        for (var round = 0; round < rounds; round++)
            foreach (var contestant in contestants) contestant.Run();
    }

    /// <summary>The lines that a program writes, which must end well and complain of nothing.</summary>
    public static string[] Output(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 || error.Result.Length > 0) throw new InvalidOperationException($"{program}: {error.Result}{output}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private void Run()
    {
        var watch = Stopwatch.StartNew();
        var last = Output(program, arguments)[^1];
        _seconds.Add(watch.Elapsed.TotalSeconds);
        _megabytes.Add(long.Parse(last, CultureInfo.InvariantCulture) / 1048576.0);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_seconds[^1],7:0.00} s {_megabytes[^1],6:0} MB  {name}"));
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
