using System;
using System.Globalization;
using System.Management.Automation;

namespace PasskeyAdmin.Commands;

/// <summary>
/// Takes a number for so many days, from 1; less than a day can only be meant by a TimeSpan, which stays as it is. PowerShell itself makes as many ten-millionths of a second of a number, and everything
/// would be older than that. Nothing, or less than nothing, goes on to the command, which has an error of its own for it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DaysTransformationAttribute : ArgumentTransformationAttribute
{
    private const double Most = 36_500;

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var data = Wrapped.Unwrap(inputData);
        if (data is TimeSpan span) return span;
        if (!double.TryParse(Convert.ToString(data, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var days)) return data!;
        return days is <= 0 or (>= 1 and <= Most) ? TimeSpan.FromDays(Math.Max(days, -Most)) : throw new ArgumentTransformationMetadataException($"Give days from 1 to {Most:0}, or a TimeSpan.");
    }
}
