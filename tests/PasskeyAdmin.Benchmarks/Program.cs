using System.Globalization;
using System.IO;
using System.Text;
using BenchmarkDotNet.Running;
using PasskeyAdmin.Sandbox.Contoso;

namespace PasskeyAdmin.Benchmarks;

internal static class Program
{
    private static int Main(string[] args)
    {
        // inventory <devices> <file>: a synthetic Intune export of any size, for benches and by hand.
        if (args is ["inventory", var devices, var path])
        {
            using var writer = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 20);
            ContosoInventory.Write(writer, int.Parse(devices, CultureInfo.InvariantCulture));
            return 0;
        }
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    }
}
