namespace PasskeyAdmin.Users;

/// <summary>Whether something is so, as far as it is known.</summary>
public enum PasskeyAnswer
{
    /// <summary>Something that the answer hinges on could not be read, or is of a form that this version does not know.</summary>
    Unknown,
    No,
    Yes,
}

internal static class PasskeyAnswers
{
    /// <param name="answer">Null for what is not known: C# reckons with it as with a third truth value.</param>
    public static PasskeyAnswer Of(bool? answer) => answer switch { true => PasskeyAnswer.Yes, false => PasskeyAnswer.No, null => PasskeyAnswer.Unknown };
}
