using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using PasskeyAdmin.Policy;

namespace PasskeyAdmin.Commands;

/// <summary>Reads a policy that somebody proposes: a policy object, JSON, or what <c>ConvertFrom-Json</c> makes of it.</summary>
internal static class ProposedPolicies
{
    private const string Source = "The proposed policy";
    private const int DeepestNesting = 16;

    /// <exception cref="PasskeyAdminException"><c>ProposedPolicyInvalid</c>, <c>WrongTenant</c>.</exception>
    public static PolicyProposal Of(object? given, string? tenantId)
    {
        var value = Wrapped.Unwrap(given);
        if (value is PasskeyPolicy policy)
        {
            if (policy.TenantId is { } of && tenantId is not null && !of.Equals(tenantId, StringComparison.OrdinalIgnoreCase))
                throw new PasskeyAdminException(ErrorKind.InvalidOperation, "WrongTenant", $"The proposed policy is of the tenant {DisplayText.Neutralise(policy.TenantName ?? of)}, whose groups this one does not have. Name the tenant with -Tenant.");
            return PolicyProposal.Parse(policy.ToJson(), Source);
        }
        if (value is FileInfo file) return PolicyProposal.Load(file.FullName);
        if (value is string text) return PolicyProposal.Parse(text, Source);
        if (value is IDictionary || given is PSObject { BaseObject: PSCustomObject })
        {
            var json = new StringBuilder();
            Write(given, json, 0);
            return PolicyProposal.Parse(json.ToString(), Source);
        }
        throw Invalid("is neither a policy nor JSON");
    }

    private static void Write(object? given, StringBuilder json, int depth)
    {
        if (depth > DeepestNesting) throw Invalid("is nested too deeply");
        switch (Wrapped.Unwrap(given))
        {
            case null: json.Append("null"); break;
            case bool flag: json.Append(flag ? "true" : "false"); break;
            case string or char or Guid: Quote(Wrapped.Unwrap(given)!.ToString()!, json); break;
            case Enum named: Quote(named.ToString(), json); break;
            case int or long or short or byte or uint or double or decimal: json.Append(Convert.ToString(Wrapped.Unwrap(given), CultureInfo.InvariantCulture)); break;
            case IDictionary table: WriteMembers(table.Keys.Cast<object>().Select(k => (Convert.ToString(k, CultureInfo.InvariantCulture)!, (object?)table[k])), json, depth); break;
            case PSCustomObject: WriteMembers(((PSObject)given!).Properties.Where(p => p.IsGettable).Select(p => (p.Name, (object?)p.Value)), json, depth); break;
            case IEnumerable list:
                json.Append('[');
                var isFirst = true;
                foreach (var item in list)
                {
                    if (!isFirst) json.Append(',');
                    isFirst = false;
                    Write(item, json, depth + 1);
                }
                json.Append(']');
                break;
            default: throw Invalid($"holds a {DisplayText.Excerpt(Wrapped.Unwrap(given)!.GetType().Name, 60)}, which JSON does not have");
        }
    }

    private static void WriteMembers(IEnumerable<(string Name, object? Value)> members, StringBuilder json, int depth)
    {
        json.Append('{');
        var isFirst = true;
        foreach (var (name, value) in members)
        {
            if (!isFirst) json.Append(',');
            isFirst = false;
            Quote(name, json);
            json.Append(':');
            Write(value, json, depth + 1);
        }
        json.Append('}');
    }

    private static void Quote(string text, StringBuilder json)
    {
        json.Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\') json.Append('\\').Append(c);
            else if (c < ' ') json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else json.Append(c);
        }
        json.Append('"');
    }

    private static PasskeyAdminException Invalid(string reason) => new(ErrorKind.InvalidData, "ProposedPolicyInvalid", $"{Source} {reason}. Give a policy object, JSON, or what ConvertFrom-Json makes of (Get-PasskeyPolicy).ToJson().");
}
