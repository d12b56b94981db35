using System;
using System.Collections.Generic;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Prerequisites;

/// <summary>What the rules judge: the tenant as it was read, and the time.</summary>
internal sealed record PrerequisiteFacts(IReadOnlyList<TenantCapability> Capabilities, DateTimeOffset Now)
{
    private const string NotAsked = "It was not read.";

    /// <summary>Null where no tenant is connected.</summary>
    public TenantSession? Tenant { get; init; }

    /// <summary>Null where the tenant can be worked on.</summary>
    public SignInFailure? SignIn { get; init; }

    /// <summary>Why Graph answered nothing at all; null where it did.</summary>
    public string? NoAnswer { get; init; }

    public Reading<Organization> Organization { get; init; } = Reading<Organization>.NotRead(NotAsked);

    public Reading<PasskeyPolicy> Policy { get; init; } = Reading<PasskeyPolicy>.NotRead(NotAsked);

    public Reading<TemporaryAccessPassSettings> TemporaryAccessPass { get; init; } = Reading<TemporaryAccessPassSettings>.NotRead(NotAsked);

    public Reading<MethodsPolicy> Methods { get; init; } = Reading<MethodsPolicy>.NotRead(NotAsked);

    /// <summary>Groups whose members were looked at, by id.</summary>
    public IReadOnlyDictionary<string, GroupPeople> People { get; init; } = new Dictionary<string, GroupPeople>();

    /// <summary>Whether the tenant has opted out of passkeys by default.</summary>
    public Reading<bool> IsOptedOut { get; init; } = Reading<bool>.NotRead(NotAsked);

    public Reading<IReadOnlyList<DirectoryRole>> Roles { get; init; } = Reading<IReadOnlyList<DirectoryRole>>.NotRead(NotAsked);

    public Reading<bool> HasPremiumLicence { get; init; } = Reading<bool>.NotRead(NotAsked);

    public IReadOnlyList<EmergencyAccountState> EmergencyAccounts { get; init; } = [];

    /// <summary>Permissions without which something would not have been read that was.</summary>
    public IReadOnlyCollection<string> ProvenPermissions { get; init; } = [];

    /// <summary>Judges the profiles of the policy; those that it names and does not list are not known.</summary>
    public CheckResult JudgeProfiles(Func<PasskeyPolicy, CheckResult> judge) => Policy.Judge(policy => policy.IsWithoutItsProfiles
        ? CheckResult.Unknown("The policy names profiles and lists none: what they are is not known.", "Look at the profiles: Entra admin centre > Entra ID > Authentication methods > Policies > Passkey (FIDO2) > Configure.")
        : judge(policy));

    /// <summary>The facts where the sign-in is not, or no longer, good.</summary>
    public PrerequisiteFacts WithoutSignIn(PasskeyAdminException error) => this with { SignIn = new SignInFailure(error.Message, SignInCommands.SignInAdvice(Tenant), SignInCommands.SignIn(Tenant, Capabilities)) };
}
