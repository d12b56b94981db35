using System;
using System.Management.Automation;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Commands;

/// <summary>Opens the checkpoint that a user names.</summary>
internal static class Checkpoints
{
    public static ReadCheckpoint Open(PathIntrinsics paths, string path, TenantSession session, Action<string> warn)
    {
        var checkpoint = ReadCheckpoint.Open(InputPaths.ResolveLiteral(paths, path), session.TenantId ?? session.Endpoint.Host, session.Traffic.Now);
        if (checkpoint.StartedAnewBecause is { } reason) warn($"The checkpoint '{DisplayText.Neutralise(path)}' was begun anew: {reason}.");
        return checkpoint;
    }
}
