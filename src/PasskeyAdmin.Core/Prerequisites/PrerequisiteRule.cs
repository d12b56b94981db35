using System.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Prerequisites;

/// <summary>Something that must be right, as a pure function of what was read.</summary>
/// <param name="source">The public page that says so.</param>
/// <param name="neededFor">What it is needed for; none for everything.</param>
internal abstract class PrerequisiteRule(string id, string title, string source, params TenantCapability[] neededFor)
{
    public string Id { get; } = id;

    public string Title { get; } = title;

    public string Source { get; } = source;

    /// <summary>Null where nothing that was asked about needs it.</summary>
    public PrerequisiteCheck? Check(PrerequisiteFacts facts)
    {
        var capabilities = neededFor.Length == 0 ? facts.Capabilities : [.. facts.Capabilities.Where(c => neededFor.Contains(c))];
        return capabilities.Count == 0 ? null : new PrerequisiteCheck(this, facts.SignIn is null ? Evaluate(facts, facts.Tenant!) : WithoutSignIn(facts.SignIn), capabilities, facts.Tenant?.TenantId);
    }

    /// <param name="tenant">The tenant of the facts, which is signed in.</param>
    protected abstract CheckResult Evaluate(PrerequisiteFacts facts, TenantSession tenant);

    protected virtual CheckResult WithoutSignIn(SignInFailure failure) => CheckResult.Unknown("Not signed in.");
}
