using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>Makes ids of the names in our own files: <c>@alias</c> is an account, <c>group:name</c> a group. A name that nobody has, or two have, is a slip and throws.</summary>
internal sealed class ContosoReferences
{
    private const string GroupMark = "group:";

    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    public ContosoReferences(ContosoWorld world, IEnumerable<JObject> groups)
    {
        foreach (var employee in world.Staff) _ids.Add($"@{employee.Alias}", employee.Person.Id);
        foreach (var account in world.Accounts) _ids.Add($"@{account.Alias}", account.Id);
        // Two groups may have one name; the files then write their ids.
        foreach (var named in groups.GroupBy(g => (string)g["displayName"]!, StringComparer.Ordinal))
            if (named.Count() is 1) _ids.Add($"{GroupMark}{named.Key}", (string)named.Single()["id"]!);
    }

    public void Resolve(JToken token)
    {
        foreach (var child in token.Children())
        {
            if (child is not JValue { Value: string text } value) Resolve(child);
            else if (text.Length > 1 && (text[0] is '@' || text.StartsWith(GroupMark, StringComparison.Ordinal))) value.Value = _ids[text];
        }
    }
}
