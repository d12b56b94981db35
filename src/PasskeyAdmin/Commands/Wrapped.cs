using System.Management.Automation;

namespace PasskeyAdmin.Commands;

/// <summary>Values as PowerShell hands them over, wrapped or not.</summary>
internal static class Wrapped
{
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
