using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Users;

/// <summary>Finds many groups at once, and says of all that are wrong, not of the first.</summary>
internal sealed class GroupsLookup(GraphClient client)
{
    private readonly GroupNames _names = new(client);

    /// <summary>The group of each name, by the name as it was given.</summary>
    /// <exception cref="PasskeyAdminException"><c>GroupNotFound</c>, <c>GroupAmbiguous</c>, and what <see cref="GraphClient"/> throws.</exception>
    public IReadOnlyDictionary<string, DirectoryGroup> Find(IEnumerable<string> namesOrIds, CancellationToken token)
    {
        var found = _names.Find([.. namesOrIds.Distinct(StringComparer.OrdinalIgnoreCase)], token);
        var (missing, ambiguous) = (found.Where(f => f.Found.Count == 0).ToList(), found.Where(f => f.Found.Count > 1).ToList());
        if (missing.Count + ambiguous.Count > 0)
        {
            var faults = new List<string>();
            if (missing.Count > 0) faults.Add($"In this tenant there is no group {NameLists.Or(missing.Select(m => CommandText.Quote(m.Asked)))}. A name is looked up as a whole, without wildcards; an id does as well.");
            faults.AddRange(ambiguous.Select(a => $"{a.Found.Count} groups are called {CommandText.Quote(a.Asked)}: {NameLists.First(a.Found.Select(g => g.Id))}. Name one by its id."));
            throw new PasskeyAdminException(missing.Count > 0 ? ErrorKind.NotFound : ErrorKind.InvalidArgument, missing.Count > 0 ? "GroupNotFound" : "GroupAmbiguous", string.Join(" ", faults));
        }
        return found.ToDictionary(f => f.Asked, f => f.Found[0], StringComparer.OrdinalIgnoreCase);
    }
}
