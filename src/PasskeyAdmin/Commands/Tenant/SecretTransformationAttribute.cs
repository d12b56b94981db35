using System;
using System.Management.Automation;
using System.Security;

namespace PasskeyAdmin.Commands;

/// <summary>
/// Takes a secret as SecureString or text; of anything else it makes an empty one, which is refused later, by the cmdlet itself. Without this, the text would
/// stand in PowerShell's own complaint that it cannot be converted.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var data = Wrapped.Unwrap(inputData);
        if (data is SecureString secret) return secret;
        var converted = new SecureString();
        foreach (var c in data as string ?? "") converted.AppendChar(c);
        converted.MakeReadOnly();
        return converted;
    }
}
