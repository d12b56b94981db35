using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net.Http;
using System.Reflection;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>
/// The user's Microsoft.Graph.Authentication module, found through its command and used through its one public method; nothing of it is referenced
/// (reference/host-experiments.md).
/// </summary>
internal sealed class GraphModule
{
    private const string Name = "Microsoft.Graph.Authentication";
    private const string HelpersType = "Microsoft.Graph.PowerShell.Authentication.Helpers.HttpHelpers";
    private const string ClientMethod = "GetGraphHttpClient";
    private const string ConnectCommand = Name + @"\Connect-MgGraph";

    private readonly CommandInvocationIntrinsics _commands;
    private readonly Func<HttpClient> _client;

    private GraphModule(CommandInvocationIntrinsics commands, Func<HttpClient> client)
    {
        _commands = commands;
        _client = client;
    }

    /// <summary>Imports the module where it is not there yet.</summary>
    /// <exception cref="PasskeyAdminException"><c>GraphModuleMissing</c>, <c>GraphModuleUnusable</c>.</exception>
    public static GraphModule Require(CommandInvocationIntrinsics commands)
    {
        var command = Find(commands);
        if (command is null)
        {
            Import();
            command = Find(commands) ?? throw Unusable("it has no command Invoke-MgGraphRequest", null);
        }
        var method = command.ImplementingType.Assembly.GetType(HelpersType)?.GetMethod(ClientMethod, BindingFlags.Public | BindingFlags.Static, null, Type.EmptyTypes, null);
        if (method is null || !typeof(HttpClient).IsAssignableFrom(method.ReturnType)) throw Unusable($"version {command.Version} does not hand out its client; version 2.0 or later is needed", null);
        return new GraphModule(commands, (Func<HttpClient>)Delegate.CreateDelegate(typeof(Func<HttpClient>), method));
    }

    /// <summary>Uses who is signed in, or signs in with the least permissions.</summary>
    /// <exception cref="PasskeyAdminException"><c>SignInFailed</c>, <c>WrongTenant</c>, <c>WrongEnvironment</c>.</exception>
    public (TenantFacts Facts, GraphConnection Connection) Open(GraphSignIn wanted, Action<string> log)
    {
        var pinned = Context() ?? SignIn(wanted, log);
        if (wanted.Environment is { } environment && !environment.Equals(pinned.Environment, StringComparison.OrdinalIgnoreCase))
        {
            throw new PasskeyAdminException(ErrorKind.InvalidOperation, "WrongEnvironment",
                $"Microsoft Graph PowerShell is signed in to the cloud {pinned.Environment} and not to {DisplayText.Neutralise(environment)}. Sign in there.")
            { RecommendedAction = $"Connect-MgGraph -Environment {CommandText.Quote(environment)}" };
        }
        log($"Microsoft Graph PowerShell is signed in to the tenant {pinned.TenantId ?? "(unknown)"}, cloud {pinned.Environment}.");
        var options = GraphModuleOptions.Find(Client());
        var connection = new GraphConnection(EndpointOf(pinned.Environment), Client)
        {
            Prepare = options.Apply,
            Verify = () => RequireSame(pinned),
            WritesRefusedBecause = options.AreKnown
                ? null
                : "This version of Microsoft.Graph.Authentication repeats or redirects failed requests and cannot be told not to, so a change could be made twice or elsewhere. Update the module, or connect with -AccessToken.",
            SignInCommand = "Connect-MgGraph; Connect-PasskeyTenant",
            OtherTenantAdvice = wanted.TenantId is { } tenant ? $"Sign in with: Connect-MgGraph -TenantId {CommandText.Quote(tenant)}" : "Sign in with Connect-MgGraph -TenantId.",
            Permissions = pinned.Scopes,
            IsAppOnly = pinned.IsAppOnly,
        };
        return (new TenantFacts(TenantConnection.GraphPowerShell, pinned.Environment)
        {
            TenantId = pinned.TenantId,
            Account = pinned.Account,
            ClientId = pinned.ClientId,
            Scopes = pinned.Scopes,
            Limitations = GraphCloud.Find(pinned.Environment)?.Limitations ?? [],
        }, connection);
    }

    private static CmdletInfo? Find(CommandInvocationIntrinsics commands) => commands.GetCommand($@"{Name}\Invoke-MgGraphRequest", CommandTypes.Cmdlet) as CmdletInfo;

    /// <summary>Who is signed in now; on the pipeline thread.</summary>
    private static GraphModuleContext? Context() => GraphModuleContext.Of(Invoke("Get-MgContext").FirstOrDefault());

    private static void RequireSame(GraphModuleContext pinned)
    {
        var now = Context();
        if (pinned.IsSameAs(now)) return;
        throw new PasskeyAdminException(ErrorKind.InvalidOperation, "TenantSessionChanged",
            $"Microsoft Graph PowerShell is no longer signed in as when this tenant was connected ({pinned}): {(now is null ? "nobody is signed in" : $"now it is {now}")}. Connect again with Connect-PasskeyTenant.")
        {
            RecommendedAction = "Connect-PasskeyTenant",
        };
    }

    private GraphModuleContext SignIn(GraphSignIn wanted, Action<string> log)
    {
        var scopes = CapabilityPermissions.Least(wanted.Capabilities);
        log($"Nobody is signed in to Microsoft Graph PowerShell: signing in with {string.Join(", ", scopes)}.");
        var parameters = new Dictionary<string, object> { ["Scopes"] = scopes.ToArray() };
        if (wanted.TenantId is { } tenant) parameters["TenantId"] = tenant;
        if (wanted.Environment is { } environment) parameters["Environment"] = environment;
        // Older versions have no such switch, and greet.
        if (_commands.GetCommand(ConnectCommand, CommandTypes.Cmdlet)?.Parameters.ContainsKey("NoWelcome") == true) parameters["NoWelcome"] = true;
        string reason;
        try
        {
            // In this pipeline, so that what it shows on the way to a sign-in is seen. Its own errors do not end anything by themselves.
            _commands.InvokeScript("param($command, $parameters) $null = & $command @parameters -ErrorAction Stop", true, PipelineResultTypes.None, null, ConnectCommand, parameters);
            reason = "nobody is signed in afterwards";
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            // What stopped it says only that it was stopped; its record has the cause.
            reason = DisplayText.Excerpt((e as ActionPreferenceStopException)?.ErrorRecord.Exception.Message ?? e.Message, 300).TrimEnd('.');
        }
        return Context() ?? throw new PasskeyAdminException(ErrorKind.SignInNeeded, "SignInFailed", $"Signing in with Connect-MgGraph failed: {reason}. Sign in with Connect-MgGraph yourself, in any of its ways, and connect again.")
        {
            RecommendedAction = "Connect-MgGraph; Connect-PasskeyTenant",
        };
    }

    /// <summary>Asked anew for each request: one that is kept goes on silently as whoever signs in later.</summary>
    private HttpClient Client()
    {
        try
        {
            return _client();
        }
        catch (Exception e) when (e is InvalidOperationException || SignInFault.IsOne(e))
        {
            throw GraphErrors.SignInFailed(e);
        }
    }

    /// <summary>Where next links of this cloud lead. The module knows clouds that we do not, and those that users add.</summary>
    private static Uri EndpointOf(string environment)
    {
        if (GraphCloud.Find(environment) is { } known) return known.Endpoint;
        var named = Invoke("Get-MgEnvironment").FirstOrDefault(e => string.Equals(e.Properties["Name"]?.Value?.ToString(), environment, StringComparison.OrdinalIgnoreCase));
        return Uri.TryCreate(named?.Properties["GraphEndpoint"]?.Value?.ToString(), UriKind.Absolute, out var endpoint)
            ? endpoint
            : throw new PasskeyAdminException(ErrorKind.NotFound, "EnvironmentUnknown", $"Get-MgEnvironment does not know the cloud {DisplayText.Neutralise(environment)} that Microsoft Graph PowerShell is signed in to.");
    }

    private static List<PSObject> Invoke(string command)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        try
        {
            return [.. shell.AddCommand($@"{Name}\{command}").Invoke().Where(o => o is not null)];
        }
        catch (CommandNotFoundException e)
        {
            throw Unusable($"it no longer has the command {command}", e);
        }
    }

    private static void Import()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        try
        {
            shell.AddCommand("Import-Module").AddParameter("Name", Name).AddParameter("Scope", "Global").AddParameter("ErrorAction", ActionPreference.Stop).Invoke();
        }
        catch (RuntimeException e) when (e.ErrorRecord.FullyQualifiedErrorId.StartsWith("Modules_ModuleNotFound", StringComparison.Ordinal))
        {
            throw new PasskeyAdminException(ErrorKind.NotFound, "GraphModuleMissing",
                $"The module {Name} is not installed; it signs in to Microsoft Graph. Install it with: Install-Module {Name} -Scope CurrentUser. Without it, there are -AccessToken and -Sandbox.", e)
            {
                RecommendedAction = $"Install-Module {Name} -Scope CurrentUser",
            };
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            throw Unusable(DisplayText.Excerpt(e.Message, 300).TrimEnd('.'), e);
        }
    }

    private static PasskeyAdminException Unusable(string reason, Exception? cause) =>
        new(ErrorKind.InvalidOperation, "GraphModuleUnusable", $"The module {Name} cannot be used: {reason}. Update it with: Update-Module {Name}. Without it, there are -AccessToken and -Sandbox.", cause)
        {
            RecommendedAction = $"Update-Module {Name}",
        };
}
