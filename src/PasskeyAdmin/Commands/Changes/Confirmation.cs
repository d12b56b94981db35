using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Runtime.InteropServices;

namespace PasskeyAdmin.Commands;

/// <summary>
/// Asks whether a change is to be made, once, and takes nothing but a yes for a yes. Every way in which a host fails to answer is the same error, and where
/// an answer may never come the question is not put (reference/host-experiments.md).
/// </summary>
internal sealed class Confirmation(PSCmdlet cmdlet)
{
    private const string Caption = "Confirm";
    private const string ConsoleHost = "ConsoleHost";
    private const string RemoteHost = "ServerRemoteHost";

    /// <summary>Start-Job says -s; PowerShell takes every beginning of it.</summary>
    private const string ServerMode = "servermode";

    private bool _noToAll;
    private bool _yesToAll;

    /// <summary>How the command is run where nobody can be asked.</summary>
    public string WithoutQuestion { get; init; } = "-Confirm:$false with -MaximumAffectedUser, and -AllowLockout where somebody would be locked out";

    public bool IsWhatIf => cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given) ? ((SwitchParameter)given).IsPresent : LanguagePrimitives.IsTrue(Preference("WhatIfPreference"));

    /// <summary>Whether whoever runs it does not want to be asked.</summary>
    public bool IsSilent => Level is ConfirmImpact.None;

    /// <summary>Whether the change may be made.</summary>
    /// <param name="words">What the change is and does.</param>
    /// <param name="asks">Whether the change itself is reason to ask.</param>
    /// <param name="isOneOfMany">Whether a yes to all is one to the next question of this kind as well. Else it is not: such a question has numbers of its own.</param>
    /// <exception cref="PasskeyAdminException"><c>ConfirmationUnavailable</c>.</exception>
    public bool Ask(string words, bool asks, bool isOneOfMany = false)
    {
        if (IsWhatIf)
        {
            cmdlet.ShouldProcess(words, words, Caption);
            return false;
        }
        // -Confirm asks about anything of medium impact. ShouldProcess never asks here: a blank line is a yes to it.
        if (IsSilent || !(asks || Level <= ConfirmImpact.Medium))
        {
            cmdlet.WriteVerbose(words);
            return true;
        }
        if (NobodyToAsk() is { } reason) throw Unavailable(reason, null);
        try
        {
            var yesToAll = isOneOfMany && _yesToAll;
            // A no to all is one to all of them, of whatever kind.
            var isYes = cmdlet.ShouldContinue($"{words}\nMake this change?", Caption, hasSecurityImpact: true, ref yesToAll, ref _noToAll);
            if (isOneOfMany) _yesToAll = yesToAll;
            return isYes;
        }
        catch (Exception e) when (MeansNoAnswer(e))
        {
            throw Unavailable(e switch
            {
                NullReferenceException => "the input has ended",
                ArgumentOutOfRangeException => "the host gave back none of the choices",
                // Its message is the question once more.
                HostException { ErrorRecord.FullyQualifiedErrorId: "HostFunctionNotImplemented" } => "the host cannot ask",
                _ => DisplayText.Excerpt(e.Message, 200).TrimEnd('.'),
            }, e);
        }
    }

    /// <summary>What -Confirm says; null where nobody gave it.</summary>
    private bool? Confirm => cmdlet.MyInvocation.BoundParameters.TryGetValue("Confirm", out var given) ? ((SwitchParameter)given).IsPresent : null;

    private ConfirmImpact Level => Confirm switch
    {
        true => ConfirmImpact.Low,
        false => ConfirmImpact.None,
        null => LanguagePrimitives.TryConvertTo(Preference("ConfirmPreference"), out ConfirmImpact level) ? level : ConfirmImpact.High,
    };

    private object? Preference(string name) => cmdlet.SessionState.PSVariable.GetValue(name);

    /// <summary>Why a question might wait for ever, or take for an answer what is none; null where somebody can be asked, or the host says itself that nobody can.</summary>
    private string? NobodyToAsk() => cmdlet.Host.Name switch
    {
        // The input may be a pipe that nobody writes to, or the script itself, whose next line would be the answer.
        ConsoleHost when Console.IsInputRedirected => "the input is redirected",
        // Windows shows the question all the same.
        ConsoleHost when Console.IsOutputRedirected && !RuntimeInformation.IsOSPlatform(OSPlatform.Windows) => "the output is redirected, and the question would not be seen",
        RemoteHost when Environment.GetCommandLineArgs().Any(IsServerMode) => "this is a job, where a question would wait for ever",
        // The other end may be a job as well (Invoke-Command -AsJob): host, history and arguments are those of Enter-PSSession.
        RemoteHost when Confirm != true => "this is a remote session, and where it is a job a question would wait for ever; with -Confirm it is asked all the same",
        _ => null,
    };

    private static bool IsServerMode(string argument) => argument.TrimStart('-', '/') is { Length: > 0 } name && name.Length < argument.Length && ServerMode.StartsWith(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// What hosts throw where they cannot ask: -NonInteractive PSInvalidOperationException, a parallel runspace HostException, an ended terminal NullReferenceException, a choice of -1
    /// ArgumentOutOfRangeException, a remote one its error as RuntimeException; the others are those of hosts of other makers.
    /// </summary>
    private static bool MeansNoAnswer(Exception exception) => exception is not PipelineStoppedException
        && exception is RuntimeException or InvalidOperationException or NotSupportedException or NotImplementedException or NullReferenceException or ArgumentOutOfRangeException or IOException or OperationCanceledException or TimeoutException;

    private PasskeyAdminException Unavailable(string reason, Exception? cause) =>
        new(ErrorKind.InvalidOperation, "ConfirmationUnavailable", $"The change has to be confirmed, and nobody can be asked here: {reason}. Nothing was sent. Without a question: {WithoutQuestion}.", cause);
}
