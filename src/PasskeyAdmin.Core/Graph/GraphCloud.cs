using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>A Microsoft cloud, and what it lacks for passkeys (reference/graph-passkey-policy.md §10, CSDL of 2026-08-20).</summary>
internal sealed class GraphCloud
{
    private const string TargetsUndescribed = "In this cloud, Microsoft Graph does not describe which profiles a target uses; where it leaves them out, a target is shown without profiles.";
    private const string ProfilesUndescribed = "In this cloud, Microsoft Graph does not describe passkey profiles; where it leaves them out, the tenant looks as if it were not enrolled in them.";
    private const string NoProvisioning = "In this cloud, passkeys cannot be registered on behalf of users through Microsoft Graph.";

    private GraphCloud(string name, string endpoint, params string[] limitations)
    {
        Name = name;
        Endpoint = new Uri(endpoint);
        Limitations = limitations;
    }

    /// <summary>The clouds by the names that Connect-MgGraph gives them.</summary>
    public static IReadOnlyList<GraphCloud> All { get; } =
    [
        new("Global", "https://graph.microsoft.com/"),
        new("USGov", "https://graph.microsoft.us/", TargetsUndescribed, NoProvisioning),
        new("USGovDoD", "https://dod-graph.microsoft.us/", TargetsUndescribed, NoProvisioning),
        new("China", "https://microsoftgraph.chinacloudapi.cn/", "Passkeys are not offered in this cloud (Microsoft Entra operated by 21Vianet): it has neither passkey profiles nor passkeys of users."),
        // Names and addresses as Get-MgEnvironment has them.
        new("BleuCloud", "https://graph.svc.sovcloud.fr/", ProfilesUndescribed, NoProvisioning),
        new("DelosCloud", "https://graph.svc.sovcloud.de/", ProfilesUndescribed, NoProvisioning),
    ];

    public string Name { get; }

    public Uri Endpoint { get; }

    /// <summary>Whether Graph describes passkey profiles there. Where it does not, it may leave them out.</summary>
    public bool DescribesProfiles => Name is "Global" or "USGov" or "USGovDoD";

    /// <summary>What does not work there, in words.</summary>
    public IReadOnlyList<string> Limitations { get; }

    /// <summary>Null for a cloud that is not known.</summary>
    public static GraphCloud? Find(string name) => All.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static GraphCloud? Find(Uri endpoint) => All.FirstOrDefault(c => c.Endpoint.Host.Equals(endpoint.Host, StringComparison.OrdinalIgnoreCase));
}
