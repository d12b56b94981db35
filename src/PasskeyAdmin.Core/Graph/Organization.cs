using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>What a tenant says about itself.</summary>
internal sealed record Organization(string Id, string? Name, IReadOnlyList<string> Domains)
{
    public const string Path = "/v1.0/organization?$select=id,displayName,verifiedDomains";

    /// <summary>Null where it may not be read, with the reason.</summary>
    /// <exception cref="PasskeyAdminException">Where Graph cannot be reached or does not accept the sign-in.</exception>
    public static (Organization? Found, string? Reason) Read(GraphClient client, CancellationToken token)
    {
        var answer = client.TryGet(Path, token);
        if (answer.Status == 403) return (null, client.ErrorOf(answer, Path).Message);
        var row = (client.BodyOf(answer, Path)["value"] as JArray)?.OfType<JObject>().FirstOrDefault();
        if (row is null || JsonText.Of(row, "id") is not { } id) return (null, "The answer holds no organization.");
        var domains = (row["verifiedDomains"] as JArray)?.OfType<JObject>().Select(d => JsonText.Of(d, "name")).OfType<string>();
        return (new Organization(id, JsonText.Of(row, "displayName"), [.. domains ?? []]), null);
    }

    /// <summary>Whether an id or one of the verified domains means this tenant.</summary>
    public bool IsMeantBy(string idOrDomain) => (Guid.TryParse(idOrDomain, out var id) && Guid.TryParse(Id, out var own) && id == own) || Domains.Contains(idOrDomain, StringComparer.OrdinalIgnoreCase);
}
