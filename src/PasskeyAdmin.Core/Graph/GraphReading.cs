using System;

namespace PasskeyAdmin.Graph;

/// <summary>Reads of a tenant what may be missing.</summary>
internal static class GraphReading
{
    /// <summary>What is read; where that fails, the reason. A sign-in that is no longer good ends everything.</summary>
    /// <param name="what">What is read, as a sentence begins.</param>
    /// <param name="words">The whole reason; null where it is that it could not be read, and the message of the error.</param>
    /// <param name="fix">What stands beside the reason; null where there is no more to say.</param>
    public static Reading<T> Try<T>(string what, Func<T> read, Func<PasskeyAdminException, string?>? words = null, Func<PasskeyAdminException, string?>? fix = null) where T : notnull
    {
        try
        {
            return Reading<T>.Of(read());
        }
        catch (PasskeyAdminException e) when (!GraphErrors.IsAboutSignIn(e))
        {
            return Reading<T>.NotRead(words?.Invoke(e) ?? $"{what} could not be read. {e.Message}", fix?.Invoke(e));
        }
    }
}
