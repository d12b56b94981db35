using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Tests.Engine;

namespace PasskeyAdmin.Tests.Shape;

/// <summary>
/// The commands that the staged module exports, and its help. With the environment variable PASSKEYADMIN_UPDATE_HELP=1 the help in the
/// repository is brought up to date first, and staged as the next build will stage it.
/// </summary>
public sealed class HelpContent
{
    internal const string UpdateSwitch = "PASSKEYADMIN_UPDATE_HELP";

    private const string Language = "en-US";

    public HelpContent(ModuleSession session)
    {
        Commands = [.. session.Output("Get-Command -Module PasskeyAdmin").Select(c => (CmdletInfo)c.BaseObject).OrderBy(c => c.Name, StringComparer.OrdinalIgnoreCase)];
        if (Environment.GetEnvironmentVariable(UpdateSwitch) == "1") Update();
        File = new HelpFile(StagedPath);
    }

    internal IReadOnlyList<CmdletInfo> Commands { get; }

    internal HelpFile File { get; }

    internal static string StagedPath => Path.Combine(TestPaths.Module, Language, HelpFile.Name);

    internal static string AboutPath => Path.Combine(TestPaths.Module, Language, "about_PasskeyAdmin.help.txt");

    private void Update()
    {
        var path = Path.Combine(TestPaths.Repository, Language, HelpFile.Name);
        var help = new HelpFile(path);
        help.Update(Commands);
        help.Save(path);
        help.Save(StagedPath);
    }
}
