using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>What every cmdlet has that works on a tenant: the one that is named or piped in, or else the current one of the PowerShell session.</summary>
public abstract class TenantCmdlet : PasskeyCmdlet
{
    private protected TenantCmdlet()
    {
    }

    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public TenantSession? Tenant { get; set; }

    /// <summary>Objects of this module know their tenant, and ids such as that of the default profile are the same in every tenant: one must not be looked up in another.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? TenantId { get; set; }

    /// <summary>The tenant of this record.</summary>
    private protected TenantSession Session { get; private set; } = null!;

    /// <summary>Reads from it. Each request is a verbose line, and each long pause a warning.</summary>
    private protected GraphClient Client { get; private set; } = null!;

    private IReadOnlyCollection<string> _typed = [];

    protected override void BeginProcessing() => _typed = [.. MyInvocation.BoundParameters.Keys];

    /// <summary>Whether a parameter stands in the command, and did not come through the pipeline.</summary>
    private protected bool IsTyped(string parameter) => _typed.Contains(parameter);

    /// <summary>The texts of a parameter that takes them from the pipeline as well; null where it only has what the binder made of a tenant there.</summary>
    private protected string[]? TextsOf(string parameter, string[]? texts) => IsTyped(parameter) || Tenant is null || IsTyped(nameof(Tenant)) ? texts : null;

    /// <summary>Whether an object came through the pipeline of which nothing was taken but its tenant: neither is it a tenant itself, nor is one of these parameters from it.</summary>
    private protected bool IsOnlyTenantIdTaken(params string[] parameters) =>
        MyInvocation.ExpectingInput && IsFromPipeline(nameof(TenantId)) && (Tenant is null || IsTyped(nameof(Tenant))) && !parameters.Any(IsFromPipeline);

    private bool IsFromPipeline(string parameter) => IsBound(parameter) && !IsTyped(parameter);

    /// <summary>Opens the tenant of this record and does something with it. Of several tenants on the pipeline, one that cannot be used costs itself only.</summary>
    /// <param name="unusable">What to do instead where nobody is signed in, or no longer; null where that is an error.</param>
    /// <param name="target">What an error is about; null for the tenant.</param>
    /// <returns>False where there was an error.</returns>
    private protected bool WithTenant(Action action, Action<PasskeyAdminException>? unusable = null, object? target = null)
    {
        if (MyInvocation.ExpectingInput) return ForItem(target ?? Tenant, () => Run(action, unusable));
        OrTerminate(target ?? Tenant, () => Run(action, unusable));
        return true;
    }

    private void Run(Action action, Action<PasskeyAdminException>? unusable)
    {
        try
        {
            Open();
        }
        catch (PasskeyAdminException e) when (unusable is not null && GraphErrors.IsAboutSignIn(e))
        {
            unusable(e);
            return;
        }
        action();
    }

    private void Open()
    {
        var session = Tenant ?? CurrentTenant.Require(SessionState);
        session.Graph.RequireUsable(session.Traffic.Now);
        RequireSame(session);
        if (session != Session) (Session, Client) = (session, session.CreateClient(WriteVerbose, WriteWarning));
    }

    private void RequireSame(TenantSession session)
    {
        if (TenantId is not { Length: > 0 } wanted) return;
        if (Guid.TryParse(wanted, out var id) && Guid.TryParse(session.TenantId, out var own) ? id == own : wanted.Equals(session.TenantId, StringComparison.OrdinalIgnoreCase)) return;
        throw new PasskeyAdminException(ErrorKind.InvalidOperation, "WrongTenant",
            $"This is of the tenant {DisplayText.Neutralise(wanted)}, and the command works on {session} ({session.TenantId ?? "id not known"}). Name the tenant with -Tenant; -TenantId takes the id.");
    }
}
