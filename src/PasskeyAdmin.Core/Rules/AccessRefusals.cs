using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>Whom a strength refuses of those of whom it is demanded.</summary>
internal sealed record AccessRefusals
{
    public AuthenticationStrength Strength { get; init; } = null!;

    /// <summary>The enabled users of whom it is certainly demanded, without guests.</summary>
    public int InScope { get; init; }

    /// <summary>Emergency accounts first, then administrators, then by name.</summary>
    public IReadOnlyList<PasskeyAccessRefusal> Refused { get; init; } = [];

    /// <summary>Those of whom it is not known whether it is demanded of them, or whether they can fulfil it; in the same order.</summary>
    public IReadOnlyList<PasskeyAccessRefusal> Unknown { get; init; } = [];

    /// <summary>Enabled guests of whom it is demanded, or may be. They bring methods of their own tenant, and are in neither list.</summary>
    public int Guests { get; init; }

    /// <summary>As of when it is known what is registered; later registrations are known from the audit log. Null where that is not known.</summary>
    public DateTimeOffset? DataAsOf { get; init; }

    /// <summary>What could not be read, in sentences.</summary>
    public IReadOnlyList<string> NotRead { get; init; } = [];

    /// <summary>Whether somebody may be refused who is in neither list.</summary>
    public bool MayMissPeople { get; init; }

    internal static IReadOnlyList<PasskeyAccessRefusal> Sorted(IEnumerable<PasskeyAccessRefusal> rows) =>
    [
        .. rows.OrderBy(r => r.EmergencyAccount is EmergencyAccountKind.Named or EmergencyAccountKind.Presumed ? 0 : r.IsAdministrator == true ? 1 : 2)
            .ThenBy(r => r.UserPrincipalName ?? r.UserId, StringComparer.OrdinalIgnoreCase),
    ];
}
