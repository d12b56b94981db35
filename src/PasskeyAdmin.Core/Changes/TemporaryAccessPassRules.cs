using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>
/// Whether the policy lets a user have the pass that is wanted (reference/graph-users-and-usage.md §5). Graph would refuse as well, in words that tell nobody what to do. Pure. What is not known is no
/// obstacle: then the service decides, and that is said.
/// </summary>
internal sealed class TemporaryAccessPassRules(TemporaryAccessPassSettings settings, DirectoryUser user, Membership membership)
{
    /// <summary>What any policy may say, in minutes (reference/graph-users-and-usage.md §5).</summary>
    public const int Shortest = 10;
    public const int Longest = 43_200;

    private const string Place = "Entra admin centre > Entra ID > Authentication methods > Policies > Temporary Access Pass";

    private readonly MethodOfUser _method = new(settings.Method, membership);

    private string Shown => DisplayText.Neutralise(user.Shown);

    /// <summary>Why it is refused; null where it is not.</summary>
    public PasskeyAdminException? Refusal(TemporaryAccessPassWish wish)
    {
        if (_method.IsOn == false)
            return Refused("TemporaryAccessPassOff", $"Temporary Access Passes are off in this tenant. An Authentication Policy Administrator can switch them on: {Place}.");
        if (_method.Exclusion is { } exclusion)
            return Refused("TemporaryAccessPassNotAllowed", $"{Shown} may not have a Temporary Access Pass: the policy excludes {exclusion.Shown}, and that wins over every target. {Place} shows whom it is for.");
        if (_method.IsTargeted == false)
            return Refused("TemporaryAccessPassNotAllowed", $"{Shown} may not have a Temporary Access Pass: the policy is for {Targets}, and the user is not among them. Add the user to such a group, or look at {Place}.");
        var (least, most) = (settings.MinimumLifetime ?? Shortest, settings.MaximumLifetime ?? Longest);
        if (wish.Lifetime is { } minutes && (minutes < least || minutes > most))
            return new PasskeyAdminException(ErrorKind.InvalidArgument, "LifetimeOutOfBounds", $"A Temporary Access Pass of this tenant is good for {least} to {most} minutes{(settings.DefaultLifetime is { } usual ? $", {usual} where nothing is said" : "")}, and -LifetimeInMinutes {minutes} is outside of that.");
        return wish.IsUsableOnce == false && settings.IsUsableOnce == true
            ? new PasskeyAdminException(ErrorKind.InvalidArgument, "PassMustBeUsableOnce", "The policy of this tenant allows only passes that can be used once: leave out -UsableOnce:$false.")
            : null;
    }

    /// <summary>What could not be found out, as sentences.</summary>
    public IEnumerable<string> Open()
    {
        if (_method.IsOn is null) yield return "The policy of the Temporary Access Pass has a state that this version does not know: Microsoft Graph decides.";
        else if (_method.IsExcluded is null || _method.IsTargeted is null) yield return $"Whether the policy lets {Shown} have a Temporary Access Pass is not known: Microsoft Graph decides.";
    }

    private string Targets => settings.Method.Targets is { Count: > 0 } targets ? NameLists.First(targets.Select(t => t.Shown)) : "nobody";

    private static PasskeyAdminException Refused(string id, string text) => new(ErrorKind.InvalidOperation, id, text);
}
