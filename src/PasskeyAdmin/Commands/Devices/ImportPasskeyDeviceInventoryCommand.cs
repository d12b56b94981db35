using System.Collections;
using System.Management.Automation;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Commands;

/// <summary>Reads the devices of an inventory file.</summary>
[Cmdlet(VerbsData.Import, "PasskeyDeviceInventory", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Device))]
public sealed class ImportPasskeyDeviceInventoryCommand : PasskeyCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private InventoryInput _input = null!;

    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    public InventoryFormat Format { get; set; }

    [Parameter]
    [ValidateNotNull]
    public IDictionary? ColumnMap { get; set; }

    protected override void BeginProcessing() =>
        _input = new InventoryInput(this, OrTerminate(ColumnMap, () => ColumnMaps.Names(Format, ColumnMap)), StopToken);

    protected override void ProcessRecord()
    {
        var isLiteral = ParameterSetName == LiteralPathSet;
        _input.ReadPaths(isLiteral ? LiteralPath : Path, isLiteral, WriteObject);
    }
}
