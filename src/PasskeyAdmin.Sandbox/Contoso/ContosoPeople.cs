using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>A user of Contoso.</summary>
internal sealed record ContosoPerson(string Id, string UserPrincipalName, string DisplayName);

/// <summary>The people of Contoso, the same ones every time.</summary>
internal static class ContosoPeople
{
    private static readonly string[] GivenNames =
    [
        "Adele", "Alex", "Amira", "Anna", "Björn", "Carla", "Chen", "Christie", "Debra", "Diego", "Élodie", "Emily", "Enrico", "Fatima", "Grady", "Henrietta", "Irvin", "Isaiah",
        "Joni", "Jürgen", "Kenji", "Lee", "Lidia", "Lynne", "Łukasz", "Megan", "Miriam", "Nestor", "Ngozi", "Olga", "Patti", "Pradeep", "Raúl", "Saoirse", "Søren", "Tomás", "Yuki", "Zoë",
    ];

    private static readonly string[] FamilyNames =
    [
        "Vance", "Wilber", "Haddad", "Schmidt", "Lindqvist", "Rossi", "Wei", "Cline", "Berger", "Siciliani", "Moreau", "Braun", "Cattaneo", "Al-Sayed", "Archie", "Mueller", "Sayers", "Langer",
        "Sherman", "Krüger", "Sato", "Gu", "Holloway", "Robbins", "Nowak", "Bowen", "Graham", "Wilke", "Okafor", "Petrova", "Fernandez", "Gupta", "Núñez", "O'Brien", "Jørgensen", "Novák", "Tanaka", "Peeters",
    ];

    public static IReadOnlyList<ContosoPerson> Create(int count, Dice dice)
    {
        var taken = new Dictionary<string, int>();
        var people = new List<ContosoPerson>(count);
        while (people.Count < count)
        {
            var (given, family) = (dice.Pick(GivenNames), dice.Pick(FamilyNames));
            var name = $"{Ascii(given)}.{Ascii(family)}";
            taken.TryGetValue(name, out var before);
            taken[name] = before + 1;
            var number = before == 0 ? "" : (before + 1).ToString(CultureInfo.InvariantCulture);
            people.Add(new ContosoPerson(dice.Guid(), $"{name}{number}@contoso.com", $"{given} {family}"));
        }
        return people;
    }

    private static string Ascii(string name)
    {
        var ascii = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormD))
            if (c is >= 'A' and <= 'Z' or >= 'a' and <= 'z' or '-') ascii.Append(char.ToLowerInvariant(c));
            else if (c is 'Ł' or 'ł') ascii.Append('l');
            else if (c is 'ø' or 'Ø') ascii.Append('o');
        return ascii.ToString();
    }
}
