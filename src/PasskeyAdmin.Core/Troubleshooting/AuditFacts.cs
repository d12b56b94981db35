using System;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>What events are judged by and named with.</summary>
internal sealed record AuditFacts(ProviderCatalog Catalog)
{
    /// <summary>The present policy; null where it could not be read.</summary>
    public PasskeyPolicy? Policy { get; init; }

    /// <summary>Makes a policy of JSON, with the names that are known; null where no policy could be read. It asks for nothing.</summary>
    public Func<JObject, PasskeyPolicy>? Understand { get; init; }

    /// <summary>Where people were; null where the sign-in log was not read.</summary>
    public UserPlaces? Places { get; init; }

    /// <summary>Why it could not be read; null where it was, and where it was not asked for.</summary>
    public string? PlacesFault { get; init; }

    public const string PlacesNotAsked = "the sign-in log was not read";

    /// <summary>Whom it is about; null for everybody.</summary>
    public DirectoryUser? Only { get; init; }

    public string? TenantId { get; init; }
}
