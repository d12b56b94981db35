using System.Linq;

namespace PasskeyAdmin.Tests.Engine;

/// <summary>Sends a PATCH as the cmdlets will that write: through the client of a session, on the pipeline thread.</summary>
internal static class Writing
{
    public const string Path = "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";

    /// <returns>The id of the error, and whether the outcome is unknown; null and false where it went well.</returns>
    public static (string? ErrorId, bool IsOutcomeUnknown) Patch(ModuleSession session, string body)
    {
        var result = session.Output("""
            $all = [Reflection.BindingFlags]'Instance, NonPublic, Public'
            $tenant = $global:PasskeyAdminTenant
            $client = $tenant.GetType().GetMethod('CreateClient', $all).Invoke($tenant, @($null, $null))
            try {
                $null = $client.GetType().GetMethod('Patch', $all).Invoke($client, @($path, [Newtonsoft.Json.Linq.JObject]::Parse($body), [Threading.CancellationToken]::None))
            }
            catch { $_.Exception.GetBaseException() }
            """, ("path", Path), ("body", body)).SingleOrDefault();
        return result is null ? (null, false) : (result.Text("ErrorId"), (bool)result.Get("IsOutcomeUnknown")!);
    }
}
