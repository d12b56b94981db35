using System;

namespace PasskeyAdmin.Devices;

/// <summary>What the errors of reading devices mean beyond what Microsoft Graph says.</summary>
internal static class DeviceSourceErrors
{
    // Public scripts take these words for a tenant without Intune; no page of Microsoft's says so (unconfirmed). So Graph's own words stay in the message.
    private const string NotApplicable = "not applicable to target tenant";

    /// <summary>The error with what it means for an inventory.</summary>
    /// <param name="count">How many devices came before it: they are not all, and nobody must take them for that.</param>
    public static PasskeyAdminException Explain(PasskeyAdminException error, DeviceService service, long count)
    {
        if (service is DeviceService.Intune && count == 0) error = OfIntune(error);
        return count == 0 ? error : error.With($"{(count == 1 ? "One device was" : $"{count} devices were")} read before that: the inventory is not complete.");
    }

    public static bool IsAboutLicence(PasskeyAdminException error) => error.Message.IndexOf(NotApplicable, StringComparison.OrdinalIgnoreCase) >= 0;

    private static PasskeyAdminException OfIntune(PasskeyAdminException error)
    {
        if (error.StatusCode is not (400 or 401 or 403)) return error;
        if (IsAboutLicence(error))
            return error.As(ErrorKind.InvalidOperation, "IntuneNotAvailable", $"Intune does not answer for this tenant; most likely it has no Intune licence. Get-PasskeyDevice -Source Entra reads the devices of the directory. {error.Message}");
        return error.With(error.StatusCode == 401
            ? "Intune may also answer so to an account that has no role in it."
            : "Where the tenant has no Intune licence, Get-PasskeyDevice -Source Entra reads the devices of the directory.");
    }
}
