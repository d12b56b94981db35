using System;

namespace PasskeyAdmin.Commands;

/// <summary>Where the module keeps what belongs to the user of this machine.</summary>
internal static class UserFolder
{
    private const string Variable = "PASSKEYADMIN_HOME";

    /// <summary>The folder that PASSKEYADMIN_HOME names, else one in the user's application data; null where the user has none. It need not be there yet.</summary>
    public static string? Path
    {
        get
        {
            if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } home) return System.IO.Path.GetFullPath(home);
            var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return data.Length > 0 ? System.IO.Path.Combine(data, "PasskeyAdmin") : null;
        }
    }
}
