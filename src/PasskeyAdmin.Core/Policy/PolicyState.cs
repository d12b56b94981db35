namespace PasskeyAdmin.Policy;

/// <summary>Whether the passkey method is switched on (Graph: <c>state</c>).</summary>
public enum PolicyState
{
    /// <summary>Graph gave a value that this version does not know.</summary>
    Unknown,
    Enabled,
    Disabled,
}

/// <summary>Whether the tenant is enrolled in passkey profiles. Enrolment is one-way (reference/graph-passkey-policy.md §1).</summary>
public enum ProfileEnrolment
{
    No,
    Yes,
}

/// <summary>Whether a passkey must prove at registration what it was made by (Graph: <c>attestationEnforcement</c>).</summary>
public enum PasskeyAttestation
{
    /// <summary>Graph gave a value that this version does not know.</summary>
    Unknown,
    Disabled,

    /// <summary>Demanded at registration, and never looked at again.</summary>
    RegistrationOnly,
}

/// <summary>What a list of AAGUIDs means.</summary>
public enum KeyRestrictionKind
{
    /// <summary>The list is not enforced: any AAGUID passes.</summary>
    None,

    /// <summary>Only the AAGUIDs of the list pass.</summary>
    Allow,

    /// <summary>The AAGUIDs of the list do not pass.</summary>
    Block,

    /// <summary>Graph gave a value that this version does not know.</summary>
    Unknown,
}

/// <summary>What a target or an exclusion stands for.</summary>
public enum TargetKind
{
    /// <summary>Graph gave a value that this version does not know.</summary>
    Unknown,
    AllUsers,
    Group,

    /// <summary>A single user, as old policies have it; Microsoft advises against it.</summary>
    User,
}

/// <summary>Whether the group or user behind a target was found.</summary>
public enum TargetStatus
{
    /// <summary>It could not be read, so nothing is known about it.</summary>
    NotRead,
    Found,

    /// <summary>The directory does not have it: it was deleted, or never existed.</summary>
    NotFound,
}
