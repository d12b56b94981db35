using System.IO;
using System.Management.Automation;
using PasskeyAdmin.Changes;

namespace PasskeyAdmin.Commands;

/// <summary>Takes plans and changes back, whatever they went through: the objects themselves, what Export-Clixml, ConvertTo-Json or a job made of them, or the text of the document alone.</summary>
internal static class Plans
{
    private const string Property = "Document";

    /// <summary>Null for what is no plan.</summary>
    /// <exception cref="PasskeyAdminException"><c>PlanInvalid</c> for what was one.</exception>
    public static PlanDocument? TryOf(object? given)
    {
        if (Wrapped.Unwrap(given) is PasskeyPolicyPlan plan) return plan.Source;
        return TextOf(given) is { } text && text.Contains(PlanDocument.Mark) ? PlanDocument.Parse(text) : null;
    }

    /// <exception cref="PasskeyAdminException"><c>PlanInvalid</c>.</exception>
    public static PlanDocument Of(object? given) => TryOf(given) ?? (TextOf(given) is { } text ? PlanDocument.Parse(text) : throw new PasskeyAdminException(ErrorKind.InvalidData, "PlanInvalid", "That is no plan. Plans are what -PlanOnly gives, their Document, or a file of it."));

    /// <summary>The text of a document, or what has one; null for anything else.</summary>
    public static string? TextOf(object? given) => Wrapped.Unwrap(given) switch
    {
        string text => text,
        FileInfo file => Read(file.FullName),
        _ when given is PSObject wrapped && wrapped.Properties[Property]?.Value is { } document && Wrapped.Unwrap(document) is string text => text,
        _ => null,
    };

    /// <exception cref="PasskeyAdminException">What <see cref="InputFile.Open"/> throws.</exception>
    public static string Read(string path)
    {
        using var stream = InputFile.Open(path);
        using var reader = new StreamReader(stream);
        try
        {
            return reader.ReadToEnd();
        }
        catch (IOException e)
        {
            throw InputFile.ReadFailed($"'{InputFile.Shown(path)}'", e);
        }
    }
}
