using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Sylvan.Data.Csv;

namespace PasskeyAdmin.Benchmarks;

/// <summary>
/// The rival of design §8: a single-threaded scan of the columns that a summary looks at, with the fastest CSV library that serves .NET Standard 2.0.
/// It makes their strings and does nothing with them; for users, it counts the distinct ones.
/// </summary>
public static class BareScan
{
    private static readonly string[] Columns = ["OS", "OS version", "SkuFamily", "Manufacturer", "Model"];

    public static (long Rows, long Characters, long Users) Run(string path, bool countsUsers)
    {
        using var text = new StreamReader(path, new UTF8Encoding(false), true, 1 << 16);
        using var csv = CsvDataReader.Create(text, new CsvDataReaderOptions { Comment = '\uFFFF', BufferSize = 1 << 16 });
        int[] columns = [.. Columns.Select(csv.GetOrdinal)];
        var user = csv.GetOrdinal("Primary user UPN");
        var users = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var (rows, characters) = (0L, 0L);
        while (csv.Read())
        {
            rows++;
            foreach (var column in columns) characters += csv.GetString(column).Length;
            if (countsUsers) users.Add(csv.GetString(user));
        }
        return (rows, characters, users.Count);
    }
}
