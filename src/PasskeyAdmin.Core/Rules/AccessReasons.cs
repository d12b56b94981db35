using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Rules;

/// <summary>Why a strength refuses somebody, or why that is not known, in words that go on after the name of the user.</summary>
internal sealed class AccessReasons(RuleContext context)
{
    /// <summary>Of somebody who certainly has nothing that fulfils it.</summary>
    public string OfRefusal(AuthenticationStrength strength, RulePerson person)
    {
        var (shutOut, other) = (new List<string>(), new List<string>());
        foreach (var passkey in person.Passkeys ?? [])
        {
            var isTaken = strength.TakesPasskeys && AccessDemand.Takes(strength, passkey) != false;
            (isTaken ? shutOut : other).Add(NameOf(passkey));
        }
        // Where no passkey is taken, nobody was asked which ones there are.
        if (person.Passkeys is null && (person.Methods & ReportedMethods.Passkeys) > 0) other.Add("a passkey");
        if (!strength.TakesWindowsHello && Has(person, ReportedMethods.WindowsHelloForBusiness)) other.Add("Windows Hello for Business");
        if (!strength.TakesWindowsHello && Has(person, ReportedMethods.PlatformCredential)) other.Add("a platform credential");
        if (!strength.TakesCertificates && Has(person, ReportedMethods.MultifactorCertificate | ReportedMethods.Certificate)) other.Add("a certificate");
        if (shutOut.Count + other.Count == 0) return strength.TakesPass ? "has no phishing-resistant method; a Temporary Access Pass would do for as long as it is valid" : "has no phishing-resistant method";
        List<string> parts = [];
        if (shutOut.Count > 0) parts.Add($"has {NameLists.And(shutOut.Distinct())}, which the passkey policy does not let in");
        if (other.Count > 0) parts.Add($"has {NameLists.And(other.Distinct())}, which the strength does not take");
        return string.Join("; ", parts);
    }

    /// <summary>Of somebody of whom it is not known whether there is something that fulfils it.</summary>
    public string OfDoubt(AuthenticationStrength strength, RulePerson person)
    {
        if (strength.TakesPasskeys && person.Passkeys is null) return context.People.Passkeys.IsRead ? "has passkeys that could not be read" : "may have passkeys, which were not read";
        if (strength.TakesPasskeys && person.Passkeys!.FirstOrDefault(p => AccessDemand.Takes(strength, p) is null && context.IsUsable(person, p) != false) is { } vague)
            return vague.AaGuid is null ? "has a passkey without a model, and the strength takes some models only" : $"has {NameOf(vague)}, and the strength lists models that cannot be read";
        if (strength.TakesPasskeys && person.Passkeys!.FirstOrDefault(p => AccessDemand.Takes(strength, p) == true && context.IsUsable(person, p) is null) is { } open)
            return $"has {NameOf(open)}, of which it is not known whether the passkey policy lets it in";
        if (person.Methods is null) return context.People.Report.IsRead ? "is not in the registration report yet, so that other methods are not known" : "may have other methods: the registration report could not be read";
        return person.IsInDoubt ? "has had a method removed since the registration report" : "has a certificate, of which it is not known whether it counts as two factors";
    }

    /// <summary>Of somebody of whom it is not known whether it is demanded.</summary>
    public string OfScope(IEnumerable<AccessUsers> scopes, RulePerson person) => scopes.ToList() switch
    {
        var all when all.SelectMany(s => s.IncludeGroups.Concat(s.ExcludeGroups)).Any(g => context.Groups.Value.Has(g, person) is null) => "may be in a group of the scope, or in one that is left out, whose members could not be read",
        var all when !context.Roles.IsRead && all.Exists(s => s.IncludeRoles.Count + s.ExcludeRoles.Count > 0) => "may have a directory role of the scope, or one that is left out; who has which could not be read",
        _ => "may be a guest, and guests are treated on their own",
    };

    private string NameOf(RegisteredPasskey passkey) =>
        passkey.AaGuid is not { } aaGuid ? "a passkey without a model" : context.Catalog.Find(aaGuid) is { IsKnown: true } provider ? $"'{DisplayText.Neutralise(provider.Name)}'" : $"a passkey of the unknown model {aaGuid}";

    private static bool Has(RulePerson person, ReportedMethods any) => (person.Methods & any) > 0;
}
