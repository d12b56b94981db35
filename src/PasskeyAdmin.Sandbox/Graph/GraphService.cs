using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Graph;

/// <summary>Answers requests, alone or in a batch, and says no in Graph's shape.</summary>
internal sealed class GraphService(SandboxTenant tenant, GraphThrottle throttle, Func<Guid> newGuid, Func<DateTimeOffset> now)
{
    private const int MostAttempts = 50;

    public SandboxAnswer Answer(SandboxRequest request) => Answer(request, (SandboxRefusal?)null);

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
            var answer = GraphRouter.IsBatch(request) ? Batch.Answer(request, Answer) : Answer(request, headers);
            if (request.Preferences.Contains(EvolvableEnums.Preference, StringComparer.OrdinalIgnoreCase)) headers["Preference-Applied"] = EvolvableEnums.Preference;
            return answer with { Headers = headers };
        }
        catch (SandboxRefusal e)
        {
            if (e.Allow is { } allow) headers["Allow"] = allow;
            if (e.RetryAfter is { } seconds) headers["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture);
            return new SandboxAnswer(e.Status, Error(e.Code, e.Message, requestId, request.ClientRequestId)) { Headers = headers };
        }
        catch (PasskeyAdminException e) when (e.ErrorId == "SandboxFileNotSaved")
        {
            return new SandboxAnswer(500, Error("generalException", e.Message, requestId, request.ClientRequestId)) { Headers = headers };
        }
    }

    /// <summary>Where somebody else changed the file meanwhile, the request is answered anew, from what it holds now.</summary>
    private SandboxAnswer Answer(SandboxRequest request, Dictionary<string, string> headers)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return tenant.Serve(document => Answer(request, document, headers));
            }
            catch (TenantFileChangedException) when (attempt < MostAttempts)
            {
            }
            catch (TenantFileChangedException)
            {
                throw new SandboxRefusal(503, "serviceUnavailable", "The tenant's file is being changed all the time. Nothing was changed; try again.");
            }
        }
    }

    private SandboxAnswer Answer(SandboxRequest request, TenantDocument document, Dictionary<string, string> headers)
    {
        var path = PathOf(request, document);
        var (route, ids) = GraphRouter.Find(request, path);
        throttle.Count(request, document.Settings, now(), headers);
        // Who may not ask learns nothing about licences.
        GraphAccess.Require(request, document);
        if (route.NeedsPremium && !document.Settings.HasPremium) throw SandboxRefusal.NotPremium();
        return route.Answer(new GraphCall(request, tenant, document, ids, newGuid, tenant.Now(now())));
    }

    /// <summary>The path with <c>me</c> said in full.</summary>
    private static IReadOnlyList<string>? PathOf(SandboxRequest request, TenantDocument document)
    {
        if (request.Path is not [var first, ..] || !first.Equals("me", StringComparison.OrdinalIgnoreCase)) return request.Path;
        if (document.Settings.IsAppOnly || document.Settings.Account is not { } account)
            throw SandboxRefusal.BadRequest("/me request is only valid with delegated authentication flow. (In the sandbox, the setting 'account' says who is signed in.)");
        return document.Directory.FindUser(account) is { } user ? ["users", TenantDocument.IdOf(user), .. request.Path.Skip(1)] : throw SandboxRefusal.NotFound(account);
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
