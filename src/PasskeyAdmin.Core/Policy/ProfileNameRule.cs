namespace PasskeyAdmin.Policy;

/// <summary>What a profile may be called, and other things that no profile may be, whoever wants it. Pure.</summary>
internal static class ProfileNameRule
{
    private const int Longest = 256;

    /// <summary>A name that people can read and type. Microsoft does not say what a name may have; two lines or a hidden character are in nobody's interest.</summary>
    /// <param name="what">What gets the name, for the message.</param>
    /// <returns>The name without blanks around it.</returns>
    /// <exception cref="PasskeyAdminException"><c>ProfileNameInvalid</c>.</exception>
    public static string Require(string name, string what)
    {
        var text = name.Trim();
        var reason = text.Length == 0 ? "is empty" : text.Length > Longest ? $"is longer than {Longest} characters" : DisplayText.Neutralise(text) != text ? "has characters that cannot be seen" : null;
        return reason is null ? text : throw new PasskeyAdminException(ErrorKind.InvalidArgument, "ProfileNameInvalid", $"The name for {what} {reason}. Give another one.");
    }

    /// <summary>The error for an enforced allow list in which nothing is.</summary>
    public static PasskeyAdminException Shut(string profile) =>
        new(ErrorKind.InvalidArgument, "AllowListEmpty", $"The profile {CommandText.Quote(profile)} would allow no provider at all. Leave one in the list; -ClearRestriction allows any, and to let nobody use the profile, take it out of its targets.");
}
