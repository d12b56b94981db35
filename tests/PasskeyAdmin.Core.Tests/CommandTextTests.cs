namespace PasskeyAdmin.Core.Tests;

public class CommandTextTests
{
    [Theory]
    [InlineData("Apple Passwords", "'Apple Passwords'")]
    [InlineData("O'Brien", "'O''Brien'")]
    [InlineData("‘a’ ‚b‛", "'‘‘a’’ ‚‚b‛‛'")]
    [InlineData("$(Remove-Item x)", "'$(Remove-Item x)'")]
    [InlineData("a\nb", "'a b'")]
    [InlineData("", "''")]
    public void Text_becomes_a_literal(string value, string expected) => Assert.Equal(expected, CommandText.Quote(value));
}
