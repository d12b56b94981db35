using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Prerequisites;

/// <summary>SMS and voice calls: the methods that Microsoft takes away (reference/graph-passkey-policy.md §9).</summary>
internal sealed class PhoneMethods
{
    private const string Migrated = "migrationComplete";

    /// <param name="sms">Null where Graph gave none.</param>
    /// <param name="voice">Null where Graph gave none.</param>
    /// <param name="migrationState">How far the settings of the old multifactor portal have come into this policy.</param>
    public PhoneMethods(MethodConfiguration? sms, MethodConfiguration? voice, string? migrationState)
    {
        (string Name, MethodConfiguration? Method)[] methods = [("SMS", sms), ("voice", voice)];
        var used = methods.Where(m => m.Method?.IsUsed == true).ToList();
        var isOpen = methods.Any(m => m.Method?.IsUsed is null);
        if (used.Count > 0)
        {
            IsUsed = true;
            ReachesAllUsers = used.Any(m => m.Method!.ReachesAllUsers);
            Evidence = string.Join(", ", used.Select(m => $"{m.Name} is on for {Shown(m.Method!.Targets!)}")) + ".";
        }
        else if (isOpen)
        {
            Evidence = "Microsoft Graph does not say whether SMS and voice are on, and for whom.";
        }
        else if (migrationState != Migrated)
        {
            // Those settings are in no API: whether they let SMS in cannot be read.
            HasOldSettings = true;
            Evidence = $"SMS and voice are off here, but the old multifactor settings still count ({(migrationState is null ? "migration state not known" : DisplayText.Excerpt(migrationState, 50))}), and Microsoft Graph does not show them.";
        }
        else
        {
            IsUsed = false;
            Evidence = "SMS and voice are off.";
        }
    }

    /// <summary>Null where that is not known.</summary>
    public bool? IsUsed { get; }

    public bool ReachesAllUsers { get; }

    /// <summary>Whether settings from before this policy could still switch them on.</summary>
    public bool HasOldSettings { get; }

    /// <summary>What was seen, as a sentence.</summary>
    public string Evidence { get; }

    private static string Shown(IReadOnlyList<string> targets)
    {
        const int Most = 3;
        return string.Join(", ", targets.Take(Most)) + (targets.Count > Most ? $" and {targets.Count - Most} more" : "");
    }
}
