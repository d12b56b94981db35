
namespace PasskeyAdmin.Users;

/// <summary>What becomes of a passkey by a change of policy; null for what is not known.</summary>
/// <param name="WasUsable">Whether it worked before.</param>
/// <param name="IsUsable">Whether it works afterwards.</param>
/// <param name="IsLost">Whether it worked before and does not afterwards.</param>
internal readonly record struct PasskeyOutcome(bool? WasUsable, bool? IsUsable, bool? IsLost);
