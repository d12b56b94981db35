using System;
using System.Globalization;
using System.Reflection;

namespace PasskeyAdmin.Graph;

/// <summary>Turns what came of a request into an error that says what to do.</summary>
internal static class GraphErrors
{
    private const string PremiumCode = "Authentication_RequestFromNonPremiumTenantOrB2CTenant";
    private const int LongestMessage = 600;

    /// <summary>The error for an answer that is no success.</summary>
    public static PasskeyAdminException Of(GraphAnswer answer, GraphConnection connection, string path, bool isWrite)
    {
        path = answer.BatchPath ?? path;
        var place = GraphText.SafePath(path);
        var (kind, id, text) = answer.Fault switch
        {
            GraphFault.ConnectionFailed => (ErrorKind.ConnectionFailed, "GraphConnectionFailed", $"Microsoft Graph could not be reached for {place}: {answer.Detail}. Check the network and the proxy, and try again."),
            GraphFault.TimedOut => (ErrorKind.ConnectionFailed, "GraphTimeout", $"Microsoft Graph did not answer {place} in time ({answer.Detail}). Try again."),
            GraphFault.GivenUp => (ErrorKind.Unavailable, "GraphUnavailable", $"The request for {place} was given up on the way: {answer.Detail}. Try again later."),
            GraphFault.Damaged => (ErrorKind.ProtocolViolated, "GraphAnswerUnreadable", $"The answer to {place} cannot be read: {answer.Detail}. Try again."),
            GraphFault.NotJson => (ErrorKind.ProtocolViolated, "GraphAnswerUnreadable",
                $"Something that is not Microsoft Graph answered {place}: it sent {answer.Detail ?? "no media type"} and no JSON. A proxy or a sign-in page of the network may stand in between."),
            GraphFault.Redirected => (ErrorKind.ProtocolViolated, "GraphRedirectRefused", $"The answer to {place} redirects to {DisplayText.Excerpt(answer.Detail ?? "", 100)}. PasskeyAdmin follows no redirect, because it would take the sign-in elsewhere."),
            _ => OfStatus(answer, connection, path, place, isWrite),
        };
        var unknown = isWrite && answer.LeavesOutcomeUnknown;
        if (unknown) text += " Whether the change was made is not known; read the tenant before you try again.";
        if (answer.RequestId is { } requestId) text += $" (request-id {requestId})";
        return new PasskeyAdminException(kind, id, text, answer.Cause)
        {
            StatusCode = answer.Status == 0 ? null : answer.Status,
            GraphCode = answer.Code is { } code ? DisplayText.Excerpt(GraphText.WithoutToken(code, connection.Token), 100) : null,
            RequestId = answer.RequestId,
            RetryAfter = answer.RetryAfter,
            IsOutcomeUnknown = unknown,
            RecommendedAction = kind is ErrorKind.SignInNeeded || (id == "AccessDenied" && text.Contains(connection.SignInCommand)) ? connection.SignInCommand : null,
        };
    }

    /// <summary>Whether an error says that nobody is signed in, or no longer who was, so that nothing else can be told of the tenant either.</summary>
    public static bool IsAboutSignIn(PasskeyAdminException error) => error.Kind is ErrorKind.SignInNeeded || error.ErrorId == "TenantSessionChanged";

    public static PasskeyAdminException TokenExpired(DateTimeOffset expiredOn) =>
        new(ErrorKind.SignInNeeded, "SignInExpired", $"The access token expired at {expiredOn.ToString("u", CultureInfo.InvariantCulture)}, by the clock of this machine. Get a new one and connect again with Connect-PasskeyTenant -AccessToken.")
        {
            RecommendedAction = "Connect-PasskeyTenant",
        };

    /// <summary>The session's own sign-in code gave up before the request left.</summary>
    public static PasskeyAdminException SignInFailed(Exception cause)
    {
        var inner = cause is TargetInvocationException { InnerException: { } wrapped } ? wrapped : cause;
        var said = GraphText.WithoutToken(inner.Message, null);
        return new PasskeyAdminException(ErrorKind.SignInNeeded, "SignInFailed",
            $"The Microsoft Graph PowerShell session could not sign the request: {DisplayText.Excerpt(said, 300).TrimEnd('.')}. Run Connect-MgGraph and connect again.", said == inner.Message ? inner : null)
        {
            RecommendedAction = "Connect-MgGraph; Connect-PasskeyTenant",
        };
    }

    public static PasskeyAdminException NextLinkRefused(string reason) =>
        new(ErrorKind.ProtocolViolated, "GraphNextLinkRefused", $"The link to the next page of an answer {reason}. It is not followed: it would take the sign-in elsewhere or never end.");

    private static (ErrorKind Kind, string Id, string Text) OfStatus(GraphAnswer answer, GraphConnection connection, string path, string place, bool isWrite)
    {
        var said = Said(answer, connection);
        return answer.Status switch
        {
            401 => (ErrorKind.SignInNeeded, "SignInExpired", $"Microsoft Graph refused the sign-in (401): it has expired or was revoked; connect again with {connection.SignInCommand}.{said}"),
            403 when answer.Code == PremiumCode || IsAboutLicence(answer) => (ErrorKind.AccessDenied, "PremiumLicenceRequired",
                $"{place} needs a tenant with Microsoft Entra ID P1 or P2, and this one has neither.{said}"),
            403 => (ErrorKind.AccessDenied, "AccessDenied", $"Microsoft Graph refused access to {place} (403).{said} {WhyDenied(connection, path, isWrite)}"),
            407 => (ErrorKind.ConnectionFailed, "GraphConnectionFailed", $"A proxy between this machine and Microsoft Graph wants a sign-in (407). Configure the proxy for this session, and try again.{said}"),
            408 => (ErrorKind.ConnectionFailed, "GraphTimeout", $"The request for {place} did not reach Microsoft Graph in time (408). Try again.{said}"),
            404 => (ErrorKind.NotFound, "GraphNotFound", $"{place} does not exist in this tenant.{said}"),
            429 => (ErrorKind.LimitExceeded, "GraphThrottled", $"Microsoft Graph wants fewer requests{(answer.RetryAfter is { } wait ? $" and asks to wait {wait.TotalSeconds:0} s" : "")}. Try again later.{said}"),
            501 => (ErrorKind.InvalidOperation, "GraphNotSupported", $"{place} is not supported here.{said}"),
            >= 500 => (ErrorKind.Unavailable, "GraphUnavailable", $"Microsoft Graph has a problem of its own with {place} ({answer.Status}). Try again later; if it stays, give Microsoft the request-id.{said}"),
            >= 400 => (ErrorKind.InvalidArgument, "GraphRequestRejected", $"Microsoft Graph rejected the request for {place} ({answer.Status}).{said}"),
            _ => (ErrorKind.ProtocolViolated, "GraphAnswerUnreadable", $"Microsoft Graph answered {place} with status {answer.Status}, which is not expected there.{said}"),
        };
    }

    /// <summary>By words, where the code says nothing of it, as with Conditional Access: no role and no permission would help then.</summary>
    private static bool IsAboutLicence(GraphAnswer answer) => JsonText.Of(answer.Error, "message") is { } message && message.IndexOf("not licensed", StringComparison.OrdinalIgnoreCase) >= 0;

    private static string WhyDenied(GraphConnection connection, string path, bool isWrite)
    {
        // There, permissions and the account are settings.
        if (connection.IsSandbox)
        {
            return connection.Permissions is { } scopes && GraphPermission.Missing(path, isWrite, connection.IsAppOnly, scopes) is { } lacking
                ? $"The sandbox does not grant the permission {lacking}: add it to its setting 'scopes'."
                : !connection.IsAppOnly && GraphPermission.For(path, isWrite, false)?.Roles is { } wanted
                ? $"The account of the sandbox needs the role {wanted}: name one that has it in the setting 'account'."
                : "The settings of the sandbox do not allow it.";
        }
        var again = $"sign in again with {connection.SignInCommand}";
        if (GraphPermission.For(path, isWrite, connection.IsAppOnly) is not { } needed) return $"A permission or a role is missing, or the sign-in is older than they are: {again}.";
        if (connection.Permissions is { } granted && GraphPermission.Missing(path, isWrite, connection.IsAppOnly, granted) is { } missing)
            return connection.IsAppOnly ? $"The application lacks the permission {missing}: grant it, with admin consent, and connect again." : $"The sign-in lacks the permission {missing}: {again}, and ask for it.";
        if (connection.IsAppOnly) return $"The application needs the permission {needed.Least}, with admin consent; a token from before the consent does not have it: connect again.";
        return (needed.Roles is { } roles ? $"The account needs the role {roles}, active now" : $"The account may not see it; the permission {needed.Least} is needed")
            + $". A role or permission that is newer than the sign-in counts only afterwards: {again}.";
    }

    /// <summary>Graph's own words, as a sentence to append.</summary>
    private static string Said(GraphAnswer answer, GraphConnection connection)
    {
        // Before anything is cut off: half a token is not recognised any more.
        string Safe(string? text) => GraphText.WithoutToken(text ?? "", connection.Token);
        var message = DisplayText.Excerpt(Safe(JsonText.Of(answer.Error, "message")), LongestMessage).Trim();
        var code = DisplayText.Excerpt(Safe(answer.Code), 100);
        return (code, message) switch
        {
            ("", "") => "",
            (_, "") => $" It says: {code}.",
            ("", _) => $" It says: {message.TrimEnd('.')}.",
            _ => $" It says: {code}: {message.TrimEnd('.')}.",
        };
    }
}
