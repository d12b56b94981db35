using System;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>Addresses from the ranges that are kept for documentation (RFC 5737). The offices have 198.51.100.0/25, which is a named location.</summary>
internal static class ContosoAddresses
{
    private const string OfficePrefix = "198.51.100.";
    private const int OfOffice = 12;

    public static bool IsOffice(string address) => address.StartsWith(OfficePrefix, StringComparison.Ordinal);

    /// <summary>The offices of a country have a few.</summary>
    public static string Office(ContosoCountry country, int number)
    {
        var place = 0;
        while (ContosoCountry.All[place].Value != country) place++;
        return $"{OfficePrefix}{OfOffice * place + 10 + number % OfOffice}";
    }

    public static string Home(int person) => $"203.0.113.{1 + person % 254}";

    /// <summary>A mobile network, which is another one than at home.</summary>
    public static string Mobile(int person) => $"192.0.2.{1 + person * 7 % 240}";
}
