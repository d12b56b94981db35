using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Changes;

/// <summary>A request that a plan will send.</summary>
public sealed class PasskeyPolicyRequest
{
    internal PasskeyPolicyRequest(JObject body) => Body = AsciiJson.Of(body);

    public string Method { get; } = "PATCH";

    /// <summary>Rooted, with the version of Microsoft Graph.</summary>
    public string Path { get; } = PasskeyPolicySource.Path;

    /// <summary>JSON. The id of a profile that is still to be created stands for the one that the service will give.</summary>
    public string Body { get; }

    public override string ToString() => $"{Method} {Path} ({Body.Length} characters)";
}
