using System;
using System.Text;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Core.Tests.Graph;

public class AccessTokenTests
{
    [Fact]
    public void A_delegated_token_tells_who_and_how_long()
    {
        var token = Read(new JObject
        {
            ["aud"] = "https://graph.microsoft.com",
            ["tid"] = "11111111-1111-1111-1111-111111111111",
            ["upn"] = "adele@contoso.com",
            ["appid"] = "14d82eec-204b-4c2f-b7e8-296a70dab67e",
            ["scp"] = "Policy.Read.AuthenticationMethod  User.Read",
            ["exp"] = 1795680000,
        });
        Assert.Equal(("11111111-1111-1111-1111-111111111111", "adele@contoso.com", "14d82eec-204b-4c2f-b7e8-296a70dab67e", false), (token.TenantId, token.Account, token.ClientId, token.IsAppOnly));
        Assert.Equal(["Policy.Read.AuthenticationMethod", "User.Read"], token.Scopes);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795680000), token.ExpiresOn);
    }

    [Fact]
    public void An_application_has_roles_and_no_account()
    {
        var token = Read(new JObject { ["idtyp"] = "app", ["azp"] = "client", ["roles"] = new JArray("Policy.Read.All", 7), ["upn"] = "odd" });
        Assert.Equal((true, null, "client"), (token.IsAppOnly, token.Account, token.ClientId));
        Assert.Equal(["Policy.Read.All"], token.Scopes);
    }

    [Fact]
    public void A_user_with_roles_stays_a_user()
    {
        var token = Read(new JObject { ["scp"] = "User.Read", ["roles"] = new JArray("x"), ["upn"] = "adele@contoso.com" });
        Assert.Equal((false, "adele@contoso.com"), (token.IsAppOnly, token.Account));
        Assert.Equal(["User.Read"], token.Scopes);
    }

    [Theory]
    [InlineData("opaque")]
    [InlineData("a.b.c")]
    [InlineData("eyJ9.W10.x")]
    [InlineData("..")]
    public void A_token_that_tells_nothing_is_all_right(string text) => Assert.Equal(new AccessToken(), AccessToken.Read(GraphFixture.Secret(text)));

    [Theory]
    [InlineData("""{"exp":"soon","tid":7,"scp":["x"],"roles":"y","aud":null}""")]
    [InlineData("""{"exp":99999999999999999999}""")]
    [InlineData("""{"exp":-5}""")]
    [InlineData("""{"exp":1e300}""")]
    public void Claims_of_other_shapes_are_not_known(string claims) => Assert.Equal(new AccessToken(), Read(JObject.Parse(claims)));

    [Theory]
    [InlineData("")]
    [InlineData("Bearer eyJx")]
    [InlineData("eyJx\r\nX-Evil: 1")]
    [InlineData("eyJü")]
    public void What_is_no_token_is_refused_without_its_text(string text)
    {
        var error = Assert.Throws<PasskeyAdminException>(() => AccessToken.Read(GraphFixture.Secret(text)));
        Assert.Equal("AccessTokenInvalid", error.ErrorId);
        if (text.Length > 0) Assert.DoesNotContain("eyJ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_was_disposed_of_is_said()
    {
        var secret = GraphFixture.Secret("abc");
        secret.Dispose();
        Assert.Equal("AccessTokenInvalid", Assert.Throws<PasskeyAdminException>(() => AccessToken.Read(secret)).ErrorId);
    }

    [Theory]
    [InlineData("00000003-0000-0000-c000-000000000000", false)]
    [InlineData("https://graph.microsoft.com", false)]
    [InlineData("https://graph.microsoft.com/", false)]
    [InlineData("https://management.azure.com", true)]
    [InlineData("https://graph.microsoft.us", true)]
    [InlineData("00000002-0000-0000-c000-000000000000", true)]
    public void A_token_for_another_service_is_told(string audience, bool expected) =>
        Assert.Equal(expected, Read(new JObject { ["aud"] = audience }).IsForAnotherService(new Uri("https://graph.microsoft.com")));

    [Theory]
    [InlineData("https://graph.microsoft.com")]
    [InlineData("https://dod-graph.microsoft.us/")]
    [InlineData("http://localhost:5000")]
    [InlineData("http://127.0.0.1:8000/")]
    [InlineData("http://[::1]:8000/")]
    public void A_token_goes_over_TLS_or_to_this_machine(string endpoint) => Assert.NotNull(AccessTokenHandler.RequireSafe(new Uri(endpoint)));

    [Theory]
    [InlineData("http://graph.microsoft.com")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://192.168.1.1:8000")]
    [InlineData("ftp://localhost")]
    [InlineData("https://user:secret@graph.microsoft.com")]
    [InlineData("https://graph.microsoft.com/v1.0")]
    [InlineData("https://graph.microsoft.com/?x=1")]
    public void And_nowhere_else(string endpoint)
    {
        var error = Assert.Throws<PasskeyAdminException>(() => AccessTokenHandler.RequireSafe(new Uri(endpoint)));
        Assert.Equal("EndpointRefused", error.ErrorId);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private static AccessToken Read(JObject claims) =>
        AccessToken.Read(GraphFixture.Secret($"eyJhbGciOiJub25lIn0.{Convert.ToBase64String(Encoding.UTF8.GetBytes(claims.ToString())).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.signature"));
}
