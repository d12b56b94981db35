using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace PasskeyAdmin.Tests.Engine;

/// <summary>A question as a host gets it.</summary>
internal sealed record AskedQuestion(string Caption, string Message, IReadOnlyList<string> Choices, int DefaultChoice)
{
    public const string Yes = "&Yes";
    public const string YesToAll = "Yes to &All";
    public const string No = "&No";
    public const string NoToAll = "No to A&ll";

    public string Default => Choices[DefaultChoice];

    /// <summary>The answer that a user gives with this choice.</summary>
    public int Choose(string choice) => Choices.ToList().IndexOf(choice);
}

/// <summary>A host that keeps what is written to it, without colours, and answers a question as the test says; unless it does, as a host that cannot.</summary>
internal sealed partial class CapturingHost(string name) : PSHost
{
    private readonly CapturingUserInterface _ui = new();

    public string Text => _ui.Written.ToString();

    /// <summary>Every question that was asked.</summary>
    public List<AskedQuestion> Asked => _ui.Asked;

    public Func<AskedQuestion, int> Answer { set => _ui.Answer = value; }

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => name;

    public override Version Version { get; } = new(1, 0);

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override PSHostUserInterface UI => _ui;

    public override void SetShouldExit(int exitCode)
    {
    }

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public void Clear() => _ui.Written.Clear();

    private sealed partial class CapturingUserInterface : PSHostUserInterface
    {
        public StringBuilder Written { get; } = new();

        public List<AskedQuestion> Asked { get; } = [];

        public Func<AskedQuestion, int> Answer { get; set; } = _ => throw new NotSupportedException();

        public override PSHostRawUserInterface RawUI { get; } = new FixedSize();

        public override void Write(string value) => Written.Append(Colour().Replace(value, ""));

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

        public override void WriteLine(string value) => Write(value + "\n");

        public override void WriteErrorLine(string value) => WriteLine(value);

        public override void WriteDebugLine(string message) => WriteLine(message);

        public override void WriteVerboseLine(string message) => WriteLine(message);

        public override void WriteWarningLine(string message) => WriteLine(message);

        public override void WriteProgress(long sourceId, ProgressRecord record)
        {
        }

        public override string ReadLine() => throw new NotSupportedException();

        public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw new NotSupportedException();

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw new NotSupportedException();

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw new NotSupportedException();

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            Asked.Add(new AskedQuestion(caption, message, [.. choices.Select(c => c.Label)], defaultChoice));
            return Answer(Asked[^1]);
        }

        [GeneratedRegex("\u001b\\[[0-9;]*m")]
        private static partial Regex Colour();
    }

    private sealed class FixedSize : PSHostRawUserInterface
    {
        public override Size BufferSize { get; set; } = new(160, 500);

        public override Size WindowSize { get => BufferSize; set => BufferSize = value; }

        public override Size MaxWindowSize => BufferSize;

        public override Size MaxPhysicalWindowSize => BufferSize;

        public override ConsoleColor BackgroundColor { get; set; }

        public override ConsoleColor ForegroundColor { get; set; }

        public override Coordinates CursorPosition { get; set; }

        public override Coordinates WindowPosition { get; set; }

        public override int CursorSize { get; set; }

        public override string WindowTitle { get; set; } = "";

        public override bool KeyAvailable => false;

        public override void FlushInputBuffer()
        {
        }

        public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();

        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents)
        {
        }

        public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
        {
        }

        public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
        {
        }
    }
}
