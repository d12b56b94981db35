namespace PasskeyAdmin.Changes;

/// <summary>Whether one command may issue a pass for one more user (design §5.5). Each user beyond the limit is refused for himself, so that the others get theirs. Pure.</summary>
internal sealed class TemporaryAccessPassGuard(GuardLimits limits)
{
    /// <summary>Where nobody is asked, one user who was named is what somebody means; more of them may be what a pipeline made.</summary>
    private int? Most => limits.MaximumAffectedUser ?? (limits.IsSilent ? 1 : null);

    /// <summary>Whether there are too many users.</summary>
    /// <param name="issued">How many of the command have one already.</param>
    /// <param name="asked">Whom it is about, as the command was given it.</param>
    /// <returns>Null where there are not.</returns>
    public PasskeyAdminException? Refusal(int issued, string asked)
    {
        if (!(issued >= Most)) return null;
        var limit = limits.MaximumAffectedUser is not null ? $"-MaximumAffectedUser is {Most}" : "where nobody is asked, -MaximumAffectedUser is 1 unless you give it";
        return Refused("TooManyAffectedUsers", $"There is no pass for {CommandText.Quote(DisplayText.Excerpt(asked, 80))}: {(issued == 0 ? "" : $"this command is about {GuardWords.People(issued)} already, and ")}{limit}.");
    }

    /// <summary>Why nobody may get this very pass without a question; null where that may be.</summary>
    public PasskeyAdminException? Refusal(TemporaryAccessPassPlan plan)
    {
        if (!limits.IsSilent || !plan.MayBeEmergencyAccount) return null;
        var why = plan.EmergencyOpen is { } open ? $"may be an emergency account. {open}" : "is an emergency account: it is kept for when nothing else works.";
        return Refused("EmergencyAccountPassRefused", $"{plan.Shown} {why} A pass for such an account is issued after a question only: run the command for this user alone, without -Confirm:$false.");
    }

    private static PasskeyAdminException Refused(string id, string text) => new(ErrorKind.InvalidOperation, id, $"{text} Nothing was sent.");
}
