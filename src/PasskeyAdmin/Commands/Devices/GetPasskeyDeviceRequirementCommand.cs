using System;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Shows the device requirements in force.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyDeviceRequirement")]
[OutputType(typeof(DeviceRequirement))]
public sealed class GetPasskeyDeviceRequirementCommand : PasskeyCmdlet
{
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[]? Provider { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public DevicePlatform[]? Platform { get; set; }

    [Parameter]
    [Alias("PasskeyType")]
    public PasskeyTypes TargetType { get; set; } = PasskeyTypes.DeviceBound | PasskeyTypes.Synced;

    [Parameter]
    public RequirementBaseline Baseline { get; set; }

    [Parameter]
    [Alias("RequirementPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    protected override void EndProcessing()
    {
        var matrix = OrTerminate(Path, () => DeviceQuestions.LoadMatrix(SessionState.Path, Baseline, Path));
        var asked = OrTerminate(Provider, () =>
        {
            DeviceQuestions.RequireType(TargetType);
            return DeviceQuestions.Ask(new(() => Catalogs.Current(SessionState)), matrix, Provider, PasskeyTypes.DeviceBound | PasskeyTypes.Synced);
        });
        foreach (var silent in asked.Where(a => a.Cells is null)) WarnOf(silent.Name, matrix);
        var cells = asked.SelectMany(a => a.Cells ?? []).Distinct().ToList();
        // By type, because the table is grouped by it.
        foreach (var requirement in matrix.Requirements.Where((_, i) => cells.Contains(matrix.Cells[i])).OrderByDescending(r => r.PasskeyType))
            if ((Platform is null || Platform.Contains(requirement.Platform)) && (requirement.PasskeyType & TargetType) != 0) WriteObject(requirement);
    }

    private void WarnOf(string provider, RequirementMatrix matrix)
    {
        var others = RequirementMatrix.LoadBuiltIn(RequirementBaseline.Extended).ProviderNames;
        var hint = Path is null && matrix.Baseline is not RequirementBaseline.Extended && others.Contains(provider, StringComparer.OrdinalIgnoreCase) ? " -Baseline Extended does." : "";
        WriteWarning($"The requirements in force say nothing about {provider}.{hint}");
    }
}
