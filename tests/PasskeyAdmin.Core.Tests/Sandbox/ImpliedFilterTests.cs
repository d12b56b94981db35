using System.Linq;
using System.Threading.Tasks;
using PasskeyAdmin.Sandbox;

namespace PasskeyAdmin.Core.Tests.Sandbox;

/// <summary>What a filter rules out beforehand, it would have ruled out itself.</summary>
public sealed class ImpliedFilterTests
{
    private const string Kenji = "b16b7c05-f6db-4237-a25e-900cd39b4340";

    [Theory]
    [InlineData("userId eq '{0}'", true)]
    [InlineData("createdDateTime ge 2026-11-20T00:00:00Z and userId eq '{0}'", true)]
    [InlineData("userId eq '{0}' and (status/errorCode eq 135016 or status/errorCode eq 0)", true)]
    [InlineData("userId eq '{0}' or status/errorCode eq 50053", false)]
    [InlineData("(userId eq '{0}' or status/errorCode eq 50053) and createdDateTime gt 2026-11-01T00:00:00Z", false)]
    public async Task The_answer_is_that_of_the_filter(string filter, bool isOfOne)
    {
        using var client = new SandboxClient(SandboxTenant.CreateContoso());
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, filter, Kenji);
        var found = (await client.GetAsync($"/beta/auditLogs/signIns?$filter={System.Uri.EscapeDataString(text)}"))["value"]!.ToList();
        Assert.NotEmpty(found);
        Assert.Equal(isOfOne, found.TrueForAll(s => (string?)s["userId"] == Kenji));
        // In brackets, nothing is ruled out beforehand.
        var bracketed = (await client.GetAsync($"/beta/auditLogs/signIns?$filter={System.Uri.EscapeDataString($"({text})")}"))["value"]!;
        Assert.Equal(bracketed.Select(s => (string?)s["id"]), found.Select(s => (string?)s["id"]));
    }
}
