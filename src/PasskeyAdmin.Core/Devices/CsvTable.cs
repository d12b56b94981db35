namespace PasskeyAdmin.Devices;

/// <summary>How wide the table is that records belong to, which tells whether the lines of a quoted text are rows behind a lost quotation mark.</summary>
/// <param name="delimiter">An ASCII character.</param>
/// <param name="namedColumns">How many columns there are up to the last that has a name.</param>
/// <param name="columns">How many there are.</param>
internal sealed class CsvTable(char delimiter, int namedColumns, int columns)
{
    /// <summary>In a table of fewer columns, the lines of a text may well have as many commas as a row.</summary>
    private const int FewestColumnsThatTell = 6;

    /// <summary>In a table of fewer columns, a text of two lines may well have as many commas as two pieces of rows.</summary>
    private const int FewestColumnsThatTellOfTwo = 12;

    public int NamedColumns => namedColumns;

    public int Columns => columns;

    /// <summary>Whether a quoted field has lines of its own that may be rows, or a single line break that may be that of two rows.</summary>
    /// <param name="field">The number of the field in its record.</param>
    /// <param name="isCertain">Whether all lines but the first and the last, which are pieces of rows at most, are such, and the table is wide enough.</param>
    public bool HoldsRows(byte[] buffer, int start, int length, int field, out bool isCertain)
    {
        var (breaks, lines, rows, first, delimiters, isBlank) = (0, 0, 0, 0, 0, true);
        for (var i = start; i < start + length; i++)
        {
            if (buffer[i] is (byte)'\n' or (byte)'\r')
            {
                if (breaks++ == 0) first = delimiters;
                else if (!isBlank) lines++;
                if (breaks > 1 && !isBlank && delimiters >= namedColumns - 1 && delimiters < columns) rows++;
                (delimiters, isBlank) = (0, true);
                continue;
            }
            if (buffer[i] == delimiter) delimiters++;
            isBlank &= buffer[i] <= ' ';
        }
        var isOfTwo = breaks > 0 && lines == 0 && first == columns - 1 - field && delimiters == field;
        isCertain = (rows > 0 && rows == lines && columns >= FewestColumnsThatTell) || (isOfTwo && columns >= FewestColumnsThatTellOfTwo);
        return columns > 1 && (rows > 0 || isOfTwo);
    }
}
