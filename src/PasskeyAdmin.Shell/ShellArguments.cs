using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Shell;

internal enum ShellMode
{
    Tour,
    Command,
    File,
}

/// <summary>What the command line asks for.</summary>
internal sealed record ShellArguments(ShellMode Mode, string Text, IReadOnlyList<string> Rest)
{
    public const string Usage = """
        Usage:
          dotnet run --project src/PasskeyAdmin.Shell                                   a tour on the built-in sample inventory and sample tenant
          dotnet run --project src/PasskeyAdmin.Shell -- -Command '<commands>'          run commands; exit code 1 if the last one failed
          dotnet run --project src/PasskeyAdmin.Shell -- -File <script.ps1> [arguments] run a script; exit code of the script
        """;

    /// <summary>Null where the arguments make no sense.</summary>
    public static ShellArguments? Parse(string[] args)
    {
        if (args.Length == 0) return new(ShellMode.Tour, "", []);
        if (args.Length < 2) return null;
        if (Is(args[0], "-Command", "-c")) return new(ShellMode.Command, string.Join(' ', args[1..]), []);
        return Is(args[0], "-File", "-f") ? new(ShellMode.File, args[1], args[2..]) : null;
    }

    private static bool Is(string argument, string name, string shortName) =>
        argument.Equals(name, StringComparison.OrdinalIgnoreCase) || argument.Equals("-" + name, StringComparison.OrdinalIgnoreCase)
        || argument.Equals(shortName, StringComparison.OrdinalIgnoreCase);
}
