using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Devices;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>What never changes while checks run.</summary>
/// <param name="Requirements">What devices need.</param>
internal sealed record CheckData(ProviderCatalog Catalog, BrowserSupport Browsers, RequirementMatrix Requirements);

/// <summary>A change of the policy that was found in the audit log or in the journal.</summary>
/// <param name="Words">What changed, safe to show.</param>
internal sealed record SeenPolicyChange(DateTimeOffset At, string? By, IReadOnlyList<string> Words, PasskeyPolicy Before, PasskeyPolicy After)
{
    /// <summary>The change in the journal; null where only the audit log has it.</summary>
    public string? ChangeId { get; init; }
}

/// <summary>Everything that was read about one user, and what could not be. Checks are pure functions of it.</summary>
internal sealed class UserCase
{
    /// <summary>Who began longer ago has begun anew.</summary>
    private static readonly TimeSpan RegistrationTime = TimeSpan.FromHours(1);

    private readonly Lazy<SignInStory> _story;
    private readonly Lazy<RegistrationStory> _registrations;
    private readonly Lazy<Membership> _membership;
    private readonly Lazy<IReadOnlyList<PasskeyProfile>> _profiles;
    private readonly Lazy<PolicyEvaluator> _evaluator;
    private readonly Lazy<PasskeyUseText> _text;
    private readonly Lazy<PassWay?> _passWay;

    public UserCase(DirectoryUser user, CheckData data)
    {
        (User, Data) = (user, data);
        _story = new(() => new SignInStory(SignIns.IsRead ? SignIns.Value : [], Symptom is PasskeySymptom.Auto ? Now : null));
        _registrations = new(() => new RegistrationStory(Audits.IsRead ? Audits.Value : []));
        _membership = new(() => DirectoryUserSource.MembershipOf(User.Id, Groups.IsRead ? Groups.Value : null));
        _profiles = new(() => Policy.IsRead ? ReachedBy(Policy.Value) : []);
        _evaluator = new(() => new PolicyEvaluator(Policy.Value));
        _text = new(() => new PasskeyUseText(_evaluator.Value));
        _passWay = new(() => Access.IsRead ? PassRoads.Of(Access.Value).WayOf(new PassTraveller(User.Id, User.IsGuest, IsIn, HasRole), Pass.IsRead ? Pass.Value.IsUsableOnce : null) : null);
    }

    public DirectoryUser User { get; }

    public CheckData Data { get; }

    public PasskeySymptom Symptom { get; init; }

    /// <summary>Null where none was given, and for one that is not in the table.</summary>
    public PasskeyErrorCode? Code { get; init; }

    /// <summary>Whether a code or message was given that is not in the table.</summary>
    public bool HasUnknownCode { get; init; }

    /// <summary>Null where none was named.</summary>
    public string? DeviceName { get; init; }

    public DateTimeOffset Now { get; init; }

    /// <summary>From when on the logs can tell anything: never before the time for which the tenant keeps them.</summary>
    public DateTimeOffset Since { get; init; }

    public string? TenantId { get; init; }

    /// <summary>Whether the cloud has no passkeys at all.</summary>
    public bool IsWithoutPasskeys { get; init; }

    public Reading<PasskeyPolicy> Policy { get; init; } = NotAsked<PasskeyPolicy>();

    public Reading<TemporaryAccessPassSettings> Pass { get; init; } = NotAsked<TemporaryAccessPassSettings>();

    public Reading<IReadOnlyList<DirectoryGroup>> Groups { get; init; } = NotAsked<IReadOnlyList<DirectoryGroup>>();

    /// <summary>Template ids of the directory roles that are active; direct or through a group.</summary>
    public Reading<IReadOnlyCollection<string>> Roles { get; init; } = NotAsked<IReadOnlyCollection<string>>();

    public Reading<UserAuthentication> Methods { get; init; } = NotAsked<UserAuthentication>();

    public Reading<IReadOnlyList<UserDevice>> Devices { get; init; } = NotAsked<IReadOnlyList<UserDevice>>();

    public Reading<IReadOnlyList<UserSignIn>> SignIns { get; init; } = NotAsked<IReadOnlyList<UserSignIn>>();

    /// <summary>What the registration report says of the user, up to 36 hours late: certificates show there alone.</summary>
    public Reading<ReportedUser> Report { get; init; } = NotAsked<ReportedUser>();

    /// <summary>The newest first.</summary>
    public Reading<IReadOnlyList<UserAudit>> Audits { get; init; } = NotAsked<IReadOnlyList<UserAudit>>();

    /// <summary>The newest first.</summary>
    public Reading<IReadOnlyList<SeenPolicyChange>> PolicyChanges { get; init; } = NotAsked<IReadOnlyList<SeenPolicyChange>>();

    public Reading<TenantAccess> Access { get; init; } = NotAsked<TenantAccess>();

    public IReadOnlyList<Gap> NotRead { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Empty where the sign-in log could not be read.</summary>
    public SignInStory Story => _story.Value;

    /// <summary>Empty where the audit log could not be read.</summary>
    public RegistrationStory Registrations => _registrations.Value;

    public PolicyEvaluator Evaluator => _evaluator.Value;

    public PasskeyUseText Text => _text.Value;

    public Membership Membership => _membership.Value;

    /// <summary>The profiles that reach the user for certain; empty where that is not known.</summary>
    public IReadOnlyList<PasskeyProfile> Profiles => _profiles.Value;

    /// <summary>Whether the policy lets the user have a Temporary Access Pass; null where that is not known.</summary>
    public bool? MayHavePass => Pass.IsRead ? new MethodOfUser(Pass.Value.Method, Membership).IsAllowed : null;

    /// <summary>
    /// Whether somebody with nothing but a Temporary Access Pass gets to a new passkey: the policy lets them have one, Conditional Access lets them through with it, and they may register there. Null where that
    /// is not known.
    /// </summary>
    public bool? PassLeadsBack => MayHavePass & PassWay?.IsOpen & (Policy.IsRead ? Policy.Value.SelfServiceRegistration & Evaluator.MayRegisterAny(Membership) : null);

    /// <summary>The way of somebody with a pass to the page of registration; null where Conditional Access could not be read.</summary>
    public PassWay? PassWay => _passWay.Value;

    /// <summary>The newest change of the policy of which something is true; null where there is none, and where changes are not known.</summary>
    public SeenPolicyChange? ChangeOf(Func<SeenPolicyChange, bool> isIt) => PolicyChanges.IsRead ? PolicyChanges.Value.FirstOrDefault(isIt) : null;

    public IReadOnlyList<RegisteredPasskey> Passkeys => Methods.IsRead ? Methods.Value.Passkeys : [];

    /// <summary>Whether a passkey works under the policy; null where that is not known.</summary>
    public bool? IsUsable(RegisteredPasskey passkey) => Policy.IsRead ? Evaluator.MaySignIn(Membership, passkey.Traits) : null;

    /// <summary>Whether any passkey works; null where that is not known.</summary>
    public bool? HasUsablePasskey
    {
        get
        {
            if (!Methods.IsRead) return null;
            bool? any = false;
            foreach (var passkey in Passkeys) any |= IsUsable(passkey);
            return any;
        }
    }

    /// <summary>Whether somebody is in a group; null where that is not known.</summary>
    public bool? IsIn(string groupId) => Membership.Covers(groupId);

    /// <summary>Whether the user has an active role, by its template id; null where that is not known.</summary>
    private bool? HasRole(string templateId) => Roles.IsRead ? Roles.Value.Contains(templateId) : null;

    /// <summary>Whether a Conditional Access policy is for the user; null where that is not known.</summary>
    public bool? IsFor(ConditionalAccessPolicy policy) => policy.Users.Cover(User.Id, User.IsGuest, IsIn, HasRole);

    /// <summary>Whether the user has something that works and that a strength takes; null where that is not known.</summary>
    public bool? Fulfils(AuthenticationStrength strength)
    {
        if (!Methods.IsRead) return null;
        bool? any = (strength.TakesWindowsHello && (Methods.Value.WindowsHello.Count > 0 || Methods.Value.HasPlatformCredential)) || (strength.TakesPass && Methods.Value.Pass is { IsUsable: true });
        foreach (var passkey in Passkeys) any |= strength.Takes(passkey.AaGuid) & IsUsable(passkey);
        // Certificates are in no list of methods (reference/graph-users-and-usage.md §2).
        if (strength.TakesCertificates) any |= HasCertificate;
        // Which combinations a second factor makes is not worked out here.
        if (any == false && !strength.IsPhishingResistant && Methods.Value.SecondFactors.Count > 0) any = null;
        return any;
    }

    /// <summary>Null where the registration report does not say.</summary>
    public bool? HasCertificate => !Report.IsRead || Report.Value.Methods is not { } reported ? null
        : reported.HasFlag(ReportedMethods.MultifactorCertificate) ? true : reported.HasFlag(ReportedMethods.Certificate) ? null : false;

    /// <summary>The device that the trouble is at: that which was named, that of the newest failure, or the only one. Null where none can be told.</summary>
    public UserDevice? DeviceInQuestion
    {
        get
        {
            if (!Devices.IsRead) return null;
            if (DeviceName is not null) return NamedDevices is [var named] ? named : null;
            if (Story.Open is [{ DeviceId: { Length: > 0 } id }, ..] && Devices.Value.FirstOrDefault(d => id.Equals(d.DeviceId, StringComparison.OrdinalIgnoreCase)) is { } failing) return failing;
            if (RegistrationSignIn?.DeviceId is { Length: > 0 } tried && Devices.Value.FirstOrDefault(d => tried.Equals(d.DeviceId, StringComparison.OrdinalIgnoreCase)) is { } registering) return registering;
            return Devices.Value.Count == 1 ? Devices.Value[0] : null;
        }
    }

    /// <summary>The devices that were named, by name or id; several of one name are several. Empty where none was named.</summary>
    public IReadOnlyList<UserDevice> NamedDevices => DeviceName is not { } name || !Devices.IsRead ? []
        : [.. Devices.Value.Where(d => new[] { d.Device.DeviceName, d.DeviceId, d.ObjectId }.Any(n => name.Equals(n, StringComparison.OrdinalIgnoreCase)))];

    /// <summary>The sign-in to the page of registration before a registration that came to nothing; null where the log has none.</summary>
    public UserSignIn? RegistrationSignIn => Registrations.Failures is [var failure, ..] ? Story.All.FirstOrDefault(s => s.ApplicationId == ConditionalAccessPolicy.SecurityInformation && s.At <= failure.At && s.At > failure.At - RegistrationTime) : null;

    /// <summary>Whether a passkey is for certain in a provider of <see cref="KnownProviders"/>.</summary>
    public bool IsOf(RegisteredPasskey passkey, string provider) => passkey.AaGuid is { } aaGuid && Data.Catalog.Find(aaGuid).Name == provider;

    /// <summary>Whether a passkey is for certain on a security key, and so bound to no computer or phone.</summary>
    public bool IsSecurityKey(RegisteredPasskey passkey) => passkey.AaGuid is { } aaGuid && Data.Catalog.Find(aaGuid).Requirement == KnownProviders.SecurityKeyRequirement;

    public string NameOf(RegisteredPasskey passkey)
    {
        var provider = passkey.AaGuid is { } aaGuid ? Data.Catalog.Find(aaGuid).Name : "Unknown provider";
        return $"{provider}{(passkey.Name is { } name ? $" '{DisplayText.Excerpt(name, 60)}'" : "")} ({passkey.TypeName})";
    }

    /// <summary>The profiles of a policy that reach the user for certain.</summary>
    public IReadOnlyList<PasskeyProfile> ReachedBy(PasskeyPolicy policy)
    {
        var evaluator = policy == Policy.Value ? Evaluator : new PolicyEvaluator(policy);
        return [.. policy.Target.Where(t => PolicyClauses.Means(t.Kind, t.Status, t.Id, Membership) == true).SelectMany(evaluator.ProfilesOf).OfType<PasskeyProfile>().Distinct()];
    }

    private static Reading<T> NotAsked<T>() where T : notnull => Reading<T>.NotRead("It was not asked for.");
}
