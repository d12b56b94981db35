using System;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>Reads a source that may be missing, with a reason that somebody on the phone understands.</summary>
internal static class SourceReading
{
    /// <param name="what">What is read, as a sentence begins.</param>
    public static Reading<T> Try<T>(string what, Func<T> read) where T : notnull => GraphReading.Try(what, read, e => e.ErrorId == "PremiumLicenceRequired" ? $"{what} cannot be read: the tenant has no premium licence." : null);
}
