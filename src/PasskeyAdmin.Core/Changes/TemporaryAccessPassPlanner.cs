using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>Reads what decides whether a pass can be issued, and refuses before anything is sent. The policy, the emergency accounts and Conditional Access are read once, for all users of a command.</summary>
internal sealed class TemporaryAccessPassPlanner(TenantSession tenant, GraphClient client)
{
    private Reading<TemporaryAccessPassSettings>? _settings;
    private EmergencyAccounts? _emergency;
    private PassRoad? _road;

    /// <exception cref="PasskeyAdminException"><c>UserNotFound</c>, <c>TemporaryAccessPassOff</c>, <c>TemporaryAccessPassNotAllowed</c>, <c>LifetimeOutOfBounds</c>, <c>PassMustBeUsableOnce</c>, <c>TemporaryAccessPassExists</c>.</exception>
    public TemporaryAccessPassPlan Plan(string idOrName, TemporaryAccessPassWish wish, CancellationToken token)
    {
        var users = new DirectoryUserSource(client);
        var user = users.Find(idOrName, token);
        var shown = DisplayText.Neutralise(user.Shown);
        _settings ??= GraphReading.Try("The policy of the Temporary Access Pass", () => ReadSettings(token), e => $"The policy of the Temporary Access Pass could not be read: Microsoft Graph decides whether it allows the pass. {e.Message}");
        var standing = GraphReading.Try($"The groups and roles of {shown}", () => users.StandingOf(user.Id, token));
        var warnings = new List<string>();
        if (_settings.Reason is { } reason) warnings.Add(reason);
        else warnings.AddRange(Judge(_settings.Value, user, standing, wish));
        if (user.IsEnabled == false) warnings.Add($"The account of {shown} is disabled: nobody signs in with it, with a pass or without.");
        if (user.IsGuest == true) warnings.Add($"{shown} is a guest: guests cannot register a passkey in the tenant that they visit.");
        var plan = new TemporaryAccessPassPlan(user, wish, standing, _settings) { Warnings = warnings };
        RequireNone(plan, token);
        return WithRoad(WithEmergency(plan, token), token);
    }

    /// <summary>Read last, as it takes the most requests and nothing that is refused hinges on it.</summary>
    private TemporaryAccessPassPlan WithEmergency(TemporaryAccessPassPlan plan, CancellationToken token)
    {
        var isFirst = _emergency is null;
        var accounts = _emergency ??= new EmergencyAccountsSource(tenant, client).Read(token);
        var kind = accounts.Of(plan.User.Id, plan.User.UserPrincipalName);
        // Of one who is not known, the question says it.
        return kind is EmergencyAccountKind.Unknown
            ? plan with { Emergency = kind, EmergencyOpen = string.Join(" ", accounts.NotRead) }
            : plan with { Emergency = kind, Warnings = isFirst ? [.. plan.Warnings, .. accounts.NotRead] : plan.Warnings };
    }

    /// <summary>Whether Conditional Access takes the pass before the page on which it is to be used. The pass is no worse for it and is not refused; but who reads it out should know.</summary>
    private TemporaryAccessPassPlan WithRoad(TemporaryAccessPassPlan plan, CancellationToken token)
    {
        // Guests register nothing here, with a pass or without.
        if (plan.User.IsGuest == true) return plan;
        var road = _road ??= PassRoads.Read(client, withModels: false, token);
        var membership = DirectoryUserSource.MembershipOf(plan.User.Id, plan.Standing.IsRead ? plan.Standing.Value.Groups : null);
        var user = new PassTraveller(plan.User.Id, plan.User.IsGuest, membership.Covers, role => plan.Standing.IsRead ? plan.Standing.Value.HasRole(role) : null);
        var way = road.WayOf(user, plan.IsUsableOnce, plan.Settings.IsRead ? plan.Settings.Value.IsUsableOnce : null);
        return way.IsOpen switch
        {
            true => plan,
            null => plan with { Notes = [.. plan.Notes, $"Whether Conditional Access lets {plan.Shown} register with a pass is not known: {way.Reason}"] },
            false => plan with { Obstacle = way.Reason, Warnings = [.. plan.Warnings, $"With a pass {plan.Shown} does not get to the registration: {way.Reason}"] },
        };
    }

    /// <summary>The passes that are there, of which none is in the way.</summary>
    /// <exception cref="PasskeyAdminException"><c>TemporaryAccessPassExists</c>, and what <see cref="GraphClient"/> throws.</exception>
    public IReadOnlyList<ListedPass> RequireNone(TemporaryAccessPassPlan plan, CancellationToken token)
    {
        IReadOnlyList<ListedPass> passes;
        try
        {
            passes = new TemporaryAccessPasses(client).Read(plan.User.Id, token);
        }
        catch (PasskeyAdminException e)
        {
            throw MethodRole.Named(e, tenant, plan.Shown, plan.Standing);
        }
        return passes.FirstOrDefault(p => p.IsInTheWay) is { } obstacle ? throw TemporaryAccessPasses.Exists(tenant, plan.User, obstacle) : passes;
    }

    private static IEnumerable<string> Judge(TemporaryAccessPassSettings settings, DirectoryUser user, Reading<DirectoryStanding> standing, TemporaryAccessPassWish wish)
    {
        var rules = new TemporaryAccessPassRules(settings, user, DirectoryUserSource.MembershipOf(user.Id, standing.IsRead ? standing.Value.Groups : null));
        if (rules.Refusal(wish) is { } refusal) throw refusal.With("Nothing was sent.");
        return rules.Open();
    }

    private TemporaryAccessPassSettings ReadSettings(CancellationToken token)
    {
        var json = client.Get(MethodsPolicyJson.TemporaryAccessPassPath, token);
        // Ids will do where names cannot be had.
        return MethodsPolicyJson.TemporaryAccessPass(json, new TargetNames(client).Read(MethodsPolicyJson.Targets(json), [], token));
    }
}
