using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>
/// What is asked of the logs, as request paths, so that a caller can put them into one batch with others. Filters are those that Microsoft documents for audits
/// (learn.microsoft.com/graph/api/directoryaudit-list), unless said otherwise. Sign-ins come newest first [D] (learn.microsoft.com/graph/api/signin-list); of audits no page says in what order they come, so those
/// that are read as they come are asked for in one.
/// </summary>
internal static class AuditPaths
{
    private const string Audits = "/v1.0/auditLogs/directoryAudits";

    /// <summary>activityDateTime supports $filter and $orderby [D]: learn.microsoft.com/graph/api/resources/directoryaudit.</summary>
    private static readonly string NewestFirst = $"&$orderby={Uri.EscapeDataString("activityDateTime desc")}";

    /// <summary>The most that Graph gives at once: learn.microsoft.com/graph/api/signin-list.</summary>
    public const int PageSize = 1000;

    private static readonly string[] MethodBeginnings = ["Add Passkey", "Delete Passkey", "Add Windows Hello", "Delete Windows Hello", "Add platform", "Delete platform"];

    /// <summary>
    /// What happened to one user. On events of passkeys the id can be missing (reference/graph-users-and-usage.md §4 [C]), so the name is asked for as well. Microsoft documents the id of a target as a filter and
    /// not its name, which many public scripts use [C]: whoever gets a 400 asks <see cref="OfUserAsDocumented"/>. Missed is what names the user by neither, and by a name from before a rename.
    /// </summary>
    /// <param name="userPrincipalName">Null where it is not known.</param>
    public static string OfUser(string userId, string? userPrincipalName, DateTimeOffset since) => userPrincipalName is null
        ? Of(since, IsTarget("id", userId))
        : Of(since, $"({IsTarget("id", userId)} or {IsTarget("userPrincipalName", userPrincipalName)})");

    /// <summary>
    /// The same with nothing but documented filters: what has the id of the user, and what the user did to methods, which may be their own without an id. Missed is, beside the rest, what an administrator did
    /// where the log has the name only; its twin ("Admin registered security info") is found, and does not say of what kind it was.
    /// </summary>
    public static IReadOnlyList<string> OfUserAsDocumented(string userId, DateTimeOffset since) =>
        [Of(since, IsTarget("id", userId)), Of(since, $"initiatedBy/user/id eq '{Escape(userId)}' and {BeginsWithAny(MethodBeginnings)}")];

    /// <summary>Whatever was registered or removed in the tenant, newest first.</summary>
    public static string Registrations(DateTimeOffset since) => Of(since, BeginsWithAny([.. MethodBeginnings, .. AuditEntry.Unspecific])) + NewestFirst;

    /// <summary>Changes of the authentication methods policy, which passkeys are a part of, and of authentication strengths, newest first.</summary>
    public static string PolicyChanges(DateTimeOffset since) => Of(since, BeginsWithAny([AuditEntry.MethodsPolicy, AuditEntry.Strength])) + NewestFirst;

    /// <summary>How people signed in, with somebody at the keyboard: only beta has that (§3), only with a premium licence, and there is no filter for passkeys.</summary>
    /// <param name="userId">Null for everybody.</param>
    public static string SignIns(string? userId, DateTimeOffset since) =>
        $"/beta/auditLogs/signIns?$filter={Uri.EscapeDataString($"createdDateTime ge {GraphDate.Text(since)}{(userId is null ? "" : $" and userId eq '{Escape(userId)}'")}")}&$top={PageSize}";

    private static string Of(DateTimeOffset since, string what) => $"{Audits}?$filter={Uri.EscapeDataString($"activityDateTime ge {GraphDate.Text(since)} and {what}")}";

    private static string IsTarget(string property, string value) => $"targetResources/any(t:t/{property} eq '{Escape(value)}')";

    private static string BeginsWithAny(IEnumerable<string> beginnings) => $"({string.Join(" or ", beginnings.Select(b => $"startswith(activityDisplayName,'{b}')"))})";

    /// <summary>OData doubles a quotation mark within a text.</summary>
    private static string Escape(string text) => text.Replace("'", "''");
}
