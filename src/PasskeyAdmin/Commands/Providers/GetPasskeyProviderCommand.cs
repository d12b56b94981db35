using System;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Lists the passkey providers of the catalogue, or answers what an AAGUID is.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyProvider", DefaultParameterSetName = ByName)]
[OutputType(typeof(PasskeyProvider))]
public sealed class GetPasskeyProviderCommand : PasskeyCmdlet
{
    private const string ByName = "Name";
    private const string ByAaGuid = "AaGuid";

    private ProviderCatalog _catalog = null!;

    [Parameter(ParameterSetName = ByName, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[]? Name { get; set; }

    [Parameter(ParameterSetName = ByAaGuid, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public Guid[] AaGuid { get; set; } = [];

    [Parameter]
    [Alias("PasskeyType")]
    public PasskeyTypes TargetType { get; set; }

    protected override void BeginProcessing() => _catalog = OrTerminate(TargetType, () =>
    {
        if (IsBound(nameof(TargetType))) DeviceQuestions.RequireType(TargetType);
        return Catalogs.Current(SessionState);
    });

    protected override void ProcessRecord()
    {
        if (ParameterSetName == ByAaGuid)
            foreach (var aaGuid in AaGuid) Write(_catalog.Find(aaGuid));
        else if (Name is null)
            foreach (var provider in _catalog.Providers) Write(provider);
        else
            foreach (var name in Name) ForItem(name, () => WriteNamed(ProviderNames.Parse(name)));
    }

    private void WriteNamed(ProviderName name)
    {
        if (Guid.TryParse(name.Text, out var aaGuid))
        {
            Write(_catalog.Find(aaGuid));
            return;
        }
        var found = name.Find(_catalog).ToList();
        if (found.Count == 0 && !name.IsPattern) throw name.NotFound(_catalog.Providers.Select(p => p.Name));
        found.ForEach(Write);
    }

    private void Write(PasskeyProvider provider)
    {
        if (TargetType is PasskeyTypes.None || (provider.PasskeyType & TargetType) != 0) WriteObject(provider);
    }
}
