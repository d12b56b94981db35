using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text.RegularExpressions;

namespace PasskeyAdmin.Shell;

/// <summary>Writes to the console, in colour where that is a terminal. A question is refused at once: nobody may be there to answer.</summary>
internal sealed partial class ShellUserInterface : PSHostUserInterface
{
    private readonly bool _isPlain = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };

    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface();

    public override bool SupportsVirtualTerminal => !_isPlain;

    public override void Write(string value) => Console.Out.Write(Shown(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Console.Out.WriteLine(Shown(value));

    public override void WriteErrorLine(string value) => Console.Error.WriteLine(Shown(value));

    public override void WriteDebugLine(string message) => WriteLine($"DEBUG: {message}");

    public override void WriteVerboseLine(string message) => WriteLine($"VERBOSE: {message}");

    public override void WriteWarningLine(string message) => WriteLine($"WARNING: {message}");

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        // Lines that overwrite each other are for terminals; a log does not want them.
        if (_isPlain) return;
        var text = record.RecordType is ProgressRecordType.Completed ? "" : $"{record.Activity}: {record.StatusDescription}" + (record.PercentComplete >= 0 ? $" {record.PercentComplete} %" : "");
        Console.Error.Write($"\r\u001b[K{text}");
    }

    public override string ReadLine() => throw Refuse();

    public override SecureString ReadLineAsSecureString() => throw Refuse();

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw Refuse();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw Refuse();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw Refuse();

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw Refuse();

    private static PSInvalidOperationException Refuse() =>
        new("PasskeyAdmin.Shell asks no questions. Give all mandatory parameters, and -Confirm:$false where a command would ask.");

    private string Shown(string value) => _isPlain ? Colour().Replace(value, "") : value;

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colour();
}
