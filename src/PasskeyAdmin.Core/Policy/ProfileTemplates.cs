using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Providers;
using static PasskeyAdmin.DataFile;

namespace PasskeyAdmin.Policy;

/// <summary>The profile templates of the module, from <c>templates.json</c>: our own file, proven sound by a test.</summary>
public static class ProfileTemplates
{
    public static IReadOnlyList<PasskeyProfileTemplate> LoadBuiltIn(ProviderCatalog catalog)
    {
        using var stream = typeof(ProfileTemplates).Assembly.GetManifestResourceStream("templates.json")!;
        using var json = new JsonTextReader(new StreamReader(stream)) { DateParseHandling = DateParseHandling.None };
        return [.. JObject.Load(json)["templates"]!.Select(t => ToTemplate(t, catalog))];
    }

    /// <summary>The error for a name that is none of a template.</summary>
    public static PasskeyAdminException NotFound(string name, IReadOnlyList<PasskeyProfileTemplate> templates) =>
        new(ErrorKind.NotFound, "TemplateNotFound", $"There is no template '{DisplayText.Neutralise(name)}'. {NearNames.Question(name, templates.Select(t => t.Name), $"There are {string.Join(", ", templates)}.")}");

    private static PasskeyProfileTemplate ToTemplate(JToken row, ProviderCatalog catalog)
    {
        IReadOnlyList<string> providers = [.. row["providers"]!.Select(p => (string)p!)];
        return new PasskeyProfileTemplate(Text(row, "name"), new TemplateFacts
        {
            Scenario = Text(row, "scenario"),
            Description = Text(row, "description"),
            Types = row["passkeyTypes"]!.Aggregate(PasskeyTypes.None, (all, t) => all | Member<PasskeyTypes>((string)t!)),
            Attestation = Member<PasskeyAttestation>(Text(row, "attestation")),
            Restriction = Member<KeyRestrictionKind>(Text(row, "restriction")),
            Providers = providers,
            AaGuids = [.. providers.SelectMany(p => catalog.Providers.Single(c => c.Name == p).Authenticator).Where(a => !a.IsPreProduction).Select(a => a.AaGuid)],
            Target = Text(row, "target"),
            Advice = [.. row["advice"]!.Select(a => new PasskeyTemplateAdvice(Text(a, "need"), Text(a, "how"), (string?)a["command"], (string?)a["setting"], Text(a, "source")))],
            Source = Text(row, "source"),
        });
    }
}
