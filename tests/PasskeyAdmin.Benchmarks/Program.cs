using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using BenchmarkDotNet.Running;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Sandbox.Contoso;

namespace PasskeyAdmin.Benchmarks;

internal static class Program
{
    private static int Main(string[] args)
    {
        switch (args)
        {
            // inventory <devices> <file>: a synthetic Intune export of any size, for benches and by hand.
            case ["inventory", var devices, var path]:
                using (var writer = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 20))
                    ContosoInventory.Write(writer, int.Parse(devices, CultureInfo.InvariantCulture));
                return 0;
            // report <devices> <rounds> [<file>]: the promises about large inventories, as Markdown.
            case ["report", var devices, var rounds, .. var file]:
                var report = new Report(int.Parse(devices, CultureInfo.InvariantCulture), int.Parse(rounds, CultureInfo.InvariantCulture)).Run();
                if (file is [var target]) File.WriteAllText(target, report);
                else Console.Write(report);
                return 0;
            // tenant <users> <registrations>: reading the registration report of a synthetic tenant, as Markdown.
            case ["tenant", var users, var registrations]:
                Console.Write(LargeTenant.Run(int.Parse(users, CultureInfo.InvariantCulture), int.Parse(registrations, CultureInfo.InvariantCulture)));
                return 0;
            // impact <users> <registrations> [A|B|C ...]: whom a change of policy affects in a synthetic tenant, and its registrations, as Markdown.
            case ["impact", var users, var registrations, .. var parts]:
                using (var impact = new LargeImpact(int.Parse(users, CultureInfo.InvariantCulture), int.Parse(registrations, CultureInfo.InvariantCulture)))
                    Console.Write(impact.Run(parts.Length > 0 ? string.Concat(parts) : "ABC"));
                return 0;
            // rules <users> <registrations>: all best-practice rules over a synthetic tenant, as Markdown.
            case ["rules", var users, var registrations]:
                using (var rules = new LargeRules(int.Parse(users, CultureInfo.InvariantCulture), int.Parse(registrations, CultureInfo.InvariantCulture)))
                    Console.Write(rules.Run());
                return 0;
            // helpdesk <users>: how long an answer about one user of the sample tenant takes, as Markdown.
            case ["helpdesk", var users]:
                Console.Write(HelpdeskAnswers.Run(int.Parse(users, CultureInfo.InvariantCulture)));
                return 0;
            // One measured process each, for the report and by hand.
            case ["scan", var path]: return Show(BareScan.Run(path, countsUsers: false));
            case ["scan-users", var path]: return Show(BareScan.Run(path, countsUsers: true));
            case ["measure", var path, var threads]: return Show(CoreMeasure.Run(path, MeasureBy.Platform, int.Parse(threads, CultureInfo.InvariantCulture)));
            case ["measure-users", var path, var threads]: return Show(CoreMeasure.Run(path, MeasureBy.User, int.Parse(threads, CultureInfo.InvariantCulture)));
            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
                return 0;
        }
    }

    private static int Show(object result)
    {
        Console.WriteLine(result);
        Console.WriteLine(Process.GetCurrentProcess().PeakWorkingSet64);
        return 0;
    }
}
