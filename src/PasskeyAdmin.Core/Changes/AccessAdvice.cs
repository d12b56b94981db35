using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Access;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>What is worth knowing before a strength or a policy is made: sentences, safe to show. Pure.</summary>
internal static class AccessAdvice
{
    /// <summary>Models that nobody may register: at the sign-in they are asked for, and the button leads nowhere (reference/adoption-and-troubleshooting.md §3).</summary>
    public static IEnumerable<string> OutOfReach(IReadOnlyList<Guid>? aaGuids, ModelReach reach, ProviderCatalog catalog)
    {
        if (aaGuids is null)
        {
            if (reach.MayAnybodyRegister() == false) yield return "No passkey profile of this tenant lets anybody register a passkey, so that nobody can fulfil the strength with one. Get-PasskeyProfile shows them.";
            yield break;
        }
        var missing = aaGuids.Where(a => reach.MayAnybodyRegister(a) == false).ToList();
        var unknown = aaGuids.Where(a => reach.MayAnybodyRegister(a) is null).ToList();
        if (missing.Count > 0) yield return $"No passkey profile of this tenant lets anybody register {Names(missing, catalog)}{(missing.Count == aaGuids.Count ? ", which is all that the strength takes of passkeys" : "")}: whoever is asked for it at the sign-in gets no further. Allow it in a profile (Set-PasskeyProfile -AddProvider), or leave it out of the strength.";
        if (unknown.Count > 0) yield return $"Whether a passkey profile lets anybody register {Names(unknown, catalog)} is not known: a profile or its targets cannot be understood.";
    }

    /// <summary>Registering is a sign-in, too: whoever has nothing yet never gets there. The rule PK302 finds it afterwards.</summary>
    public static IEnumerable<string> Loop(AccessPolicyRequest request)
    {
        if (!request.IsForRegistration || request.Strength.TakesPass) yield break;
        var (once, name) = (request.State is AccessState.Enabled ? "Whoever" : "Once the policy is enabled, whoever", CommandText.Quote(request.Strength.Name));
        yield return $"{once} has nothing yet that the strength {name} takes cannot register it: registering is a sign-in, too, the policy is for {(request.IsForAllApplications ? "all applications" : "the one where people register")}, and the strength takes no Temporary Access Pass. There are three ways out. Demand a strength of your own that takes a pass: {WithPass(request.Strength)}. Or name single applications with -Application, without the one for security information. Or make separate policies for mobile devices and for computers, in the portal.";
    }

    /// <summary>The command for the same strength with a pass, and nothing else in it.</summary>
    private static string WithPass(AuthenticationStrength strength)
    {
        const string End = ", or a pass";
        var name = strength.Name.Length > Longest - End.Length ? strength.Name.Substring(0, Longest - End.Length) : strength.Name;
        string?[] parts =
        [
            $"New-PasskeyAuthenticationStrength {CommandText.Quote(name + End)}",
            strength.AaGuids is { } models ? $"-Provider {string.Join(", ", models)}" : null,
            strength.TakesWindowsHello ? "-AllowWindowsHello" : null,
            strength.TakesCertificates ? "-AllowCertificate" : null,
            "-AllowTemporaryAccessPass",
        ];
        return string.Join(" ", parts.OfType<string>());
    }

    /// <summary>What Graph takes of a name.</summary>
    private const int Longest = 256;

    private static string Names(IReadOnlyList<Guid> aaGuids, ProviderCatalog catalog) => NameLists.First(aaGuids.Select(a => catalog.Find(a) is { IsKnown: true } provider ? provider.Name : a.ToString()).Distinct());
}
