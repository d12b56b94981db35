using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>What of one type may be registered.</summary>
/// <param name="Only">The providers that alone are let in; null for all, or for all but <paramref name="AllBut"/>.</param>
/// <param name="AllBut">The providers that are kept out; null for none.</param>
internal sealed record PermittedType(PasskeyTypes Type, string? Only, string? AllBut)
{
    public bool IsListed => Only is not null || AllBut is not null;

    /// <summary>As <c>any provider</c>, with <c>of</c> before it.</summary>
    public string Providers => Only ?? (AllBut is null ? "any provider" : $"any provider but {AllBut}");
}

/// <summary>What a user may register, in words for the phone.</summary>
internal static class Permitted
{
    private const int MostNames = 6;

    /// <summary>The types that some profile lets in. What several profiles let in adds up.</summary>
    public static IReadOnlyList<PermittedType> ByType(UserCase user) => [.. new[] { PasskeyTypes.DeviceBound, PasskeyTypes.Synced }.Select(t => Of(user, t)).OfType<PermittedType>()];

    public static string Words(UserCase user)
    {
        var types = ByType(user);
        if (types.Count == 0 || (types.Count > 1 && types.All(t => !t.IsListed))) return "a passkey";
        return string.Join(", or ", types.Select(Words));
    }

    /// <summary>Whether a profile would let a model be registered by its type: a synced passkey cannot be attested, so that a profile that demands it lets none in.</summary>
    public static bool Lets(PasskeyProfile profile, PasskeyTypes type) =>
        !profile.IsShut && profile.PasskeyType.HasFlag(type) && !(type is PasskeyTypes.Synced && profile.Attestation is PasskeyAttestation.RegistrationOnly);

    private static string Words(PermittedType permitted) => permitted switch
    {
        { Type: PasskeyTypes.DeviceBound, IsListed: false } => "a passkey that is bound to a device (Microsoft Authenticator or a security key)",
        { Type: PasskeyTypes.DeviceBound } => $"a passkey that is bound to a device, of {permitted.Providers}",
        { IsListed: false } => "a synced passkey (such as Apple Passwords or Google Password Manager)",
        _ => $"a synced passkey of {permitted.Providers}",
    };

    /// <summary>Null where nothing of the type is let in.</summary>
    private static PermittedType? Of(UserCase user, PasskeyTypes type)
    {
        var profiles = user.Profiles.Where(p => Lets(p, type)).ToList();
        if (profiles.Count == 0) return null;
        if (profiles.Any(p => p.Restriction is not (KeyRestrictionKind.Allow or KeyRestrictionKind.Block))) return new PermittedType(type, null, null);
        List<Guid> allowed = [.. profiles.Where(p => p.Restriction is KeyRestrictionKind.Allow).SelectMany(p => p.AaGuid).Where(a => IsOf(user, a, type)).Distinct()];
        var blocking = profiles.Where(p => p.Restriction is KeyRestrictionKind.Block).ToList();
        if (blocking.Count == 0) return allowed.Count == 0 ? null : new PermittedType(type, Names(user, allowed), null);
        // Kept out is what every such profile blocks, and no other one allows.
        List<Guid> blocked = [.. blocking[0].AaGuid.Where(a => IsOf(user, a, type) && blocking.All(p => p.AaGuid.Contains(a)) && !allowed.Contains(a))];
        return new PermittedType(type, null, blocked.Count == 0 ? null : Names(user, blocked));
    }

    /// <summary>Of which the type is not known, it may be either.</summary>
    private static bool IsOf(UserCase user, Guid aaGuid, PasskeyTypes type) => ModelReach.TypeOf(user.Data.Catalog, aaGuid) is var known && (known is PasskeyTypes.None || known == type);

    private static string Names(UserCase user, IEnumerable<Guid> models) => NameLists.Or(models.Select(m => user.Data.Catalog.Find(m).Name).Distinct().Take(MostNames + 1).Select((n, i) => i < MostNames ? n : "another one that is listed"));
}
