using System.IO;
using System.Linq;
using System.Threading;
using PasskeyAdmin.Changes;
using static PasskeyAdmin.Core.Tests.Changes.Removals;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>What the journals of changes of users' methods are asked for.</summary>
public sealed class UserChangeHistoryTests
{
    /// <summary>That of another tenant, of another user or in another case is another one; one that was asked to be removed here was there, whatever came of that.</summary>
    [Theory]
    [InlineData("ann", "+", true)]
    [InlineData("ANN", "+", true)]
    [InlineData("bob", "+", false)]
    [InlineData("ann", "other case", false)]
    [InlineData("ann", "mistyped", false)]
    public void An_id_that_the_journal_knows_is_gone_and_another_one_was_not_found(string user, string id, bool isKnown)
    {
        using var tenant = Three();
        var key = Ids(tenant, "ann")[0];
        tenant.OnRequest((_, _) => null);
        Remove(tenant, Planner(tenant, allowsLockout: false).Plan([new NamedPasskey("ann@contoso.com", key)], CancellationToken.None), revokes: false, out _);
        var asked = id switch { "+" => key, "other case" => string.Concat(key.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c))), _ => "mistyped" };
        var plan = Planner(tenant, allowsLockout: false).Plan([.. NamedPasskey.Of([user + "@contoso.com"], [$" {asked}\t"])], CancellationToken.None).Told(tenant.Session.TenantId, new UserChangeHistory(tenant.Folder));
        var row = Assert.Single(plan.Gone(null));
        Assert.Equal((isKnown ? PasskeyRemovalOutcome.AlreadyGone : PasskeyRemovalOutcome.NotFound, asked), (row.Outcome, row.Id));
        Assert.Equal(isKnown ? null : "PasskeyNotFound", plan.NotFound.Select(f => f.Fault.ErrorId).SingleOrDefault());
        // The same where there is something to do for the user.
        Directory.Delete(Path.Combine(tenant.Folder, UserChangeJournal.FolderName), recursive: true);
        Assert.Equal(row.Outcome, Assert.Single(Assert.Single(Remove(tenant, plan, revokes: true, out _)).Rows).Outcome);
    }

    [Theory]
    [InlineData("nothing", false, true)]
    [InlineData("of another tenant", false, true)]
    [InlineData("of a pass", false, true)]
    [InlineData("broken", false, false)]
    [InlineData("not removed", true, true)]
    public void What_a_journal_says_counts_as_far_as_it_is_about_that(string journal, bool isKnown, bool isWhole)
    {
        using var tenant = new HelpdeskFixture();
        var folder = Directory.CreateDirectory(Path.Combine(tenant.Folder, UserChangeJournal.FolderName)).FullName;
        var (of, kind) = (journal == "of another tenant" ? "11111111-1111-4111-8111-111111111111" : tenant.Session.TenantId, journal == "of a pass" ? "temporary access pass" : UserChangeJournal.Removal);
        var line = journal == "broken" ? "{\"userId\":" : "{\"event\":\"outcome\",\"outcome\":\"Failed\",\"userId\":\"u\",\"methodId\":\"k\"}";
        if (journal != "nothing") File.WriteAllText(Path.Combine(folder, "20261126T090000Z-a-b.jsonl"), $"{{\"kind\":\"{kind}\",\"tenantId\":\"{of}\"}}\n{line}\n");
        var history = new UserChangeHistory(tenant.Folder);
        Assert.Equal((isKnown, isWhole), (history.Had(tenant.Session.TenantId, [new NamedPasskey("U", "k")]).Count == 1, history.IsWhole));
        Assert.Equal(journal == "nothing", history.Find("A-") is null);
        Assert.Null(history.Find("b"));
        Assert.Null(history.Find(" "));
    }
}
