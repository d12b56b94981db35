using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Commands;

/// <summary>Reads the devices that a user gives to a cmdlet as files, and reports what could not be read.</summary>
internal sealed class InventoryInput
{
    /// <summary>More would read faster than most disks.</summary>
    private const int MostThreads = 4;

    /// <summary>Errors of one file; nobody reads more, and the end gives their number.</summary>
    private const int MostRowErrors = 10_000;

    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    private readonly Dictionary<string, string> _shownNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _givenNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly PasskeyCmdlet _cmdlet;
    private readonly FieldNames _names;
    private readonly CancellationToken _stopToken;

    /// <param name="names">What columns may be called; see <see cref="ColumnMaps.Names"/>.</param>
    public InventoryInput(PasskeyCmdlet cmdlet, FieldNames names, CancellationToken stopToken)
    {
        _cmdlet = cmdlet;
        _names = names;
        _stopToken = stopToken;
    }

    /// <summary>Whether everything that came in could be read.</summary>
    public bool AllRead { get; private set; } = true;

    /// <summary>Hands on the devices of files.</summary>
    public void ReadPaths(IEnumerable<string> paths, bool isLiteral, Action<Device> onDevice) => ForPaths(paths, isLiteral, (reader, file, progress) =>
    {
        foreach (var device in reader.Read(file, progress, ReportEnd, _stopToken)) onDevice(device);
    });

    /// <summary>Counts the devices of files.</summary>
    public void CountPaths(IEnumerable<string> paths, bool isLiteral, ReadinessCounter counter) => ForPaths(paths, isLiteral, (reader, file, progress) =>
        reader.Count(file, counter, Math.Min(Environment.ProcessorCount, MostThreads), progress, ReportEnd, _stopToken));

    private void ForPaths(IEnumerable<string> paths, bool isLiteral, Action<InventoryReader, string, InventoryProgressWriter> read)
    {
        foreach (var path in paths)
        {
            ForItem(path, () =>
            {
                foreach (var (given, file) in InputPaths.Files(_cmdlet.SessionState.Path, path, isLiteral)) ForItem(given, () => ReadFile(given, file, read));
            });
        }
    }

    /// <summary>As the cmdlet's, and remembers that there was a bad item.</summary>
    public void ForItem(object? target, Action action)
    {
        if (!_cmdlet.ForItem(target, action)) AllRead = false;
    }

    private void ReadFile(string given, string file, Action<InventoryReader, string, InventoryProgressWriter> read)
    {
        var progress = new InventoryProgressWriter(_cmdlet);
        var errors = 0;
        var reader = new InventoryReader(_names, fault => ReportRow(given, fault, ++errors), ShownName(file));
        try
        {
            read(reader, file, progress);
        }
        finally
        {
            if (!_stopToken.IsCancellationRequested) progress.Complete();
        }
    }

    /// <summary>The name of a file, with as many of its folders as tell it from the others of the same name.</summary>
    private string ShownName(string file)
    {
        if (_shownNames.TryGetValue(file, out var shown)) return shown;
        var start = file.Length;
        do
        {
            // As Path.GetFileName, which .NET Framework refuses for characters that no file there can have.
            start = start < 2 ? 0 : file.LastIndexOfAny(Separators, start - 2) + 1;
            shown = file.Substring(start);
        }
        while (!_givenNames.Add(shown) && start > 0);
        _shownNames.Add(file, shown);
        return shown;
    }

    private void ReportRow(string given, InventoryRowFault fault, int number)
    {
        AllRead = false;
        if (number > MostRowErrors) return;
        _cmdlet.WriteError(new PasskeyAdminException(ErrorKind.InvalidData, "InventoryRowUnreadable",
            $"{fault.FileName}, line {fault.Line}: the row cannot be read: {DisplayText.Neutralise(fault.Reason)}. Correct it or export it again; the other rows are read.").ToErrorRecord(given));
    }

    private void ReportEnd(InventoryFile file)
    {
        if (file.HasWindows1252)
            _cmdlet.WriteWarning($"{file.ShownName} is not all UTF-8; the rest was read as Windows-1252 (Western European). If names look wrong, save it as UTF-8 (in Excel: CSV UTF-8).");
        if (file.DoubtfulRows > 0)
            _cmdlet.WriteWarning($"{file.ShownName}: {(file.DoubtfulRows == 1 ? $"a row, at line {file.FirstDoubtfulLine:N0}, has" : $"{file.DoubtfulRows:N0} rows, the first at line {file.FirstDoubtfulLine:N0}, have")} a text over several lines that reads like further rows. Where a quotation mark is missing or too many, devices are missing.");
        if (file.Rows + file.Faults == 0) _cmdlet.WriteWarning($"{file.ShownName} holds no devices, only the names of columns or empty pages.");
        else if (file.Faults == 0) _cmdlet.WriteVerbose($"{file.ShownName}: {file.Rows:N0} rows read.");
        else _cmdlet.WriteWarning($"{file.ShownName}: {file.Rows:N0} rows read, {file.Faults:N0} could not be read.{(file.Faults > MostRowErrors ? $" Errors were written for the first {MostRowErrors:N0} of these." : "")}");
    }
}
