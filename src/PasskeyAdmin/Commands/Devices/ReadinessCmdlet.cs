using System.Collections;
using System.IO;
using System.Management.Automation;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>A cmdlet that judges devices: where they come from, and which providers are asked about.</summary>
public abstract class ReadinessCmdlet : PasskeyCmdlet
{
    private protected const string InputObjectSet = "InputObject";
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

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
    public RequirementBaseline Baseline { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RequirementPath { get; set; }

    [Parameter]
    public InventoryFormat Format { get; set; }

    [Parameter]
    [ValidateNotNull]
    public IDictionary? ColumnMap { get; set; }

    /// <summary>Whether everything that came in could be read.</summary>
    private protected bool AllRead => _input.AllRead && _pipeline.Refused == 0;

    protected override void BeginProcessing()
    {
        _input = OrTerminate(ColumnMap, () => new InventoryInput(this, Format, ColumnMap, StopToken));
        _pipeline = new PipelineDevices(_input.CreateFieldNames());
        _evaluator = new ReadinessEvaluator(OrTerminate((object?)Provider ?? RequirementPath, () =>
            DeviceQuestions.Ask(LoadMatrix(), Provider, IsBound(nameof(TargetType)) ? TargetType : null)));
    }

    protected override void ProcessRecord()
    {
        if (ParameterSetName == PathSet) _input.ReadPaths(Path, false, Judge);
        else if (ParameterSetName == LiteralPathSet) _input.ReadPaths(LiteralPath, true, Judge);
        else TakeObject(InputObject);
    }

    protected override void EndProcessing()
    {
        if (_pipeline.Refused > 0) WriteWarning($"{_pipeline.Refused:N0} objects on the pipeline could not be read as devices.");
    }

    private protected abstract void Write(DeviceReadiness readiness);

    /// <summary>A device that was judged before, by another command's question.</summary>
    private protected virtual void Take(DeviceReadiness judged) => Judge(judged.Device);

    private void TakeObject(PSObject item)
    {
        switch (item.BaseObject)
        {
            case Device device: Judge(device); break;
            case DeviceReadiness judged: Take(judged); break;
            case string path: _input.ReadPaths([path], false, Judge); break;
            case FileSystemInfo file: _input.ReadPaths([file.FullName], true, Judge); break;
            case IEnumerable several and not IDictionary:
                foreach (var one in several)
                    if (one is not null) TakeObject(PSObject.AsPSObject(one));
                break;
            default:
                _input.ForItem(item, () =>
                {
                    if (_pipeline.Read(item) is { } device) Judge(device);
                });
                break;
        }
    }

    private protected void Judge(Device device) => Write(_evaluator.Evaluate(device));

    private RequirementMatrix LoadMatrix()
    {
        var matrix = RequirementMatrix.LoadBuiltIn(Baseline);
        return RequirementPath is null ? matrix : matrix.With(InputPaths.ResolveLiteral(SessionState.Path, RequirementPath));
    }
}
