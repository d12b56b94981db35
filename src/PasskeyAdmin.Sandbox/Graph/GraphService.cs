using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>Answers requests, alone or in a batch, and says no in Graph's shape.</summary>
internal sealed class GraphService(SandboxTenant tenant, Func<Guid> newGuid, Func<DateTimeOffset> now)
{
    private readonly GraphRouter _router = new(new PolicyEndpoints(tenant, newGuid, now));

    public SandboxAnswer Answer(SandboxRequest request) => Answer(request, null);

    /// <param name="refusal">Why the request is refused unseen, as a batch can know.</param>
    private SandboxAnswer Answer(SandboxRequest request, SandboxRefusal? refusal)
    {
        var requestId = Guid.NewGuid().ToString();
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["request-id"] = requestId };
        if (request.ClientRequestId is { } clientRequestId) headers["client-request-id"] = clientRequestId;
        try
        {
            if (refusal is not null) throw refusal;
            // Each request of a batch takes a turn of its own, as in Graph.
            var answer = GraphRouter.IsBatch(request) ? Batch.Answer(request, Answer) : tenant.Serve(document => _router.Answer(request, document));
            if (request.Preferences.Contains(EvolvableEnums.Preference, StringComparer.OrdinalIgnoreCase)) headers["Preference-Applied"] = EvolvableEnums.Preference;
            return answer with { Headers = headers };
        }
        catch (SandboxRefusal e)
        {
            if (e.Allow is { } allow) headers["Allow"] = allow;
            return new SandboxAnswer(e.Status, Error(e.Code, e.Message, requestId, request.ClientRequestId)) { Headers = headers };
        }
        catch (PasskeyAdminException e) when (e.ErrorId == "SandboxFileNotSaved")
        {
            return new SandboxAnswer(500, Error("generalException", e.Message, requestId, request.ClientRequestId)) { Headers = headers };
        }
    }

    private JObject Error(string code, string message, string requestId, string? clientRequestId) => new()
    {
        ["error"] = new JObject
        {
            ["code"] = code,
            ["message"] = message,
            ["innerError"] = new JObject
            {
                ["date"] = now().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
                ["request-id"] = requestId,
                ["client-request-id"] = clientRequestId ?? requestId,
            },
        },
    };
}
