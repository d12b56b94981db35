using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace PasskeyAdmin.Commands;

/// <summary>
/// PowerShell leaves out a property of a pipeline object that does not convert, and another question than the one asked would be answered. This makes it an error for that object. What
/// is empty, as a column of a CSV file may be, is not there.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class UnderstoodTransformationAttribute(Type type) : ArgumentTransformationAttribute
{
    public override bool TransformNullOptionalParameters => false;

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var data = Wrapped.Unwrap(inputData);
        if (IsEmpty(data)) return null;
        if (type.IsArray && data is IEnumerable list and not string) data = list.Cast<object?>().Select(Wrapped.Unwrap).Where(i => !IsEmpty(i)).ToArray();
        if (LanguagePrimitives.TryConvertTo(data, type, out var value) && IsDefined(value)) return value;
        var bad = data is object?[] items ? items.FirstOrDefault(i => !LanguagePrimitives.TryConvertTo(i, type, out _)) : data;
        throw new ArgumentTransformationMetadataException($"{DisplayText.Excerpt(bad?.ToString() ?? "", 60)} is no {(type.IsArray ? "AAGUID" : "passkey type (Synced, DeviceBound)")}.");
    }

    private static bool IsEmpty(object? data) => data is null or "" || (data is string text && text.Trim().Length == 0);

    /// <summary>A number converts to an enumeration whatever it is.</summary>
    private static bool IsDefined(object value) => value is not Providers.PasskeyTypes types || (types & ~(Providers.PasskeyTypes.DeviceBound | Providers.PasskeyTypes.Synced)) == 0;
}
