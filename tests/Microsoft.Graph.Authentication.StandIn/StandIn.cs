using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Graph.PowerShell.Authentication.Models;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;

namespace Microsoft.Graph.PowerShell.Authentication;

/// <summary>What a test sets and reads. For the whole process, as the session is: one test at a time, with <see cref="Reset"/> at its end.</summary>
public static class StandIn
{
    /// <summary>The client id of Microsoft Graph Command Line Tools, with which the real module signs users in.</summary>
    public const string DefaultClientId = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

    private static readonly ConcurrentQueue<ConnectCall> s_calls = new();
    private static readonly ConcurrentQueue<TimeSpan> s_waits = new();

    static StandIn()
    {
        Repetition.Waited += s_waits.Enqueue;
        Reset();
    }

    /// <summary>Where the test's Graph listens. Without it nothing is sent anywhere.</summary>
    public static Uri? Endpoint { get; set; }

    /// <summary>What the next Connect-MgGraph gives. What is null in it comes from the call: tenant, scopes, environment.</summary>
    public static AuthContext Next { get; set; } = new();

    /// <summary>With it, Connect-MgGraph fails with this message and signs out who was signed in.</summary>
    public static string? ConnectFailure { get; set; }

    /// <summary>With it, no token can be had: every request to Graph fails with this message before it is sent.</summary>
    public static string? TokenFailure { get; set; }

    /// <summary>Clients made from now on have handlers of other names, which know no options.</summary>
    public static bool HidesOptions { get; set; }

    /// <summary>The calls of Connect-MgGraph, oldest first.</summary>
    public static IReadOnlyList<ConnectCall> ConnectCalls => [.. s_calls];

    /// <summary>The waits between repetitions, which the real module would have made.</summary>
    public static IReadOnlyList<TimeSpan> Waits => [.. s_waits];

    /// <summary>Who is signed in, or null.</summary>
    public static AuthContext? Context => GraphSession.Current?.Context;

    /// <summary>The token that requests carry now; each sign-in has another.</summary>
    public static string? Token => GraphSession.Current?.Token;

    /// <summary>Signs in without Connect-MgGraph, as a user did before the test.</summary>
    public static AuthContext SignIn(string tenantId, string? account = "admin@contoso.com", params string[] scopes) =>
        SignIn(new AuthContext { TenantId = tenantId, Account = account, Scopes = scopes });

    /// <summary>Signs in without Connect-MgGraph; what is null of client id, app name and environment is filled in.</summary>
    public static AuthContext SignIn(AuthContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.ClientId ??= DefaultClientId;
        context.AppName ??= "Microsoft Graph Command Line Tools";
        context.Environment ??= "Global";
        GraphSession.SignIn(context);
        return context;
    }

    public static void SignOut() => GraphSession.SignOut();

    /// <summary>Nobody is signed in, nothing is set, nothing is recorded.</summary>
    public static void Reset()
    {
        GraphSession.SignOut();
        Endpoint = null;
        Next = new AuthContext { Account = "admin@contoso.com" };
        ConnectFailure = null;
        TokenFailure = null;
        HidesOptions = false;
        s_calls.Clear();
        s_waits.Clear();
    }

    internal static void Connect(ConnectCall call, GraphEnvironment environment, Version? hostVersion)
    {
        s_calls.Enqueue(call);
        if (ConnectFailure is { } failure)
        {
            // As the real one: a failed sign-in ends the session before it.
            GraphSession.SignOut();
            throw new Azure.Identity.AuthenticationFailedException(failure);
        }
        SignIn(new AuthContext
        {
            ClientId = Next.ClientId,
            TenantId = Next.TenantId ?? call.TenantId ?? "11111111-2222-3333-4444-555555555555",
            Scopes = Next.Scopes ?? (call.Scopes is { Count: > 0 } asked ? [.. asked.Distinct(StringComparer.OrdinalIgnoreCase)] : ["User.Read"]),
            AuthType = Next.AuthType,
            TokenCredentialType = Next.TokenCredentialType,
            Account = Next.Account,
            AppName = Next.AppName,
            ContextScope = call.ContextScope ?? ContextScope.CurrentUser,
            PSHostVersion = hostVersion,
            ManagedIdentityId = Next.ManagedIdentityId,
            Environment = Next.Environment ?? environment.Name,
        });
    }
}
