using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace PasskeyAdmin.Benchmarks;

/// <summary>Races over the answers of a large tenant as Markdown.</summary>
internal static class RaceTable
{
    public static string Text(int users, int registrations, int rounds, IReadOnlyList<(string Name, RaceResult Result, string Outcome)> results)
    {
        var text = new StringWriter();
        void Row(string what, Func<RaceResult, string> value) => text.WriteLine($"| {what} | {string.Join(" | ", results.Select(r => value(r.Result)))} |");
        text.WriteLine($"{users:N0} users, {registrations:N0} registrations.");
        text.WriteLine();
        text.WriteLine($"| | {string.Join(" | ", results.Select(r => r.Name))} |");
        text.WriteLine($"|---|{string.Concat(results.Select(_ => "---:|"))}");
        foreach (var kind in results.SelectMany(r => r.Result.Kinds).Select(k => k.Kind).Distinct())
            Row(kind, r => r.Kinds.FirstOrDefault(k => k.Kind == kind) is { Kind: not null } found ? found.Requests == found.Messages ? $"{found.Requests:N0}" : $"{found.Requests:N0} in {found.Messages:N0} messages" : "0");
        Row("Answers, MB of JSON", r => $"{r.Bytes / 1048576.0:N0}");
        text.WriteLine($"| Outcome | {string.Join(" | ", results.Select(r => r.Outcome))} |");
        Row($"Reading and judging, median of {rounds}, seconds of processor (of the clock)", r => $"{r.Ours.Cpu:N2} ({r.Ours.Wall:N2})");
        Row("Bare Newtonsoft.Json over the same answers", r => $"{r.Bare.Cpu:N2} ({r.Bare.Wall:N2})");
        Row("**Ratio** (promise: at most 3)", r => $"**{r.Ours.Cpu / r.Bare.Cpu:N2}** ({r.Ours.Wall / r.Bare.Wall:N2})");
        Row("Under the documented limits (virtual clock)", r => Shown(r.Took));
        Row("The least that the limit of 5 in 10 s allows", r => Shown(r.LeastTime));
        Row("**Ratio** (promise: at most 1.1)", r => $"**{r.Took / r.LeastTime:N3}**");
        Row("Memory kept by the result, MB", r => $"{r.Kept / 1048576.0:N1}");
        text.WriteLine($"| Peak of the process (the recorded answers lie on disk), MB | {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:N0} |{string.Concat(results.Skip(1).Select(_ => " |"))}");
        text.WriteLine();
        return text.ToString();
    }

    private static string Shown(TimeSpan time) => time.TotalHours >= 1 ? $"{Math.Floor(time.TotalHours):N0} h {time.Minutes} min" : $"{time.TotalSeconds:N0} s";
}
