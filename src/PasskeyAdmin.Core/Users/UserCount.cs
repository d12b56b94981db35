using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Users;

/// <summary>How many users a tenant has.</summary>
internal static class UserCount
{
    /// <summary>Null where Graph does not say.</summary>
    public static int? TryRead(GraphClient client, CancellationToken token)
    {
        const string path = "/v1.0/users?$count=true&$top=1&$select=id";
        var answer = client.TryGet(path, token);
        if (answer.Status == 401) throw client.ErrorOf(answer, path);
        return answer is { IsSuccess: true, Body: { } body } && body["@odata.count"] is JValue { Value: long count } ? (int)count : null;
    }
}
