using System;
using System.Management.Automation;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Commands;

/// <summary>Opens the checkpoint that a user names.</summary>
internal static class Checkpoints
{
    /// <summary>For a command that may meet several tenants: a checkpoint is of one of them.</summary>
    /// <param name="path">Null where none is named.</param>
    /// <param name="open">The one that is open already; null where none is.</param>
    /// <exception cref="PasskeyAdminException"><c>CheckpointOfOtherTenant</c>, and what <see cref="ReadCheckpoint.Open"/> throws.</exception>
    public static ReadCheckpoint? OpenOnce(PathIntrinsics paths, string? path, ReadCheckpoint? open, TenantSession session, Action<string> warn)
    {
        if (path is null) return null;
        if (open is not null) throw new PasskeyAdminException(ErrorKind.InvalidArgument, "CheckpointOfOtherTenant", "A checkpoint is of one tenant. Read the tenants one by one, each with a file of its own.");
        return Open(paths, path, session, warn);
    }

    public static ReadCheckpoint Open(PathIntrinsics paths, string path, TenantSession session, Action<string> warn)
    {
        var checkpoint = ReadCheckpoint.Open(InputPaths.ResolveLiteral(paths, path), session.TenantId ?? session.Endpoint.Host, session.Traffic.Now);
        if (checkpoint.StartedAnewBecause is { } reason) warn($"The checkpoint '{DisplayText.Neutralise(path)}' was begun anew: {reason}.");
        return checkpoint;
    }
}
