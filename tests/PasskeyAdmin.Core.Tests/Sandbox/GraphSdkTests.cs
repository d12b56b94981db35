using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox;
using PasskeyAdmin.Testing;

namespace PasskeyAdmin.Core.Tests.Sandbox;

/// <summary>
/// The Microsoft Graph SDK, which knows nothing of us, reads the sample tenant over HTTP. Where it stumbles, the sandbox is wrong until the reference says
/// otherwise.
/// </summary>
public sealed class GraphSdkTests : IDisposable
{
    private readonly GraphServer _server;
    private readonly SandboxClient _own;
    private readonly HttpClient _http;
    private readonly GraphServiceClient _graph;

    public GraphSdkTests()
    {
        var tenant = SandboxTenant.CreateContoso();
        _own = new SandboxClient(tenant);
        _server = new GraphServer(new SandboxHandler(tenant));
        _http = GraphClientFactory.Create();
        _graph = new GraphServiceClient(_http, new AnonymousAuthenticationProvider(), new Uri(_server.Address, "v1.0").ToString());
    }

    [Fact]
    public async Task Users_page_by_page()
    {
        var users = await AllAsync<User, UserCollectionResponse>(await _graph.Users.GetAsync(r =>
        {
            r.QueryParameters.Select = ["id", "displayName", "userPrincipalName", "accountEnabled", "userType", "createdDateTime"];
            r.QueryParameters.Top = 7;
        }));
        var own = await OwnAsync("/v1.0/users?$top=999&$select=id,displayName,userPrincipalName,accountEnabled,userType");
        Assert.Equal(own.Select(u => $"{u["id"]} {u["displayName"]} {u["userPrincipalName"]} {u["accountEnabled"]} {u["userType"]}"), users.Select(u => $"{u.Id} {u.DisplayName} {u.UserPrincipalName} {u.AccountEnabled} {u.UserType}"));
    }

    public void Dispose()
    {
        _graph.Dispose();
        _http.Dispose();
        _server.Dispose();
        _own.Dispose();
    }

    /// <summary>All pages, by the SDK's own iterator.</summary>
    private async Task<List<T>> AllAsync<T, TPage>(TPage? first)
        where TPage : class, Microsoft.Kiota.Abstractions.Serialization.IParsable, Microsoft.Kiota.Abstractions.Serialization.IAdditionalDataHolder, new()
    {
        var all = new List<T>();
        await PageIterator<T, TPage>.CreatePageIterator(_graph, first!, item =>
        {
            all.Add(item);
            return true;
        }).IterateAsync();
        return all;
    }

    /// <summary>The same, as our own code reads it.</summary>
    private async Task<List<JObject>> OwnAsync(string path)
    {
        var all = new List<JObject>();
        for (string? next = path; next is not null;)
        {
            var page = await _own.GetAsync(next);
            all.AddRange(page["value"]!.Cast<JObject>());
            next = (string?)page["@odata.nextLink"];
        }
        return all;
    }
}
