namespace PasskeyAdmin.Changes;

/// <summary>What became of a change.</summary>
public enum PolicyChangeOutcome
{
    /// <summary>The command ended before it could say: if something was sent, it is not known whether it took effect. See <see cref="PasskeyPolicyChange.TenantShows"/>, and look at the policy.</summary>
    Interrupted,

    /// <summary>Nothing was sent.</summary>
    NotSent,

    /// <summary>The tenant shows the change.</summary>
    Applied,

    /// <summary>It was sent, and the tenant did not show it in time, or shows something else, or could not be read.</summary>
    NotConfirmed,

    /// <summary>It was sent and refused, or the tenant still shows the policy as it was.</summary>
    Failed,

    /// <summary>Of several writes only the first were made: a profile was created and is not yet targeted, or is no longer targeted and not yet deleted.</summary>
    Incomplete,
}

/// <summary>What the policy was when it was last read.</summary>
public enum PolicySighting
{
    /// <summary>It was not read after something was sent.</summary>
    NotRead,

    /// <summary>The policy as it was before.</summary>
    Before,

    /// <summary>The policy as the change wants it.</summary>
    After,

    /// <summary>Something else than the policy before or after.</summary>
    Other,
}

/// <summary>Whether somebody else's edit was lost in the gap between the last look and the write, which Microsoft Graph gives no means to close.</summary>
public enum OtherEditState
{
    /// <summary>The audit log could not be read, or does not have this change yet: it lags by minutes.</summary>
    Unknown,

    /// <summary>The audit log has this change, made on the policy that it was planned for.</summary>
    None,

    /// <summary>The audit log shows an edit of somebody else that this change may have overwritten.</summary>
    Suspected,

    /// <summary>Nothing was written.</summary>
    NotApplicable,
}
