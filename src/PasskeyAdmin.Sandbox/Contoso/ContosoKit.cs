namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>Which methods a person has, in the words of the plan for this tenant.</summary>
internal enum ContosoKit
{
    /// <summary>Whatever comes: most have a second factor, many Windows Hello, some a passkey.</summary>
    Usual,

    /// <summary>Written by hand, in people.json.</summary>
    ByHand,

    PasswordOnly,

    /// <summary>A password and text messages or calls.</summary>
    PhoneOnly,

    /// <summary>Came in the last days and has nothing yet.</summary>
    Newcomer,

    /// <summary>In the pilot, and one synced passkey is all that withstands phishing.</summary>
    PilotSynced,

    /// <summary>In the pilot, with a synced passkey and Windows Hello or Platform SSO.</summary>
    PilotSyncedAndLocal,

    /// <summary>In the pilot, with a synced passkey and one that is bound to a device.</summary>
    PilotSyncedAndKey,

    /// <summary>In the pilot, without a synced passkey so far.</summary>
    PilotWithoutSynced,

    /// <summary>Outside the pilot, with a synced passkey from the time when the default profile let them in, and nothing else of that strength.</summary>
    FormerSynced,

    /// <summary>The same, with Windows Hello or Platform SSO.</summary>
    FormerSyncedAndLocal,
}
