using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>A cmdlet that judges devices: where they come from, and which providers are asked about.</summary>
public abstract class ReadinessCmdlet : PasskeyCmdlet
{
    private protected const string InputObjectSet = "InputObject";
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

    /// <summary>Lists in lists.</summary>
    private const int DeepestNesting = 64;

    private readonly HashSet<object> _open = new(new ReferenceComparer<object>());
    private bool _warned;
    private string? _profileTenant;
    private InventoryInput _input = null!;
    private PipelineDevices _pipeline = null!;
    private ReadinessEvaluator _evaluator = null!;

    private protected ReadinessCmdlet()
    {
    }

    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[]? Provider { get; set; }

    [Parameter]
    [Alias("PasskeyType")]
    public PasskeyTypes TargetType { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? Profile { get; set; }

    /// <summary>Where to look for the profile. Not from the pipeline: that is where devices come from.</summary>
    [Parameter]
    [ValidateNotNull]
    public TenantSession? Tenant { get; set; }

    [Parameter]
    public RequirementBaseline Baseline { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RequirementPath { get; set; }

    [Parameter]
    public InventoryFormat Format { get; set; }

    [Parameter]
    [ValidateNotNull]
    public IDictionary? ColumnMap { get; set; }

    /// <summary>The providers that the question is about.</summary>
    private protected IReadOnlyList<AskedProvider> Asked { get; private set; } = [];

    /// <summary>False where a profile was asked about that nobody can use now.</summary>
    private protected bool IsProfileInForce { get; private set; } = true;

    /// <summary>Whether everything that came in could be read.</summary>
    private protected bool AllRead => _input.AllRead && _pipeline.Refused == 0;

    protected override void BeginProcessing()
    {
        var names = OrTerminate(ColumnMap, () => ColumnMaps.Names(Format, ColumnMap, Fields));
        _input = new InventoryInput(this, names, StopToken);
        _pipeline = new PipelineDevices(names);
        var catalog = new Lazy<ProviderCatalog>(() => Catalogs.Current(SessionState));
        var allowed = OrTerminate(Profile, () => ReadProfile(catalog));
        Asked = OrTerminate((object?)Provider ?? (object?)Profile ?? RequirementPath, () =>
            DeviceQuestions.Ask(catalog, DeviceQuestions.LoadMatrix(SessionState.Path, Baseline, RequirementPath), Provider, IsBound(nameof(TargetType)) ? TargetType : null, allowed));
        _evaluator = new ReadinessEvaluator(Asked);
    }

    protected override void ProcessRecord()
    {
        if (ParameterSetName == PathSet) TakeFiles(_input, Path, false);
        else if (ParameterSetName == LiteralPathSet) TakeFiles(_input, LiteralPath, true);
        else TakeObject(InputObject);
    }

    protected override void EndProcessing()
    {
        if (_pipeline.Refused > 0) WriteWarning($"{_pipeline.Refused:N0} objects on the pipeline could not be read as devices.");
    }

    /// <summary>The fields that are needed beside those that decide a verdict; null for all.</summary>
    private protected virtual IReadOnlyCollection<InventoryField>? Fields => null;

    /// <param name="judged">The verdict as it came in; null where the device was judged here.</param>
    private protected abstract void Write(Device device, ReadinessVerdict verdict, DeviceReadiness? judged);

    private protected virtual void TakeFiles(InventoryInput input, IEnumerable<string> paths, bool isLiteral) => input.ReadPaths(paths, isLiteral, Judge);

    private AllowedPasskeys? ReadProfile(Lazy<ProviderCatalog> catalog)
    {
        if (Profile is not null)
        {
            var session = Tenant ?? CurrentTenant.Require(SessionState);
            _profileTenant = session.TenantId;
            var input = new ProfileInput(session, catalog.Value, WriteVerbose, WriteWarning, StopToken);
            var allowed = input.Read(Profile);
            IsProfileInForce = input.IsInForce;
            return allowed;
        }
        if (Tenant is not null) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "TenantWithoutProfile", "-Tenant says where to look for the profile that -Profile names. Name one, or leave -Tenant out: devices come from the pipeline or from files.");
        return null;
    }

    /// <summary>A device that was judged before stays as it was judged, unless this command asks a question of its own.</summary>
    private void Take(DeviceReadiness judged)
    {
        if (IsBound(nameof(Provider)) || IsBound(nameof(Profile)) || IsBound(nameof(TargetType)) || IsBound(nameof(Baseline)) || IsBound(nameof(RequirementPath))) Judge(judged.Device);
        else Write(judged.Device, judged.Verdict, judged);
    }

    private void TakeObject(PSObject item)
    {
        if (_pipeline.ReadAlike(item) is { } alike)
        {
            Judge(alike);
            return;
        }
        switch (item.BaseObject)
        {
            case Device device: Judge(device); break;
            case DeviceReadiness judged: Take(judged); break;
            case string path: TakeFiles(_input, [path], false); break;
            case FileSystemInfo file: TakeFiles(_input, [file.FullName], true); break;
            case IEnumerable several and not IDictionary: TakeAll(several); break;
            default:
                if (PageOf(item) is { } page) TakeAll(page);
                else TakeRow(item);
                break;
        }
    }

    private void TakeAll(IEnumerable items)
    {
        if (_open.Count == DeepestNesting || !_open.Add(items))
        {
            _input.ForItem(items, () => throw new PasskeyAdminException(ErrorKind.InvalidArgument, "InputNestedTooDeeply", $"The input holds lists more than {DeepestNesting} deep, or a list that holds itself. Give the devices in one list."));
            return;
        }
        try
        {
            foreach (var item in items)
            {
                StopToken.ThrowIfCancellationRequested();
                if (item is not null) TakeObject(PSObject.AsPSObject(item));
            }
        }
        finally
        {
            _open.Remove(items);
        }
    }

    private void TakeRow(PSObject row)
    {
        WarnOfOldVerdicts(row);
        _input.ForItem(row, () =>
        {
            if (_pipeline.Read(row) is { } device) Judge(device);
        });
    }

    /// <summary>The devices of an answer of Graph (<c>Invoke-MgGraphRequest</c>), which has them in a list named value; null where it is none.</summary>
    private IEnumerable? PageOf(PSObject item)
    {
        var value = item.BaseObject is IDictionary dictionary
            ? dictionary.Keys.OfType<string>().FirstOrDefault(k => k.Equals("value", StringComparison.OrdinalIgnoreCase)) is { } key ? dictionary[key] : null
            : item.Properties["value"] is PSNoteProperty note ? note.Value : null;
        var list = Wrapped.Unwrap(value) is IEnumerable several and not string and not IDictionary ? several : null;
        return list is null || _pipeline.IsDevice(item) ? null : list;
    }

    /// <summary>A verdict that came back from a file or a job is no verdict any more, only the device.</summary>
    private void WarnOfOldVerdicts(PSObject item)
    {
        if (_warned || item.TypeNames.Count == 0 || item.TypeNames[0] != $"Deserialized.{typeof(DeviceReadiness).FullName}") return;
        _warned = true;
        WriteWarning("Verdicts that come back from a file or a job are judged anew, by the question of this command. Repeat -Provider, -TargetType, -Profile, -Baseline and -RequirementPath where they were used.");
    }

    private void Judge(Device device)
    {
        // A profile of one tenant says nothing of the devices of another.
        if (_profileTenant is { } tenant && device.TenantId is { } own && !tenant.Equals(own, StringComparison.OrdinalIgnoreCase))
        {
            _input.ForItem(device, () => throw new PasskeyAdminException(ErrorKind.InvalidOperation, "WrongTenant", $"The device {CommandText.Quote(device.ToString())} is of the tenant {own}, and the profile is one of {tenant}. Name the tenant with -Tenant."));
            return;
        }
        Write(device, _evaluator.Evaluate(device.System), null);
    }
}
