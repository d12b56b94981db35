using System;
using System.Management.Automation.Host;

namespace PasskeyAdmin.Shell;

/// <summary>The width of the output, which tables need; the rest of a console is not there.</summary>
internal sealed class ShellRawUserInterface : PSHostRawUserInterface
{
    private const int WidthWithoutTerminal = 160;

    public override Size BufferSize { get; set; } = new(Console.IsOutputRedirected || Console.WindowWidth < 40 ? WidthWithoutTerminal : Console.WindowWidth, 3000);

    public override Size WindowSize { get => BufferSize; set => BufferSize = value; }

    public override Size MaxWindowSize => BufferSize;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override Coordinates CursorPosition { get; set; }

    public override Coordinates WindowPosition { get; set; }

    public override int CursorSize { get; set; }

    public override string WindowTitle { get; set; } = "PasskeyAdmin";

    public override bool KeyAvailable => false;

    public override void FlushInputBuffer()
    {
    }

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException("PasskeyAdmin.Shell reads no keys.");

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException("PasskeyAdmin.Shell has no screen buffer.");

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw new NotSupportedException("PasskeyAdmin.Shell has no screen buffer.");

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
    }

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw new NotSupportedException("PasskeyAdmin.Shell has no screen buffer.");
}
