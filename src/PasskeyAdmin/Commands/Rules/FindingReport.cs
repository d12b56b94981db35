using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using PasskeyAdmin.Rules;

namespace PasskeyAdmin.Commands;

/// <summary>Writes findings as a report, into a file or a text.</summary>
internal sealed class FindingReport(FindingFormat format, IReadOnlyList<PolicyRule> rules, string? policyPath)
{
    /// <summary>Before anything is read, which may take hours: whether the file can be written, and is none of those that the command reads.</summary>
    /// <param name="inputs">As they were given; null for those that were not.</param>
    /// <exception cref="PasskeyAdminException"><c>OutFileNotWritable</c>, <c>OutFileIsInput</c>.</exception>
    public static void RequireWritable(PathIntrinsics paths, string path, IEnumerable<string?> inputs)
    {
        var file = InputPaths.ResolveLiteral(paths, path);
        if (inputs.OfType<string>().Any(i => !WildcardPattern.ContainsWildcardCharacters(i) && InputPaths.ResolveLiteral(paths, i) == file))
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "OutFileIsInput", $"'{DisplayText.Neutralise(path)}' is a file that this command reads: the report would overwrite it. Name another one.");
        var isThere = File.Exists(file);
        Write(path, file, FileMode.OpenOrCreate, _ => { });
        if (!isThere) File.Delete(file);
    }

    /// <exception cref="PasskeyAdminException"><c>OutFileNotWritable</c>.</exception>
    public void Save(IReadOnlyList<PasskeyPolicyFinding> findings, PathIntrinsics paths, string path) =>
        Write(path, InputPaths.ResolveLiteral(paths, path), FileMode.Create, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            Write(findings, writer);
        });

    public string Text(IReadOnlyList<PasskeyPolicyFinding> findings)
    {
        using var writer = new StringWriter();
        Write(findings, writer);
        return writer.ToString();
    }

    private static void Write(string shownPath, string file, FileMode mode, Action<FileStream> write)
    {
        try
        {
            // It names people.
            using var stream = PrivateFile.Open(file, mode, FileAccess.Write, FileShare.None);
            write(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new PasskeyAdminException(ErrorKind.Unavailable, "OutFileNotWritable", $"'{DisplayText.Neutralise(shownPath)}' cannot be written: {e.Message} Name a file in a folder that is there and that you may write to.", e);
        }
    }

    private void Write(IReadOnlyList<PasskeyPolicyFinding> findings, TextWriter writer)
    {
        if (format is FindingFormat.NUnit) NUnitReport.Write(writer, findings);
        else new SarifLog(typeof(FindingReport).Assembly.GetName().Version!.ToString(3), artifactPath: policyPath).Write(writer, findings, [.. rules.Select(r => new PasskeyPolicyRule(r))]);
    }
}
