using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.Graph.PowerShell.Authentication.Models;

/// <summary>What Get-MgEnvironment writes.</summary>
public sealed class GraphEnvironment
{
    private GraphEnvironment(string name, string azureADEndpoint, string graphEndpoint)
    {
        Name = name;
        AzureADEndpoint = azureADEndpoint;
        GraphEndpoint = graphEndpoint;
    }

    public string Name { get; }

    public string AzureADEndpoint { get; }

    public string GraphEndpoint { get; }

    public string Type { get; } = "Built-in";

    internal static IReadOnlyList<GraphEnvironment> BuiltIn { get; } =
    [
        new("China", "https://login.chinacloudapi.cn", "https://microsoftgraph.chinacloudapi.cn"),
        new("Global", "https://login.microsoftonline.com", "https://graph.microsoft.com"),
        new("USGov", "https://login.microsoftonline.us", "https://graph.microsoft.us"),
        new("USGovDoD", "https://login.microsoftonline.us", "https://dod-graph.microsoft.us"),
    ];

    internal static GraphEnvironment? Find(string name) => BuiltIn.FirstOrDefault(e => e.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
