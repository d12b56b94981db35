using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Troubleshooting;

namespace PasskeyAdmin.Commands;

/// <summary>Says why one user has trouble with passkeys: causes, the likeliest first, with the evidence and what to do.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PasskeyUser")]
[OutputType(typeof(PasskeyUserDiagnosis), typeof(bool))]
public sealed class TestPasskeyUserCommand : TenantCmdlet
{
    /// <summary>As long as a tenant with a premium licence keeps its logs (reference/graph-users-and-usage.md §3).</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    private readonly Dictionary<TenantSession, UserCaseSource> _sources = [];
    private CheckData _data = null!;
    private PasskeyErrorCode? _code;
    private IReadOnlyList<string> _otherCodes = [];
    private bool _any;
    private bool _areAllClear = true;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("UserPrincipalName", "UPN", "User principal name", "ObjectId", "Id")]
    public string[] UserId { get; set; } = [];

    [Parameter(Position = 1)]
    public PasskeySymptom Symptom { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ErrorCodeCompleter))]
    public string? ErrorCode { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DeviceName { get; set; }

    [Parameter]
    public DateTimeOffset Since { get; set; }

    [Parameter]
    public SwitchParameter Detailed { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _data = new CheckData(Catalogs.Current(SessionState), BrowserSupport.LoadBuiltIn(), RequirementMatrix.LoadBuiltIn(RequirementBaseline.Published));
        if (ErrorCode is null) return;
        var codes = ErrorCodes.LoadBuiltIn();
        _code = codes.Recognise(ErrorCode);
        _otherCodes = _code?.Code is null ? [] : [.. codes.CodesIn(ErrorCode).Select(c => c.Code!).Where(c => c != _code.Code)];
    }

    protected override void ProcessRecord() => WithTenant(() =>
    {
        if (!_sources.TryGetValue(Session, out var source)) _sources.Add(Session, source = Open());
        foreach (var user in UserId)
        {
            _any = true;
            var isClear = false;
            ForItem(user, () =>
            {
                var diagnosis = UserDiagnosis.Of(source.Read(Question(user.Trim()), StopToken), Detailed);
                isClear = diagnosis.IsClear;
                if (!Quiet) WriteObject(diagnosis);
            });
            _areAllClear &= isClear;
        }
    });

    protected override void EndProcessing()
    {
        if (Quiet) WriteObject(_any && _areAllClear);
    }

    private UserCaseSource Open()
    {
        var now = Session.Traffic.Now;
        if (IsBound(nameof(Since)) && Since > now) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "SinceInFuture", $"-Since is in the future: it is {now.UtcDateTime:u} in this tenant.");
        return new UserCaseSource(Session, Client, _data, Journal());
    }

    private UserQuestion Question(string user)
    {
        var begin = Session.Traffic.Now - Reach;
        return new UserQuestion(user)
        {
            Symptom = Symptom,
            Code = _code,
            HasUnknownCode = ErrorCode is not null && _code is null,
            DeviceName = DeviceName,
            // Nothing is said of a time that no log has.
            Since = IsBound(nameof(Since)) && Since > begin ? Since.ToUniversalTime() : begin,
            Notes =
            [
                .. ErrorCode is not null && _code is null ? new[] { $"'{DisplayText.Excerpt(ErrorCode, 80)}' is not among the codes and messages that this module knows: Get-PasskeyErrorCode lists them." } : [],
                .. _otherCodes.Count > 0 ? new[] { $"There are several codes in what you gave. {_code!.Code} is looked at; ask again for {NameLists.And(_otherCodes)}." } : [],
                .. IsBound(nameof(Since)) && Since < begin ? new[] { "Microsoft keeps the logs for 30 days at most (7 without a premium licence)." } : [],
            ],
        };
    }

    /// <summary>The changes that this module made in the tenant; null where the journal cannot be read.</summary>
    private List<PasskeyPolicyChange>? Journal()
    {
        try
        {
            var all = new ChangeHistory(Journals.Folder(SessionState.Path, JournalPath, Session)).Read((path, e) => WriteVerbose($"{DisplayText.Neutralise(path)}: {e.Message}"));
            return [.. all.Where(c => Session.TenantId is { } id && id.Equals(c.TenantId, StringComparison.OrdinalIgnoreCase))];
        }
        catch (PasskeyAdminException e)
        {
            WriteVerbose(e.Message);
            return null;
        }
    }
}
