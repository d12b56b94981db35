using System.Collections.Generic;
using System.Management.Automation;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Commands;

/// <summary>Lists profiles to start from, for three scenarios that Microsoft describes, with what a profile cannot express. Needs no tenant.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyProfileTemplate")]
[OutputType(typeof(PasskeyProfileTemplate))]
public sealed class GetPasskeyProfileTemplateCommand : PasskeyCmdlet
{
    private IReadOnlyList<PasskeyProfileTemplate> _templates = [];

    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TemplateNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    protected override void BeginProcessing() => _templates = ProfileTemplates.LoadBuiltIn(ProviderCatalog.LoadBuiltIn());

    protected override void ProcessRecord()
    {
        foreach (var name in Name) ForItem(name, () => WriteObject(Find(name), enumerateCollection: true));
    }

    private List<PasskeyProfileTemplate> Find(string name)
    {
        var found = NamePattern.Find(name, _templates, t => [t.Name], "TemplateNameInvalid");
        return found.Count > 0 || WildcardPattern.ContainsWildcardCharacters(name)
            ? found
            : throw ProfileTemplates.NotFound(name, _templates);
    }
}
