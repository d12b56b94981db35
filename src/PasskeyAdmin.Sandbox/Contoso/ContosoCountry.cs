namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>A country in which Contoso has an office.</summary>
/// <param name="Code">ISO 3166, two letters.</param>
/// <param name="PhonePrefix">All digits but the last two. Where a country keeps numbers for stories, it is one of them.</param>
/// <param name="Offset">Hours from UTC. Summer time does not matter here: it decides only what is a working hour.</param>
internal sealed record ContosoCountry(string Code, string Name, string City, int Offset, string PhonePrefix)
{
    public static readonly (int Weight, ContosoCountry Value)[] All =
    [
        (26, new("US", "United States", "Seattle", -8, "+1 20655501")),
        (6, new("CA", "Canada", "Toronto", -5, "+1 41655501")),
        (15, new("DE", "Germany", "Berlin", 1, "+49 302312500")),
        (7, new("PL", "Poland", "Warsaw", 1, "+48 2200000")),
        (10, new("FR", "France", "Paris", 1, "+33 1990012")),
        (12, new("GB", "United Kingdom", "London", 0, "+44 20794601")),
        (4, new("NO", "Norway", "Oslo", 1, "+47 220000")),
        (8, new("JP", "Japan", "Tokyo", 9, "+81 300000")),
        (12, new("IN", "India", "Hyderabad", 5, "+91 40000000")),
    ];

    public static ContosoCountry Of(string code)
    {
        foreach (var (_, country) in All)
            if (country.Code == code) return country;
        throw new System.ArgumentOutOfRangeException(nameof(code), code, "Contoso has no office there.");
    }
}
