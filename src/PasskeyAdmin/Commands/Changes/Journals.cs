using System.Management.Automation;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Commands;

/// <summary>Where journals of changes are.</summary>
internal static class Journals
{
    private const string FolderName = "changes";

    /// <summary>What somebody tries out in a sandbox is not to be taken for a change of a real tenant, or undone for one.</summary>
    private const string SandboxFolderName = "sandbox-changes";

    /// <param name="session">The tenant that changes are about; null for real ones.</param>
    /// <param name="path">The folder that was named; null for the user's own.</param>
    /// <exception cref="PasskeyAdminException"><c>JournalNotWritable</c> where the user has no folder, and what <see cref="InputPaths"/> throws.</exception>
    public static string Folder(PathIntrinsics paths, string? path, TenantSession? session)
    {
        if (path is not null) return InputPaths.ResolveLiteral(paths, path);
        return UserFolder.Path is { } own
            ? System.IO.Path.Combine(own, session?.IsSandbox == true ? SandboxFolderName : FolderName)
            : throw new PasskeyAdminException(ErrorKind.Unavailable, "JournalNotWritable", "This account has no folder for application data, and without a journal nothing is sent. Name a folder with -JournalPath, or in the environment variable PASSKEYADMIN_HOME.");
    }
}
