using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Providers;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Changes;

/// <summary>Between the policy of a tenant and a file of desired state. It only reads.</summary>
internal sealed class DesiredPolicySource(TenantSession tenant, GraphClient client, ProviderCatalog catalog)
{
    /// <summary>The policy as a file.</summary>
    /// <param name="schema">The schema, as seen from the file.</param>
    /// <exception cref="PasskeyAdminException"><c>ProfilesNotEnrolled</c>, <c>ProfileAmbiguous</c>, <c>ProfileNameInvalid</c>.</exception>
    public (string Text, IReadOnlyList<string> Notes) Export(PasskeyPolicy policy, string schema, CancellationToken token)
    {
        PolicyEditor.RequireEnrolled(policy);
        // Where names could not be read, neither could this; and ids stand for those.
        string[] names =
        [
            .. policy.Target.Where(t => t is { Kind: TargetKind.Group, Status: TargetStatus.Found, RawName.Length: > 0 }).Select(t => t.RawName!)
                .Concat(policy.Exclusion.Where(e => e is { Kind: TargetKind.Group, Status: TargetStatus.Found, RawName.Length: > 0 }).Select(e => e.RawName!)).Distinct(StringComparer.OrdinalIgnoreCase).Where(n => !Guid.TryParse(n, out _)),
        ];
        var ambiguous = new HashSet<string>(new GroupNames(client).Find(names, token).Where(m => m.Found.Count > 1).Select(m => m.Asked), StringComparer.OrdinalIgnoreCase);
        var writer = new DesiredPolicyWriter(policy, catalog, ambiguous);
        return (writer.Write(schema), writer.Notes);
    }

    /// <summary>What makes a tenant what a file wants.</summary>
    /// <param name="command">The command that asks for it.</param>
    /// <exception cref="PasskeyAdminException">What <see cref="DesiredPolicyEdit.Apply"/> and <see cref="PolicyPlanner"/> throw.</exception>
    public PasskeyPolicyPlan Plan(DesiredPolicy desired, PasskeyPolicy current, string command, CancellationToken token)
    {
        var editor = new PolicyEditor(current);
        var groups = new GroupNames(client);
        var edit = new DesiredPolicyEdit(desired, current, names => groups.Find(names, token), all => groups.Empty(all, token));
        edit.Apply(editor);
        return new PolicyPlanner(tenant, client, catalog).Plan(current, editor, edit.Notes, command, token);
    }
}
