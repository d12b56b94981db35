using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>A connected tenant: who and where we are. It shows neither token nor client.</summary>
public sealed class TenantSession
{
    internal TenantSession(TenantFacts facts, GraphConnection connection, GraphTraffic traffic)
    {
        TenantId = facts.TenantId;
        TenantName = facts.TenantName is { } name ? DisplayText.Neutralise(name) : null;
        Connection = facts.Connection;
        Account = facts.Account is { } account ? DisplayText.Neutralise(account) : null;
        ClientId = facts.ClientId;
        Environment = facts.Environment;
        Path = facts.Path;
        Scope = new JoinedList<string>(facts.Scopes ?? []);
        Limitation = new JoinedList<string>(facts.Limitations);
        EmergencyAccount = new JoinedList<string>(facts.EmergencyAccounts.Select(DisplayText.Neutralise));
        HasSandboxSettings = facts.HasSandboxSettings;
        Endpoint = connection.Endpoint;
        IsAppOnly = connection.IsAppOnly;
        ExpiresOn = connection.ExpiresOn;
        Graph = connection;
        Traffic = traffic;
    }

    /// <summary>The id of the directory, a GUID; null where neither the sign-in nor Graph told it.</summary>
    public string? TenantId { get; }

    /// <summary>The name of the organization, safe to show; null where it may not be read.</summary>
    public string? TenantName { get; }

    /// <summary>How the tenant was connected.</summary>
    public TenantConnection Connection { get; }

    /// <summary>The user who is signed in; null for an application, and for a token that does not say.</summary>
    public string? Account { get; }

    /// <summary>The application that is signed in, or that signed the user in; null where that is not known.</summary>
    public string? ClientId { get; }

    /// <summary>The Microsoft cloud: Global, USGov, USGovDoD, China, the name of another one, Custom for an endpoint of one's own, or Sandbox.</summary>
    public string Environment { get; }

    /// <summary>Where Microsoft Graph answers.</summary>
    public Uri Endpoint { get; }

    /// <summary>Whether an application is signed in, without a user.</summary>
    public bool IsAppOnly { get; }

    /// <summary>The permissions of the sign-in, delegated or of the application; empty where they are not known.</summary>
    public IReadOnlyList<string> Scope { get; }

    /// <summary>When the access token ends, in UTC; null where that is not known.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>The file of a sandbox; null for one in memory, and for a real tenant.</summary>
    public string? Path { get; }

    /// <summary>What the cloud of the tenant lacks for passkeys, in words; empty where nothing is known to be missing.</summary>
    public IReadOnlyList<string> Limitation { get; }

    /// <summary>The emergency accounts that the administrator named, now or at an earlier connection, by user principal name or id; empty where none was named.</summary>
    public IReadOnlyList<string> EmergencyAccount { get; internal set; }

    /// <summary>Why it is not known which emergency accounts were named at an earlier connection; null where it is.</summary>
    internal string? EmergencyAccountFault { get; set; }

    /// <summary>False once it was disconnected.</summary>
    public bool IsConnected => !Graph.IsClosed;

    /// <summary>Names of targets as last read, for completion only.</summary>
    internal IReadOnlyList<string> KnownTargetNames { get; set; } = [];

    /// <summary>Names of groups as last read, for completion only.</summary>
    internal IReadOnlyList<string> KnownGroupNames { get; set; } = [];

    /// <summary>Whether it is a sandbox in memory that was given settings, which are not kept.</summary>
    internal bool HasSandboxSettings { get; }

    /// <summary>Whether it is a sandbox and no real tenant.</summary>
    public bool IsSandbox => Connection is TenantConnection.Sandbox;

    /// <summary>Names of profiles as last read, for completion only.</summary>
    internal IReadOnlyList<string> KnownProfileNames { get; set; } = [];

    /// <summary>Names of authentication strengths as last read, for completion only.</summary>
    internal IReadOnlyList<string> KnownStrengthNames { get; set; } = [];

    internal GraphConnection Graph { get; }

    internal GraphTraffic Traffic { get; }

    /// <summary>The name of the tenant, or its id where it has none.</summary>
    public override string ToString() => TenantName is { Length: > 0 } ? TenantName : TenantId ?? Endpoint.Host;

    internal GraphClient CreateClient(Action<string>? log = null, Action<string>? notice = null) => new(Graph, Traffic, log, notice);
}
