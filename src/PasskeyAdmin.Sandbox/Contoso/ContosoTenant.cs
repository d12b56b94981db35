using System.IO;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>
/// The sample tenant: profiles, targets, groups and users in <c>tenant.json</c>. Its people own the first devices of <see cref="ContosoInventory"/>;
/// AAGUIDs are those of reference/aaguids.md §1 to §3.
/// </summary>
internal static class ContosoTenant
{
    public static string ReadText()
    {
        using var text = new StreamReader(typeof(ContosoTenant).Assembly.GetManifestResourceStream("contoso-tenant.json")!);
        return text.ReadToEnd();
    }
}
