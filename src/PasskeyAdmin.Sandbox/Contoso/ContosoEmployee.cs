using System;
using System.Collections.Generic;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>A person of the inventory with everything else that the directory knows.</summary>
/// <param name="Index">The place among the people, from 0; the device of the same row of the inventory is theirs.</param>
internal sealed record ContosoEmployee(int Index, ContosoPerson Person)
{
    public required string Department { get; init; }

    public required string JobTitle { get; init; }

    public required ContosoCountry Country { get; init; }

    public required DateTime Hired { get; init; }

    public bool IsEnabled { get; init; } = true;

    /// <summary>Whether Conditional Access wants a phishing-resistant sign-in because of a directory role.</summary>
    public bool IsAdministrator { get; init; }

    public ContosoKit Kit { get; init; }

    public IReadOnlyList<ContosoMethod> Methods { get; init; } = [];

    /// <summary><c>multiFactor</c>, <c>singleFactor</c> or null: certificates are no methods in Graph.</summary>
    public string? Certificate { get; init; }

    /// <summary>The part of the name before the @.</summary>
    public string Alias => Person.UserPrincipalName.Split('@')[0];

    public bool IsInPilot => Kit is ContosoKit.PilotSynced or ContosoKit.PilotSyncedAndLocal or ContosoKit.PilotSyncedAndKey or ContosoKit.PilotWithoutSynced;
}
