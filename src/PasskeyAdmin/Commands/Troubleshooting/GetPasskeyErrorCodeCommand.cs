using System.Management.Automation;
using PasskeyAdmin.Troubleshooting;

namespace PasskeyAdmin.Commands;

/// <summary>Says what an error code or message about passkeys means, what to do, and how well that is founded.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyErrorCode", DefaultParameterSetName = ByCode)]
[OutputType(typeof(PasskeyErrorCode))]
public sealed class GetPasskeyErrorCodeCommand : PasskeyCmdlet
{
    private const string ByCode = "Code";
    private const string ByText = "Text";

    private ErrorCodes _codes = null!;

    [Parameter(ParameterSetName = ByCode, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Alias("ErrorCode")]
    [ArgumentCompleter(typeof(ErrorCodeCompleter))]
    public string[]? Code { get; set; }

    [Parameter(ParameterSetName = ByText, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] Text { get; set; } = [];

    protected override void BeginProcessing() => _codes = ErrorCodes.LoadBuiltIn();

    protected override void ProcessRecord()
    {
        if (ParameterSetName == ByText)
            foreach (var text in Text) ForItem(text, () => Write(text, isPattern: false, [.. _codes.Search(text)]));
        else if (Code is null) WriteObject(_codes.All, enumerateCollection: true);
        else
            foreach (var code in Code) ForItem(code, () => Write(code, WildcardPattern.ContainsWildcardCharacters(code), [.. NamePattern.Find(ErrorCodes.Bare(code), _codes.All, c => [c.Code], "ErrorCodePatternInvalid")]));
    }

    /// <param name="isPattern">A pattern that means none is nothing; in a text, a question mark or bracket is none.</param>
    private void Write(string asked, bool isPattern, PasskeyErrorCode[] found)
    {
        if (found.Length == 0 && !isPattern)
            throw new PasskeyAdminException(ErrorKind.NotFound, "ErrorCodeNotFound", $"{CommandText.Quote(DisplayText.Excerpt(asked, 80))} is not among the codes and messages that this module knows. Without parameters, the command lists them; -Text takes words of a message.");
        WriteObject(found, enumerateCollection: true);
    }
}
