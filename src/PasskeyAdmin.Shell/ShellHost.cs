using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace PasskeyAdmin.Shell;

/// <summary>A host that writes to the console and asks nothing.</summary>
internal sealed class ShellHost : PSHost
{
    private readonly ShellUserInterface _ui = new();

    /// <summary>The exit code that a script asked for; null where none did.</summary>
    public int? ExitCode { get; private set; }

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "PasskeyAdmin.Shell";

    public override Version Version => typeof(ShellHost).Assembly.GetName().Version!;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI => _ui;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("PasskeyAdmin.Shell has no prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("PasskeyAdmin.Shell has no prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
