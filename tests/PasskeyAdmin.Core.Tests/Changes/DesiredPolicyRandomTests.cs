using System;
using System.Linq;
using System.Text.RegularExpressions;
using CsCheck;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Changes;
using PasskeyAdmin.Policy;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Core.Tests.Changes;

/// <summary>What holds for any policy and its file.</summary>
public partial class DesiredPolicyRandomTests
{
    private static readonly SandboxSettings Settings = new([]) { AcceptsAttestationWithSynced = true, AcceptsUnknownProperties = true, DefaultProfileCanBeRenamed = true };

    [Fact]
    public void What_was_exported_is_no_drift() => Gen.Int.Sample(seed =>
    {
        var policy = RandomPolicy.Read(new RandomPolicy(seed).Json);
        var editor = Applied(Export(policy), policy);
        Assert.Empty(editor.Change());
        Assert.Empty(editor.Notes);
    }, iter: 10_000);

    [Fact]
    public void A_file_is_the_same_whatever_the_order_of_the_policy() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        var json = new RandomPolicy(seed).Json;
        var text = Export(RandomPolicy.Read(json));
        foreach (var list in json.Descendants().OfType<JArray>().ToList()) list.ReplaceAll(list.OrderBy(_ => random.Next()).ToList());
        Assert.Equal(text, Export(RandomPolicy.Read(json)));
    }, iter: 1_000);

    /// <summary>The file of any tenant makes any other tenant like it, through the writes that the service takes, in no more of them than a change can need.</summary>
    [Fact]
    public void Applied_anywhere_a_file_is_what_is_exported_then() => Gen.Int.Select(Gen.Int).Sample((one, other) =>
    {
        var before = new RandomPolicy(one, isPlain: true).Json;
        var wanted = Export(RandomPolicy.Read(new RandomPolicy(other, isPlain: true).Json));
        var policy = RandomPolicy.Read(before);
        PolicyEditor editor;
        try
        {
            editor = Applied(wanted, policy);
        }
        catch (PasskeyAdminException e)
        {
            // An enforced list in which nothing is lets nobody in: refused, whoever wants it.
            Assert.Equal("AllowListEmpty", e.ErrorId);
            return;
        }
        var writes = PlannedWrites.Of(before, editor.Change(), editor.NewProfiles);
        Assert.InRange(writes.Count, 0, 3);
        var after = RandomChange.Send(before, writes, [], Settings, Guid.NewGuid);
        Assert.Equal(wanted, Export(RandomPolicy.Read(after)));
        Assert.Empty(Applied(wanted, RandomPolicy.Read(after)).Change());
    }, iter: 2_000);

    /// <summary>Whatever is typed into a file, it is taken, or refused with a place.</summary>
    [Fact]
    public void A_file_that_was_damaged_is_refused_with_its_place_or_says_something_else() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        var text = Export(RandomPolicy.Read(new RandomPolicy(seed, isPlain: true).Json));
        var at = random.Next(text.Length);
        text = random.Next(3) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, "{}[],:\"'x1\\/"[random.Next(12)].ToString()),
            _ => text[..at],
        };
        try
        {
            DesiredPolicyReader.Parse(text, "'policy.json'", RandomPolicy.Catalog);
        }
        catch (PasskeyAdminException e)
        {
            Assert.Equal("DesiredPolicyInvalid", e.ErrorId);
            Assert.Matches(Place(), e.Message);
        }
    }, iter: 2_000);

    [GeneratedRegex(@"line \d+, column \d+")]
    private static partial Regex Place();

    private static string Export(PasskeyPolicy policy) => new DesiredPolicyWriter(policy, RandomPolicy.Catalog, RandomPolicy.Ambiguous).Write("./passkey-policy.schema.json");

    private static PolicyEditor Applied(string text, PasskeyPolicy policy)
    {
        var editor = new PolicyEditor(policy);
        new DesiredPolicyEdit(DesiredPolicyReader.Parse(text, "'policy.json'", RandomPolicy.Catalog), policy, RandomPolicy.Find, _ => []).Apply(editor);
        return editor;
    }
}
