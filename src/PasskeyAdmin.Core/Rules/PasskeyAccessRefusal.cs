using PasskeyAdmin.Access;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>Whether somebody would get past an authentication strength.</summary>
public enum PasskeyAccessResult
{
    /// <summary>Something that decides could not be read.</summary>
    Unknown,

    /// <summary>The user has no method that fulfils the strength and works.</summary>
    Refused,
}

/// <summary>Somebody whom an authentication strength would refuse today, or may.</summary>
public sealed class PasskeyAccessRefusal
{
    internal PasskeyAccessRefusal(RulePerson person, AuthenticationStrength strength, PasskeyAccessResult result, string reason)
    {
        UserId = person.Id.ToString();
        UserPrincipalName = person.UserPrincipalName is { } name ? DisplayText.Neutralise(name) : null;
        DisplayName = person.DisplayName is { } display ? DisplayText.Neutralise(display) : null;
        Strength = DisplayText.Neutralise(strength.Name);
        Result = result;
        Reason = reason;
    }

    /// <summary>The object id.</summary>
    public string UserId { get; }

    /// <summary>Safe to show; null where it could not be read.</summary>
    public string? UserPrincipalName { get; }

    /// <summary>Safe to show; null where it could not be read.</summary>
    public string? DisplayName { get; }

    /// <summary>Whether the user has a directory role; null where that is not known.</summary>
    public bool? IsAdministrator { get; internal init; }

    public EmergencyAccountKind EmergencyAccount { get; internal init; }

    /// <summary>The name of the strength, safe to show.</summary>
    public string Strength { get; }

    public PasskeyAccessResult Result { get; }

    /// <summary>Why, in words that go on after the name of the user.</summary>
    public string Reason { get; }

    /// <summary>The tenant that it was read from; null where its id is not known.</summary>
    public string? TenantId { get; internal init; }

    public override string ToString() => UserPrincipalName ?? DisplayName ?? UserId;
}
