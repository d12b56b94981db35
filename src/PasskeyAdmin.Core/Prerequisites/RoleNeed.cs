using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Prerequisites;

/// <summary>A directory role by what it is called, and by the id that it has in every tenant.</summary>
internal sealed record KnownRole(string TemplateId, string Name);

/// <summary>Any one of some roles does.</summary>
/// <param name="Purpose">What they are for, as it goes on after "to".</param>
internal sealed record RoleNeed(string Purpose, params KnownRole[] AnyOf)
{
    public string Names => NameLists.Or(AnyOf.Select(r => r.Name));

    public KnownRole? MetBy(IReadOnlyCollection<string> templateIds) => AnyOf.FirstOrDefault(r => templateIds.Contains(r.TemplateId));
}
