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
    /// <summary>A longer text is no name: nobody's columns are called so, and names are remembered.</summary>
    public const int LongestName = 255;

    /// <summary>Spelt as exports and Graph spell them; what differs only in case and punctuation is one name.</summary>
    private static readonly (InventoryField Field, InventoryFormat Format, string Names)[] Synonyms =
    [
        (InventoryField.DeviceName, InventoryFormat.Intune, "Device name|DeviceName"),
        (InventoryField.DeviceName, InventoryFormat.Entra, "displayName"),
        (InventoryField.DeviceName, InventoryFormat.Jamf, "Computer Name|Display Name|DeviceName"),
        (InventoryField.DeviceName, InventoryFormat.Generic, "Device name|DeviceName|displayName|Display Name|Computer Name|Name|Hostname"),
        (InventoryField.DeviceId, InventoryFormat.Intune, "Device ID|DeviceId|id"),
        (InventoryField.DeviceId, InventoryFormat.Entra, "deviceId|objectId|id"),
        (InventoryField.DeviceId, InventoryFormat.Jamf, "JSS Computer ID|Jamf Computer ID|JSS Mobile Device ID|UDID|Serial Number"),
        (InventoryField.DeviceId, InventoryFormat.Generic,
            "Device ID|DeviceId|objectId|id|JSS Computer ID|Jamf Computer ID|JSS Mobile Device ID|UDID|Serial Number"),
        (InventoryField.UserPrincipalName, InventoryFormat.Intune, "Primary user UPN|userPrincipalName|UPN|Primary user email address|emailAddress|UserEmail"),
        (InventoryField.UserPrincipalName, InventoryFormat.Entra, "userPrincipalName|userNames|registeredOwners"),
        (InventoryField.UserPrincipalName, InventoryFormat.Jamf, "userPrincipalName|Email Address|Username"),
        (InventoryField.UserPrincipalName, InventoryFormat.Generic,
            "Primary user UPN|userPrincipalName|UPN|userNames|registeredOwners|Email Address|emailAddress|Primary user email address|UserEmail|Username"),
        (InventoryField.OperatingSystem, InventoryFormat.Intune, "OS|operatingSystem"),
        (InventoryField.OperatingSystem, InventoryFormat.Entra, "operatingSystem|deviceOSType"),
        (InventoryField.OperatingSystem, InventoryFormat.Jamf, "Operating System|operatingSystem|OS|Platform"),
        (InventoryField.OperatingSystem, InventoryFormat.Generic, "OS|operatingSystem|Operating System|deviceOSType|Platform"),
        (InventoryField.OSVersion, InventoryFormat.Intune, "OS version|OSVersion"),
        (InventoryField.OSVersion, InventoryFormat.Entra, "operatingSystemVersion|deviceOSVersion"),
        (InventoryField.OSVersion, InventoryFormat.Jamf, "Operating System Version|OS Version|OSVersion"),
        (InventoryField.OSVersion, InventoryFormat.Generic, "OS version|OSVersion|operatingSystemVersion|Operating System Version|deviceOSVersion"),
        (InventoryField.Edition, InventoryFormat.Intune, "SkuFamily|OSDescription"),
        (InventoryField.Edition, InventoryFormat.Generic, "SkuFamily|OSEdition|Edition|Caption|OSDescription"),
        (InventoryField.Manufacturer, InventoryFormat.Intune, "Manufacturer"),
        (InventoryField.Manufacturer, InventoryFormat.Entra, "manufacturer"),
        (InventoryField.Manufacturer, InventoryFormat.Jamf, "Manufacturer|Make|Vendor"),
        (InventoryField.Manufacturer, InventoryFormat.Generic, "Manufacturer|Make|Vendor"),
        (InventoryField.Model, InventoryFormat.Intune, "Model|ProductName"),
        (InventoryField.Model, InventoryFormat.Entra, "model"),
        (InventoryField.Model, InventoryFormat.Jamf, "Model|Model Identifier"),
        (InventoryField.Model, InventoryFormat.Generic, "Model|Model Identifier|ModelIdentifier|ProductName"),
        (InventoryField.JoinType, InventoryFormat.Intune, "JoinType"),
        (InventoryField.JoinType, InventoryFormat.Entra, "joinType (trustType)|trustType|deviceTrustType|joinType"),
        (InventoryField.JoinType, InventoryFormat.Generic, "JoinType|joinType (trustType)|deviceTrustType|trustType"),
        (InventoryField.Ownership, InventoryFormat.Intune, "Ownership|OwnerType|managedDeviceOwnerType"),
        (InventoryField.Ownership, InventoryFormat.Entra, "deviceOwnership"),
        (InventoryField.Ownership, InventoryFormat.Jamf, "Device Ownership Type|Ownership"),
        (InventoryField.Ownership, InventoryFormat.Generic, "Ownership|OwnerType|managedDeviceOwnerType|deviceOwnership|Device Ownership Type"),
        (InventoryField.LastSeen, InventoryFormat.Intune, "Last check-in|LastContact|lastSyncDateTime"),
        (InventoryField.LastSeen, InventoryFormat.Entra, "approximateLastSignInDateTime|approximateLastLogonTimeStamp"),
        (InventoryField.LastSeen, InventoryFormat.Jamf, "Last Inventory Update|Last Check-in"),
        (InventoryField.LastSeen, InventoryFormat.Generic,
            "Last check-in|LastContact|lastSyncDateTime|approximateLastSignInDateTime|approximateLastLogonTimeStamp|Last Inventory Update|LastSeen"),
    ];

    private readonly IReadOnlyCollection<InventoryField>? _fields;
    private readonly Dictionary<string, FieldMeaning> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FieldMeaning?> _seen = new(StringComparer.Ordinal);

    /// <param name="format">Which synonyms count; <c>Auto</c> means all.</param>
    /// <param name="columnMap">Field → column, before all synonyms; null where there is none.</param>
    /// <param name="fields">The fields that are needed beside those that decide a verdict; null for all.</param>
    public FieldNames(InventoryFormat format, IReadOnlyDictionary<InventoryField, string>? columnMap = null, IReadOnlyCollection<InventoryField>? fields = null)
    {
        Format = format;
        _fields = fields;
        ColumnMap = columnMap;
        var wanted = format is InventoryFormat.Auto ? InventoryFormat.Generic : format;
        if (columnMap is not null)
            foreach (var mapped in columnMap) _byName[Normalise(mapped.Value)] = new FieldMeaning(mapped.Key, -1);
        foreach (var (field, belongsTo, names) in Synonyms)
            if (belongsTo == wanted && columnMap?.ContainsKey(field) != true) AddSynonyms(field, names.Split('|'));
    }

    /// <summary>Whether a name makes an object a device: an operating system or its version.</summary>
    public bool IsTelling(string name) => Find(name) is { } meaning && Tells(meaning.Field);

    /// <summary>Whether all fields are needed, as for devices that somebody gets to see.</summary>
    public bool WantsAll => _fields is null;

    /// <summary>Whether the text of a field is needed.</summary>
    public bool IsNeeded(InventoryField field) => _fields is null || Decides(field) || _fields.Contains(field);

    /// <summary>Whether a field makes a row a device: the operating system or its version.</summary>
    public static bool Tells(InventoryField field) => field is InventoryField.OperatingSystem or InventoryField.OSVersion;

    /// <summary>Whether a field has a say in the verdict.</summary>
    public static bool Decides(InventoryField field) =>
        field is InventoryField.OperatingSystem or InventoryField.OSVersion or InventoryField.Edition or InventoryField.Manufacturer or InventoryField.Model;

    public InventoryFormat Format { get; }

    public IReadOnlyDictionary<InventoryField, string>? ColumnMap { get; }

    /// <summary>What a column or property means; null where it means no field.</summary>
    public FieldMeaning? Find(string name)
    {
        if (name.Length > LongestName) return null;
        if (_seen.TryGetValue(name, out var known)) return known;
        var found = _byName.TryGetValue(Normalise(name), out var meaning) ? meaning : null;
        // Names come from files: a hostile JSON could bring a new one in every row.
        if (_seen.Count < 1024) _seen.Add(name, found);
        return found;
    }

    /// <summary>As <see cref="Find"/>, without remembering anything: for other threads, and for what is most likely no name.</summary>
    public InventoryField? Lookup(string text) => text.Length is > 0 and < 64 && _byName.TryGetValue(Normalise(text), out var meaning) ? meaning.Field : null;

    /// <summary>The columns of each field, the best name first; none where no column is known to mean it.</summary>
    public int[][] Resolve(IReadOnlyList<string> columns)
    {
        FieldMeaning?[] meanings = [.. columns.Select(Find)];
        return Array.ConvertAll((InventoryField[])Enum.GetValues(typeof(InventoryField)), field =>
            Enumerable.Range(0, meanings.Length).Where(column => meanings[column]?.Field == field).OrderBy(column => meanings[column]!.Rank).ToArray());
    }

    private void AddSynonyms(InventoryField field, string[] names)
    {
        for (var rank = 0; rank < names.Length; rank++)
        {
            var name = Normalise(names[rank]);
            if (!_byName.ContainsKey(name)) _byName.Add(name, new FieldMeaning(field, rank));
        }
    }

    /// <summary>The error for a file whose columns say nothing about operating systems, or lack a mapped one.</summary>
    public PasskeyAdminException Unrecognised(string fileName, IReadOnlyList<string> columns, string? missingColumn = null)
    {
        var found = columns.Count == 0 ? "none" : string.Join(", ", columns.Take(60).Select(c => DisplayText.Excerpt(c, 80)));
        var needed = missingColumn is null
            ? "an operating system (such as 'OS' or 'operatingSystem') or its version (such as 'OS version' or 'operatingSystemVersion')"
            : $"the column '{DisplayText.Neutralise(missingColumn)}' that -ColumnMap names";
        var format = Format is InventoryFormat.Auto or InventoryFormat.Generic ? "" : $" for format {Format}";
        return new PasskeyAdminException(ErrorKind.InvalidData, "InventoryColumnsUnrecognised",
            $"{fileName}: no usable columns{format}. Needed: {needed}. Found: {found}. Name the columns with -ColumnMap @{{ OperatingSystem = '…'; OSVersion = '…' }}.")
        {
            RecommendedAction = "Get-Help about_PasskeyAdmin lists the names that are known and the keys of -ColumnMap.",
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
