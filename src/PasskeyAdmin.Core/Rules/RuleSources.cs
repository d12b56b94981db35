using System;

namespace PasskeyAdmin.Rules;

/// <summary>What a rule needs beside the policy; each is read once, and only where a rule needs it.</summary>
[Flags]
internal enum RuleSources
{
    Policy = 0,

    /// <summary>The authentication methods policy: SMS, voice, Temporary Access Pass, campaign.</summary>
    Methods = 1,

    /// <summary>Whether the tenant has opted out of passkeys by default (beta).</summary>
    OptOut = 2,

    /// <summary>Who is in the groups that the policy and Conditional Access name.</summary>
    Groups = 4,

    /// <summary>The users of the directory: who is disabled, who is a guest.</summary>
    Users = 8,

    /// <summary>The registration report.</summary>
    Report = 16,

    /// <summary>Each registered passkey.</summary>
    Passkeys = 32,

    /// <summary>Who has a directory role, active now.</summary>
    Roles = 64,

    /// <summary>Conditional Access policies and authentication strengths.</summary>
    Access = 128,

    /// <summary>The emergency accounts and their groups.</summary>
    Emergency = 256,

    /// <summary>Which applications people sign in to.</summary>
    SignIns = 512,

    /// <summary>Which users were renamed.</summary>
    Renames = 1024,

    /// <summary>Whether the audit log can be read.</summary>
    AuditLog = 2048,
}
