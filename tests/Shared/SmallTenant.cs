using System.IO;

namespace PasskeyAdmin.Testing;

/// <summary>A tenant that a person can read from top to bottom, for tests of how the sandbox and the commands behave. What the sample tenant has is another matter.</summary>
internal static class SmallTenant
{
    public static string Json { get; } = Read();

    private static string Read()
    {
        using var text = new StreamReader(typeof(SmallTenant).Assembly.GetManifestResourceStream("small-tenant.json")!);
        return text.ReadToEnd();
    }
}
