using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Access;

/// <summary>A Conditional Access policy that demands an authentication strength.</summary>
public sealed class PasskeyConditionalAccessPolicy
{
    internal PasskeyConditionalAccessPolicy(string id, string name, AccessState state, AuthenticationStrength strength, IEnumerable<DirectoryApplication> applications)
    {
        (Id, Name, State) = (id, DisplayText.Neutralise(name), state);
        (Strength, StrengthId) = (DisplayText.Neutralise(strength.Name), strength.Id);
        List<DirectoryApplication> all = [.. applications];
        Application = new JoinedList<string>(all.Select(a => a.Shown));
        ApplicationId = new JoinedList<string>(all.Select(a => a.AppId));
    }

    public string Id { get; }

    /// <summary>The name, safe to show.</summary>
    public string Name { get; }

    public AccessState State { get; }

    /// <summary>The name of the strength that it demands, safe to show.</summary>
    public string Strength { get; }

    public string StrengthId { get; }

    /// <summary>The applications that it is for, by name, safe to show.</summary>
    public IReadOnlyList<string> Application { get; }

    /// <summary>The same by the ids of applications, and by words such as <c>All</c>.</summary>
    public IReadOnlyList<string> ApplicationId { get; }

    /// <summary>Whether it is for everybody.</summary>
    public bool AllUsers => IncludeGroupId.Count == 0;

    /// <summary>The groups that it is for, by name, safe to show; empty where it is for everybody.</summary>
    public IReadOnlyList<string> IncludeGroup { get; internal init; } = new JoinedList<string>([]);

    public IReadOnlyList<string> IncludeGroupId { get; internal init; } = new JoinedList<string>([]);

    /// <summary>The groups that it leaves out, by name, safe to show.</summary>
    public IReadOnlyList<string> ExcludeGroup { get; internal init; } = new JoinedList<string>([]);

    public IReadOnlyList<string> ExcludeGroupId { get; internal init; } = new JoinedList<string>([]);

    /// <summary>The tenant that it is in; null where its id is not known.</summary>
    public string? TenantId { get; internal init; }

    public override string ToString() => Name;
}
