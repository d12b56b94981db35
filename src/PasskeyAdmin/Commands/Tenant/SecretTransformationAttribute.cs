using System;
using System.Management.Automation;
using System.Security;

namespace PasskeyAdmin.Commands;

/// <summary>
/// Takes a secret as SecureString or text. Without this, the text would stand in PowerShell's own complaint that it cannot be converted.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        switch (inputData is PSObject wrapped ? wrapped.BaseObject : inputData)
        {
            case SecureString secret:
                return secret;
            case string text:
                var converted = new SecureString();
                foreach (var c in text) converted.AppendChar(c);
                converted.MakeReadOnly();
                return converted;
            case var other:
                throw new ArgumentTransformationMetadataException($"A SecureString is needed, and this is {(other is null ? "nothing" : $"a {other.GetType().Name}")}.");
        }
    }
}
