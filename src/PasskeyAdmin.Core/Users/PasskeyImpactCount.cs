using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PasskeyAdmin.Users;

/// <summary>How many users a change of policy affects how. Enabled accounts (and those of which it is not known), the disabled ones beside them.</summary>
public sealed class PasskeyImpactCount
{
    /// <param name="others">Users without a row; null where nobody had to be looked at.</param>
    internal PasskeyImpactCount(PasskeyImpact impact, IReadOnlyCollection<PasskeyUserImpact> rows, int? others)
    {
        var enabled = rows.Where(r => r.Impact == impact && r.IsEnabled != false).ToList();
        Impact = impact;
        User = enabled.Count + others;
        Disabled = rows.Count(r => r.Impact == impact && r.IsEnabled == false);
        if (impact is PasskeyImpact.Unaffected) return;
        Administrator = enabled.Count(r => r.IsAdministrator == true);
        EmergencyAccount = enabled.Count(r => r.EmergencyAccount is EmergencyAccountKind.Named or EmergencyAccountKind.Presumed);
        Guest = enabled.Count(r => r.IsGuest == true);
    }

    public PasskeyImpact Impact { get; }

    /// <summary>Null of those who are <see cref="PasskeyImpact.Unaffected"/> where nobody had to be looked at, because the change takes nothing from anybody.</summary>
    public int? User { get; }

    /// <summary>How many of them are known to have a directory role; null of those who are <see cref="PasskeyImpact.Unaffected"/>, who are not looked at one by one.</summary>
    public int? Administrator { get; }

    /// <summary>Null as <see cref="Administrator"/>.</summary>
    public int? EmergencyAccount { get; }

    /// <summary>Null as <see cref="Administrator"/>.</summary>
    public int? Guest { get; }

    /// <summary>Disabled accounts, which are not among <see cref="User"/>.</summary>
    public int Disabled { get; }

    public override string ToString()
    {
        var among = string.Join(", ", new[] { Shown(Administrator, "administrator"), Shown(EmergencyAccount, "emergency account"), Shown(Guest, "guest") }.Where(t => t.Length > 0));
        return string.Format(CultureInfo.InvariantCulture, "{0,6} {1}{2}{3}", User is { } users ? users.ToString("N0", CultureInfo.InvariantCulture) : "all", Impact, among.Length > 0 ? $" ({among})" : "", Disabled > 0 ? $", besides {Disabled:N0} disabled" : "");
    }

    private static string Shown(int? count, string what) => count is null or 0 ? "" : string.Format(CultureInfo.InvariantCulture, "{0:N0} {1}{2}", count, what, count == 1 ? "" : "s");
}
