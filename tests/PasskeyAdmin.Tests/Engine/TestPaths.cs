using System.IO;
using System.Linq;
using System.Reflection;

namespace PasskeyAdmin.Tests.Engine;

internal static class TestPaths
{
    public static string Module { get; } = Metadata("StagedModule");

    public static string Manifest { get; } = Path.Combine(Module, "PasskeyAdmin.psd1");

    public static string Sample { get; } = Path.Combine(Module, "Samples", "contoso-devices.csv");

    /// <summary>The folder of the stand-in modules; on no module path unless a test puts it there.</summary>
    public static string TestModules { get; } = Metadata("TestModules");

    public static string Repository { get; } = Metadata("RepositoryRoot");

    private static string Metadata(string key) => Path.GetFullPath(typeof(TestPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!);
}
