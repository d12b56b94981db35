using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Sandbox.Contoso;
using PasskeyAdmin.Sandbox.Graph;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Sandbox.Synthetic;

/// <summary>Who has how many passkeys and which, in one number a user: the registrations of somebody stand one behind the other.</summary>
internal sealed class SyntheticPasskeys
{
    /// <summary>Kinds of passkeys with their shares (reference/aaguids.md §1 to §3).</summary>
    private static readonly (int Share, string AaGuid, string Model, bool IsSynced)[] Kinds =
    [
        (24, "fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "iCloud Keychain", true), (16, "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4", "Google Password Manager", true), (6, "bada5566-a7aa-401f-bd96-45619a55120d", "1Password", true),
        (4, "d548826e-79b4-db40-a3d8-11116f7e8349", "Bitwarden", true), (16, "90a3ccdf-635c-4729-a248-9b709135078f", "Microsoft Authenticator", false), (16, "de1e552d-db1d-4423-a619-566b625cdc84", "Microsoft Authenticator", false),
        (8, "08987058-cadc-4b81-b6e1-30de50dcbe96", "Windows Hello", false), (6, "2fc0579f-8113-47ea-b116-bb5a8db9202a", "YubiKey 5 Series with NFC", false), (4, "ee882879-721c-4913-9775-3dfcce97072a", "YubiKey 5 Series", false),
    ];

    private readonly int[] _first;

    /// <param name="users">How many there are; each registration falls to any of them, so that some have none and some have several.</param>
    public SyntheticPasskeys(int users, int registrations, uint seed)
    {
        var dice = new Dice(seed);
        _first = new int[users + 1];
        for (var i = 0; i < registrations; i++) _first[dice.Next(users) + 1]++;
        for (var i = 0; i < users; i++) _first[i + 1] += _first[i];
    }

    public IReadOnlyList<JObject> Of(int user, DateTimeOffset before) => [.. Enumerable.Range(_first[user], _first[user + 1] - _first[user]).Select(n => Passkey(n, before))];

    private static JObject Passkey(int number, DateTimeOffset before)
    {
        var kind = KindOf(number);
        var created = before.AddDays(-(number % 400)).AddSeconds(-(number % 86_399));
        return new JObject
        {
            ["@odata.type"] = MethodKind.Fido2,
            ["id"] = SyntheticIds.Credential(number),
            ["displayName"] = kind.Model,
            ["createdDateTime"] = GraphTime.Text(created),
            ["lastUsedDateTime"] = number % 5 == 0 ? null : GraphTime.Text(created > before.AddDays(-(number % 60)) ? created : before.AddDays(-(number % 60))),
            ["aaGuid"] = kind.AaGuid,
            ["model"] = kind.Model,
            ["attestationCertificates"] = new JArray(),
            ["attestationLevel"] = kind.IsSynced ? "notAttested" : "attested",
            ["passkeyType"] = kind.IsSynced ? "synced" : "deviceBound",
        };
    }

    private static (int Share, string AaGuid, string Model, bool IsSynced) KindOf(int number)
    {
        // Spread: neighbours are of different kinds.
        var at = (int)((uint)number * 2654435761u >> 7) % Kinds.Sum(k => k.Share);
        foreach (var kind in Kinds)
            if ((at -= kind.Share) < 0) return kind;
        return Kinds[0];
    }
}
