using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace PasskeyAdmin.Devices;

/// <summary>
/// Which column or property means which field (reference/graph-devices.md §5): case and punctuation do not count, earlier synonyms win. Shared by
/// files and pipeline objects, so that a row means the same whichever way it comes.
/// </summary>
internal sealed class FieldNames
{
    private static readonly (InventoryField Field, InventoryFormat Format, string Names)[] Synonyms =
    [
        (InventoryField.DeviceName, InventoryFormat.Intune, "DeviceName"),
        (InventoryField.DeviceName, InventoryFormat.Entra, "DisplayName"),
        (InventoryField.DeviceName, InventoryFormat.Jamf, "ComputerName DisplayName DeviceName"),
        (InventoryField.DeviceName, InventoryFormat.Generic, "DeviceName DisplayName ComputerName Name Hostname"),
        (InventoryField.DeviceId, InventoryFormat.Intune, "DeviceId Id"),
        (InventoryField.DeviceId, InventoryFormat.Entra, "DeviceId ObjectId Id"),
        (InventoryField.DeviceId, InventoryFormat.Jamf, "JSSComputerId JamfComputerId JSSMobileDeviceId UDID SerialNumber"),
        (InventoryField.DeviceId, InventoryFormat.Generic, "DeviceId ObjectId Id JSSComputerId JamfComputerId JSSMobileDeviceId UDID SerialNumber"),
        (InventoryField.UserPrincipalName, InventoryFormat.Intune, "PrimaryUserUPN UserPrincipalName UPN PrimaryUserEmailAddress EmailAddress UserEmail"),
        (InventoryField.UserPrincipalName, InventoryFormat.Entra, "UserPrincipalName UserNames RegisteredOwners"),
        (InventoryField.UserPrincipalName, InventoryFormat.Jamf, "UserPrincipalName EmailAddress Username"),
        (InventoryField.UserPrincipalName, InventoryFormat.Generic,
            "PrimaryUserUPN UserPrincipalName UPN UserNames RegisteredOwners EmailAddress PrimaryUserEmailAddress UserEmail Username"),
        (InventoryField.OperatingSystem, InventoryFormat.Intune, "OS OperatingSystem OSDescription"),
        (InventoryField.OperatingSystem, InventoryFormat.Entra, "OperatingSystem DeviceOSType"),
        (InventoryField.OperatingSystem, InventoryFormat.Jamf, "OperatingSystem OS Platform"),
        (InventoryField.OperatingSystem, InventoryFormat.Generic, "OS OperatingSystem DeviceOSType Platform OSDescription"),
        (InventoryField.OSVersion, InventoryFormat.Intune, "OSVersion"),
        (InventoryField.OSVersion, InventoryFormat.Entra, "OperatingSystemVersion DeviceOSVersion"),
        (InventoryField.OSVersion, InventoryFormat.Jamf, "OperatingSystemVersion OSVersion"),
        (InventoryField.OSVersion, InventoryFormat.Generic, "OSVersion OperatingSystemVersion DeviceOSVersion"),
        (InventoryField.Edition, InventoryFormat.Intune, "SkuFamily"),
        (InventoryField.Edition, InventoryFormat.Generic, "SkuFamily OSEdition Edition Caption"),
        (InventoryField.Manufacturer, InventoryFormat.Intune, "Manufacturer"),
        (InventoryField.Manufacturer, InventoryFormat.Entra, "Manufacturer"),
        (InventoryField.Manufacturer, InventoryFormat.Jamf, "Manufacturer Make Vendor"),
        (InventoryField.Manufacturer, InventoryFormat.Generic, "Manufacturer Make Vendor"),
        (InventoryField.Model, InventoryFormat.Intune, "Model ProductName"),
        (InventoryField.Model, InventoryFormat.Entra, "Model"),
        (InventoryField.Model, InventoryFormat.Jamf, "Model ModelIdentifier"),
        (InventoryField.Model, InventoryFormat.Generic, "Model ModelIdentifier ProductName"),
        (InventoryField.JoinType, InventoryFormat.Intune, "JoinType"),
        (InventoryField.JoinType, InventoryFormat.Entra, "JoinTypeTrustType TrustType DeviceTrustType JoinType"),
        (InventoryField.JoinType, InventoryFormat.Generic, "JoinType JoinTypeTrustType DeviceTrustType TrustType"),
        (InventoryField.Ownership, InventoryFormat.Intune, "Ownership OwnerType ManagedDeviceOwnerType"),
        (InventoryField.Ownership, InventoryFormat.Entra, "DeviceOwnership"),
        (InventoryField.Ownership, InventoryFormat.Jamf, "DeviceOwnershipType Ownership"),
        (InventoryField.Ownership, InventoryFormat.Generic, "Ownership OwnerType ManagedDeviceOwnerType DeviceOwnership DeviceOwnershipType"),
        (InventoryField.LastSeen, InventoryFormat.Intune, "LastCheckIn LastContact LastSyncDateTime"),
        (InventoryField.LastSeen, InventoryFormat.Entra, "ApproximateLastSignInDateTime ApproximateLastLogonTimeStamp"),
        (InventoryField.LastSeen, InventoryFormat.Jamf, "LastInventoryUpdate LastCheckIn"),
        (InventoryField.LastSeen, InventoryFormat.Generic,
            "LastCheckIn LastContact LastSyncDateTime ApproximateLastSignInDateTime ApproximateLastLogonTimeStamp LastInventoryUpdate LastSeen"),
    ];

    private readonly Dictionary<string, (InventoryField Field, int Rank)> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (InventoryField Field, int Rank)?> _seen = new(StringComparer.Ordinal);

    /// <param name="format">Which synonyms count; <c>Auto</c> means all.</param>
    /// <param name="columnMap">Field → column, before all synonyms; null where there is none.</param>
    public FieldNames(InventoryFormat format, IReadOnlyDictionary<InventoryField, string>? columnMap = null)
    {
        Format = format;
        ColumnMap = columnMap;
        var wanted = format is InventoryFormat.Auto ? InventoryFormat.Generic : format;
        foreach (var (field, ownFormat, names) in Synonyms)
            if (ownFormat == wanted && columnMap?.ContainsKey(field) != true)
                foreach (var (name, rank) in names.Split(' ').Select((name, rank) => (name, rank)))
                    _byName[Normalise(name)] = (field, rank);
        foreach (var mapped in columnMap ?? new Dictionary<InventoryField, string>())
            _byName[Normalise(mapped.Value)] = (mapped.Key, -1);
    }

    public InventoryFormat Format { get; }

    public IReadOnlyDictionary<InventoryField, string>? ColumnMap { get; }

    /// <summary>The field that a column or property means, and how good a name it is for it (lower is better); null where it means none.</summary>
    public (InventoryField Field, int Rank)? Find(string name)
    {
        if (_seen.TryGetValue(name, out var known)) return known;
        (InventoryField, int)? found = _byName.TryGetValue(Normalise(name), out var entry) ? entry : null;
        // Names come from files: a hostile JSON could bring a new one in every row.
        if (_seen.Count < 1024) _seen.Add(name, found);
        return found;
    }

    /// <summary>The columns of each field, the best name first; none where no column is known to mean it.</summary>
    public int[][] Resolve(IReadOnlyList<string> columns)
    {
        var found = columns.Select((name, index) => (Match: Find(name), index)).Where(c => c.Match is not null).ToLookup(c => c.Match!.Value.Field);
        return [.. Enum.GetValues(typeof(InventoryField)).Cast<InventoryField>().Select(field => found[field].OrderBy(c => c.Match!.Value.Rank).Select(c => c.index).ToArray())];
    }

    /// <summary>The error for a file whose columns say nothing about operating systems, or lack a mapped one.</summary>
    public PasskeyAdminException Unrecognised(string fileName, IReadOnlyList<string> columns, string? missingColumn = null)
    {
        var found = columns.Count == 0 ? "none" : string.Join(", ", columns.Take(60).Select(DisplayText.Neutralise));
        var needed = missingColumn is null
            ? "an operating system (such as 'OS' or 'operatingSystem') or its version (such as 'OS version' or 'operatingSystemVersion')"
            : $"the column '{DisplayText.Neutralise(missingColumn)}' that -ColumnMap names";
        var format = Format is InventoryFormat.Auto or InventoryFormat.Generic ? "" : $" for format {Format}";
        return new PasskeyAdminException(ErrorKind.InvalidData, "InventoryColumnsUnrecognised",
            $"{fileName}: no usable columns{format}. Needed: {needed}. Found: {found}. Name the columns with -ColumnMap @{{ OperatingSystem = '…'; OSVersion = '…' }}.")
        {
            RecommendedAction = "Import-PasskeyDeviceInventory -Path <file> -ColumnMap @{ DeviceName = '…'; OperatingSystem = '…'; OSVersion = '…'; Manufacturer = '…' }",
        };
    }

    /// <summary>Lower-case letters and digits only.</summary>
    internal static string Normalise(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var c in name)
            if (char.IsLetterOrDigit(c)) plain.Append(char.ToLowerInvariant(c));
        return plain.ToString();
    }
}
