namespace PasskeyAdmin.Changes;

/// <summary>What a journal says of a change beside the plan.</summary>
/// <param name="Folder">Where journals are.</param>
/// <param name="Limits">What let it through.</param>
internal sealed record ChangeContext(string Folder, GuardLimits Limits);

/// <summary>What came of a change.</summary>
/// <param name="Error">Null where the tenant shows it.</param>
/// <param name="Warnings">What is worth knowing, however it went.</param>
internal sealed record ChangeResult(PasskeyPolicyChange Change, PasskeyAdminException? Error, System.Collections.Generic.IReadOnlyList<PasskeyAdminException> Warnings);
