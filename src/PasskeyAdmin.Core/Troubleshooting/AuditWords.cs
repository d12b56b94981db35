using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>Puts an event into a sentence. Everything in it is safe to show already.</summary>
internal static class AuditWords
{
    /// <summary>So much of a name is enough for a sentence, whose reader has the whole name in a property: whoever registers an application can give it 256 characters, and fill the screen.</summary>
    private const int LongestName = 80;

    /// <summary>A name as it stands in a sentence, safe to show.</summary>
    public static string Name(string text) => DisplayText.Excerpt(text, LongestName);

    public static string Of(PasskeyAuditEvent audit) => audit.Kind switch
    {
        PasskeyAuditKind.Registration => Done(audit, "registered", "Registering"),
        PasskeyAuditKind.Removal => Done(audit, "removed", "Removing"),
        PasskeyAuditKind.PolicyChange => Changed(audit),
        _ => Used(audit),
    };

    /// <summary>What it is called: "Apple Passwords (Synced)".</summary>
    private static string Thing(PasskeyAuditEvent audit) => audit switch
    {
        { Method: null } => "security info",
        { Method: AuditEntry.Passkey } => $"{audit.Provider ?? "passkey"}{(audit.PasskeyType is PasskeyTypes.None ? "" : $" ({audit.PasskeyType})")}",
        _ => audit.Method,
    };

    private static string Done(PasskeyAuditEvent audit, string done, string doing)
    {
        var thing = Thing(audit);
        if (audit.Succeeded is PasskeyAnswer.No) return $"{doing} {thing}{By(audit)} failed{Because(audit)}.";
        var unsaid = audit.Method is null ? "; the log does not say of what kind" + (audit.Kind is PasskeyAuditKind.Registration ? " (a Temporary Access Pass is one)" : "") : "";
        var open = audit.Succeeded is PasskeyAnswer.Unknown ? "; the log does not say whether it was done" : "";
        return $"{char.ToUpperInvariant(thing[0])}{thing.Substring(1)} {done}{By(audit)}{unsaid}{open}.";
    }

    private static string Changed(PasskeyAuditEvent audit)
    {
        var what = string.Join("; ", audit.Change);
        return audit.Succeeded is PasskeyAnswer.No ? $"A change{By(audit)} failed{Because(audit)}." : $"{what}{By(audit)}";
    }

    /// <summary>The passkey and the sign-in are told apart: a code beside a passkey that was accepted is about what came after it.</summary>
    private static string Used(PasskeyAuditEvent audit)
    {
        var what = $"{Name(audit.Method ?? "a passkey")}{(audit.Application is { } application ? $" to {Name(application)}" : "")}{(audit.Country is { } country ? $", from {Name(country)}" : "")}";
        return audit.Succeeded switch
        {
            PasskeyAnswer.Yes when audit.IsSignedIn == true => $"Signed in with {what}.",
            PasskeyAnswer.Yes => $"Showed {what}; it was accepted, and then {Rest(audit)}{Because(audit)}.",
            PasskeyAnswer.No when audit.IsSignedIn == false => $"Sign-in with {what} refused{Because(audit)}.",
            PasskeyAnswer.No => $"Showed {what}; it was not accepted{Because(audit)}, and {Rest(audit)}.",
            _ => $"Showed {what}; the log does not say whether it was accepted, and {Rest(audit)}{Because(audit)}.",
        };
    }

    private static string Rest(PasskeyAuditEvent audit) => audit switch
    {
        { IsSignedIn: null } => "what became of the sign-in is not in the log",
        { IsSignedIn: true, Succeeded: PasskeyAnswer.No } => "the user got in without it",
        { IsSignedIn: true } => "the user got in",
        { ErrorCode: { } code } when SignInStory.IsInterrupt(code) => "the sign-in was interrupted",
        _ => "the sign-in was refused",
    };

    private static string Because(PasskeyAuditEvent audit)
    {
        var code = audit.ErrorCode is { } number ? $" ({number})" : "";
        return audit.FailureReason is { } reason ? $"{code}: {reason.TrimEnd('.')}" : code;
    }

    private static string By(PasskeyAuditEvent audit) => audit.Initiator switch
    {
        PasskeyAuditInitiator.Themselves => " by the user",
        PasskeyAuditInitiator.Unknown => audit.InitiatedBy is { } name ? $" by {Name(name)}" : "",
        PasskeyAuditInitiator.Application => $" by the application {Name(audit.InitiatedBy ?? audit.InitiatorId ?? "of which the log has no name")}",
        _ => $" by {Name(audit.InitiatedBy ?? audit.InitiatorId ?? "another user")}",
    };
}
