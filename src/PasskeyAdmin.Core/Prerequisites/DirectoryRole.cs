namespace PasskeyAdmin.Prerequisites;

/// <summary>A directory role that an account has.</summary>
/// <param name="TemplateId">The same in every tenant; null where the directory hides it.</param>
internal sealed record DirectoryRole(string? TemplateId, string? Name);
