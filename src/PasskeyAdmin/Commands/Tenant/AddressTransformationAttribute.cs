using System;
using System.Management.Automation;

namespace PasskeyAdmin.Commands;

/// <summary>Takes an address as anything, and makes what is none into one that is refused later, by the cmdlet itself.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AddressTransformationAttribute : ArgumentTransformationAttribute
{
    public static Uri None { get; } = new("none", UriKind.Relative);

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var data = Wrapped.Unwrap(inputData);
        return data as Uri ?? (Uri.TryCreate(data?.ToString() ?? "", UriKind.Absolute, out var address) ? address : None);
    }
}
