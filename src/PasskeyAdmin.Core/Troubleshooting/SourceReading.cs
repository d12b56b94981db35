using System;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>Reads a source that may be missing, with a reason that somebody on the phone understands; what Graph said stands beside it.</summary>
internal static class SourceReading
{
    /// <param name="what">What is read, as a sentence begins.</param>
    public static Reading<T> Try<T>(string what, Func<T> read) where T : notnull => GraphReading.Try(what, read, e => Words(what, e), e => e.ErrorId == "PremiumLicenceRequired" ? null : e.Message);

    /// <summary>The reason in a sentence, without paths and ids.</summary>
    public static string Words(string what, PasskeyAdminException e) => e switch
    {
        { ErrorId: "PremiumLicenceRequired" } => $"{what} cannot be read: the tenant has no premium licence.",
        { StatusCode: 403 } => $"{what} could not be read: access was refused (403).",
        { StatusCode: >= 500 } => $"{what} could not be read: Microsoft Graph failed ({e.StatusCode}).",
        { StatusCode: { } status } => $"{what} could not be read ({status}).",
        _ => $"{what} could not be read: there was no answer.",
    };
}
