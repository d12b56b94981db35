using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>One thing that a passkey may be.</summary>
/// <param name="Type"><see cref="PasskeyTypes.None"/> for a type that this version does not know.</param>
internal readonly record struct PasskeyModel(PasskeyTypes Type, Guid AaGuid)
{
    /// <summary>An AAGUID that stands in no list.</summary>
    public static Guid Unlisted { get; } = new("ffffffff-ffff-4fff-bfff-ffffffffffff");
}

/// <summary>What is known of a passkey, or of several of which only so much is known, as far as a policy asks for it.</summary>
/// <param name="Type"><see cref="PasskeyTypes.None"/> where it is not known.</param>
/// <param name="AaGuid">Null where it is not known.</param>
internal sealed record PasskeyTraits(PasskeyTypes Type, Guid? AaGuid)
{
    /// <summary>Graph names a type that this version does not know: a new one, or another name for one that profiles have.</summary>
    public bool IsOfOtherType { get; init; }

    /// <summary>The AAGUIDs that it does not have, as they are known to be somebody else's; null where nothing is ruled out. Then it is no AAGUID of zeros either.</summary>
    public HashSet<Guid>? NotModels { get; init; }

    /// <summary>
    /// Everything that it may be. An AAGUID of a list that is not known is any of the list, or zeros, or none of it: whatever holds for all of
    /// these holds for the passkey.
    /// </summary>
    /// <param name="listed">The AAGUIDs that policies make a difference for.</param>
    /// <param name="hasOtherTypes">Whether policies name types that this version does not know: then what has no type may be of such a one.</param>
    public IEnumerable<PasskeyModel> Possibilities(IReadOnlyCollection<Guid> listed, bool hasOtherTypes)
    {
        PasskeyTypes[] types = Type is not PasskeyTypes.None ? [Type] : [PasskeyTypes.DeviceBound, PasskeyTypes.Synced, .. hasOtherTypes || IsOfOtherType ? [PasskeyTypes.None] : Array.Empty<PasskeyTypes>()];
        IEnumerable<Guid> aaGuids = AaGuid is { } known ? [known] : [.. listed.Where(a => NotModels?.Contains(a) != true), PasskeyModel.Unlisted, .. NotModels is null ? [Guid.Empty] : Array.Empty<Guid>()];
        return types.SelectMany(t => aaGuids.Select(a => new PasskeyModel(t, a))).Distinct();
    }
}
