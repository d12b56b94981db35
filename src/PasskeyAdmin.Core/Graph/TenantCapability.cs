namespace PasskeyAdmin.Graph;

/// <summary>What somebody wants to do with a tenant; it decides which permissions a sign-in asks for, and what a prerequisite is.</summary>
public enum TenantCapability
{
    /// <summary>Look at policy, profiles and targets.</summary>
    Read,

    /// <summary>See what users have registered, and whom a change would affect. It changes nothing.</summary>
    Impact,

    /// <summary>Change policy and profiles, and see beforehand whom that affects.</summary>
    PolicyWrite,

    /// <summary>Answer for one user, issue a Temporary Access Pass, remove passkeys and revoke sessions.</summary>
    Helpdesk,

    /// <summary>Roll out in waves.</summary>
    Rollout,

    /// <summary>Tie passkeys to applications.</summary>
    ConditionalAccess,

    /// <summary>Read the devices of Intune and of the directory.</summary>
    Devices,
}
