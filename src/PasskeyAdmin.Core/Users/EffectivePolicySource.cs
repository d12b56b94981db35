using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;

namespace PasskeyAdmin.Users;

/// <summary>A model that a question is about.</summary>
/// <param name="Type">What it is taken to be; null for what the catalogue says, none where that is not known.</param>
internal sealed record AskedModel(PasskeyAuthenticator Model, PasskeyTypes? Type);

/// <summary>Works out what a policy lets one user do, with the groups by which it does.</summary>
/// <param name="warn">Told what could not be read.</param>
internal sealed class EffectivePolicySource(GraphClient client, PasskeyPolicy policy, Action<string> warn)
{
    private static readonly PasskeyTypes[] Types = [PasskeyTypes.DeviceBound, PasskeyTypes.Synced];

    private readonly PasskeyUseText _text = new(new PolicyEvaluator(policy));
    private KnownUser? _last;

    /// <param name="asked">The models that the question is about; null for passkey types.</param>
    /// <param name="type">Where no model is asked about, the passkey types that the question is about; none for all.</param>
    /// <exception cref="PasskeyAdminException"><c>UserNotFound</c>, and what <see cref="GraphClient"/> throws.</exception>
    public PasskeyEffectivePolicy Read(string idOrName, IReadOnlyList<AskedModel>? asked, PasskeyTypes type, CancellationToken token)
    {
        // Passkeys on a pipeline come user by user.
        var known = _last?.Asked == idOrName ? _last : Find(idOrName, token);
        var (user, membership, paths) = (known.User, known.Membership, known.Paths);
        _last = paths is null ? null : known;
        var targets = policy.Target.Select(t => (Target: t, Means: PolicyClauses.Means(t.Kind, t.Status, t.Id, membership))).Where(t => t.Means != false)
            .Select(t => new PasskeyUserTarget(t.Target.Id, t.Target.DisplayName, PasskeyAnswers.Of(t.Means), WaysTo(t.Target.Id, t.Target.Kind, paths), t.Target.ProfileName)).ToList();
        var exclusions = policy.Exclusion.Select(e => (Exclusion: e, Means: PolicyClauses.Means(e.Kind, e.Status, e.Id, membership))).Where(e => e.Means != false)
            .Select(e => new PasskeyUserTarget(e.Exclusion.Id, e.Exclusion.DisplayName, PasskeyAnswers.Of(e.Means), WaysTo(e.Exclusion.Id, e.Exclusion.Kind, paths), [])).ToList();
        var allowances = asked is null
            ? Types.Where(t => type is PasskeyTypes.None || type.HasFlag(t)).Select(t => OfType(t, membership, user))
            : asked.SelectMany(a => TypesOf(a).Select(t => OfModel(a.Model, NameOf(a.Model, asked), t, membership, user)));
        var profiles = ReachedProfiles(membership).ToList();
        return new PasskeyEffectivePolicy(user, policy, new UserReach(PasskeyAnswers.Of(PolicyClauses.IsExcluded(policy, membership)), exclusions, targets, [.. policy.Profile.Where(profiles.Contains)]), allowances);
    }

    private KnownUser Find(string idOrName, CancellationToken token)
    {
        var source = new DirectoryUserSource(client);
        var user = source.Find(idOrName, token);
        var needsGroups = policy.Target.Select(t => t.Kind).Concat(policy.Exclusion.Select(e => e.Kind)).Any(k => k is not TargetKind.AllUsers);
        var groups = needsGroups ? Try($"The groups of {DisplayText.Neutralise(user.Shown)}", () => source.GroupsOf(user.Id, isTransitive: true, token)) : [];
        return new KnownUser(idOrName, user, DirectoryUserSource.MembershipOf(user.Id, groups), groups is null ? null : PathsOf(source, user, groups, token));
    }

    /// <summary>Which of the ways there are, where the user is in a group of the policy through others.</summary>
    private GroupPaths PathsOf(DirectoryUserSource source, DirectoryUser user, IReadOnlyList<DirectoryGroup> groups, CancellationToken token)
    {
        var isReached = policy.Target.Select(t => t.Id).Concat(policy.Exclusion.Select(e => e.Id)).Any(id => groups.Any(g => g.Id.Equals(id, StringComparison.OrdinalIgnoreCase)));
        if (!isReached) return new GroupPaths([], [], _ => []);
        if (groups.Count == 1) return new GroupPaths([groups[0].Id], groups, _ => []);
        var name = DisplayText.Neutralise(user.Shown);
        // Without them no way can be told from another; that the user is in the group is certain all the same.
        if (Try($"The groups that {name} is a direct member of", () => source.GroupsOf(user.Id, isTransitive: false, token)) is not { } direct) return new GroupPaths([], [], _ => []);
        var inside = Try($"Which groups of {name} are in which", () => source.GroupsAround([.. groups.Select(g => g.Id)], token));
        return new GroupPaths(direct.Select(g => g.Id), groups, id => inside is null ? [] : [.. inside[id]]);
    }

    private static IReadOnlyList<string> WaysTo(string id, TargetKind kind, GroupPaths? paths) => kind is TargetKind.AllUsers || paths is null ? [] : paths.To(id);

    /// <summary>Where the type is not known, the policy may decide either way: an answer for each type.</summary>
    private static IEnumerable<PasskeyTypes> TypesOf(AskedModel asked)
    {
        var possible = asked.Type ?? asked.Model.PasskeyType;
        return possible is PasskeyTypes.None ? Types : Types.Where(t => possible.HasFlag(t));
    }

    /// <summary>The AAGUID stands behind a name that does not tell which one it is.</summary>
    private static string NameOf(PasskeyAuthenticator model, IReadOnlyList<AskedModel> asked) =>
        model.TypeBasis is PasskeyTypeBasis.Unknown || asked.Count(a => a.Model.Name == model.Name) > 1 ? $"{model.Name} ({model.AaGuid})" : model.Name;

    private PasskeyAllowance OfModel(PasskeyAuthenticator model, string name, PasskeyTypes type, Membership user, DirectoryUser who)
    {
        var traits = new PasskeyTraits(type, model.AaGuid);
        return new PasskeyAllowance(type, name, ForGuest(_text.Registration(user, traits, type is PasskeyTypes.Synced ? false : null), who), _text.SignIn(user, traits)) { AaGuid = model.AaGuid };
    }

    /// <summary>What holds for a type: allowed where some passkey of the type is.</summary>
    private PasskeyAllowance OfType(PasskeyTypes type, Membership user, DirectoryUser who)
    {
        var models = _text.Evaluator.PossibilitiesOf(new PasskeyTraits(type, null)).Where(m => m.AaGuid != Guid.Empty).Select(m => new PasskeyTraits(type, m.AaGuid)).ToList();
        var profiles = ReachedProfiles(user).Where(p => PolicyClauses.TypePasses(p, type) != false).ToList();
        var signIn = Any(models.Select(m => _text.SignIn(user, m)).ToList(), profiles);
        var plain = Any(models.Select(m => _text.Registration(user, m, false)).ToList(), profiles);
        var attested = type is PasskeyTypes.Synced ? plain : Any(models.Select(m => _text.Registration(user, m, true)).ToList(), profiles);
        var registration = plain.Answer != PasskeyAnswer.Yes && attested.Answer is PasskeyAnswer.Yes ? attested with { Reason = $"{attested.Reason.TrimEnd('.')}, with attestation." } : plain;
        return new PasskeyAllowance(type, signIn.Answer is PasskeyAnswer.Yes ? ProvidersOf(profiles) : null, ForGuest(registration, who), signIn);
    }

    /// <summary>Yes where any is; then through which profiles.</summary>
    private static PasskeyUse Any(List<PasskeyUse> uses, IReadOnlyList<PasskeyProfile> profiles)
    {
        var allowed = uses.FindAll(u => u.Answer is PasskeyAnswer.Yes);
        if (allowed.Count == 0) return uses.Find(u => u.Answer is PasskeyAnswer.Unknown) ?? uses.Find(u => u.Profiles.Count == 0) ?? uses[0];
        var through = profiles.Where(p => allowed.Exists(u => u.Profiles.Contains(p))).ToList();
        return new PasskeyUse(PasskeyAnswer.Yes, through, through.Count > 0 ? $"{NameLists.And(through.Select(p => p.Name))} {(through.Count == 1 ? "allows" : "allow")} it." : allowed[0].Reason);
    }

    private static string ProvidersOf(IReadOnlyList<PasskeyProfile> profiles) =>
        profiles.Any(p => p.Restriction is KeyRestrictionKind.None) ? "any provider" : string.Join("; ", profiles.Select(p => p.Allows).Distinct());

    private IEnumerable<PasskeyProfile> ReachedProfiles(Membership user) =>
        policy.Target.Where(t => PolicyClauses.Means(t.Kind, t.Status, t.Id, user) == true).SelectMany(_text.Evaluator.ProfilesOf).OfType<PasskeyProfile>().Distinct();

    /// <summary>Guests cannot register passkeys in the tenant that they visit; Microsoft plans to change that by the end of 2026 (reference/adoption-and-troubleshooting.md, MC1459133).</summary>
    private static PasskeyUse ForGuest(PasskeyUse use, DirectoryUser user) => user.IsGuest == true && use.Answer is PasskeyAnswer.Yes
        ? new PasskeyUse(PasskeyAnswer.Unknown, use.Profiles, "The user is a guest: guests could not register passkeys here, and Microsoft plans to change that by the end of 2026.")
        : use;

    private T? Try<T>(string what, Func<T> read) where T : class
    {
        try
        {
            return read();
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            warn($"{what} could not be read: {e.Message}");
            return null;
        }
    }

    /// <param name="Paths">Null where the groups could not be read.</param>
    private sealed record KnownUser(string Asked, DirectoryUser User, Membership Membership, GroupPaths? Paths);
}
