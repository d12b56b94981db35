namespace PasskeyAdmin.Providers;

/// <summary>An entry of a file that could not be read, while the others were.</summary>
/// <param name="Place">Where it stands, such as <c>line 12</c>.</param>
internal sealed record ProviderMetadataFault(string Place, string Reason);
