using System.Text.Json;
using CsCheck;
using PasskeyAdmin.Sandbox.Storage;

namespace PasskeyAdmin.Core.Tests.Sandbox;

public class StrictJsonTests
{
    private static readonly string[] Words = ["{", "}", "[", "]", ",", ":", "\"a\"", "1", "true", " "];

    [Theory]
    [InlineData("{}")]
    [InlineData(" [ ] ")]
    [InlineData("""{ "a": [1, -0.5e+10, true, null, "x\u00e9\n", {}], "b": { "c": "" } }""")]
    [InlineData("3")]
    public void Is_JSON(string text) => Assert.True(StrictJson.IsValid(text));

    [Theory]
    [InlineData("")]
    [InlineData("{ 'a': 1 }")]
    [InlineData("{ a: 1 }")]
    [InlineData("""{ "a": 1, }""")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[1 2]")]
    [InlineData("""{ "a" 1 }""")]
    [InlineData("""{ "a": 1 /* why */ }""")]
    [InlineData("[1]]")]
    [InlineData("[1}")]
    [InlineData("{ \"a\": }")]
    [InlineData("{ \"a\" }")]
    [InlineData("01")]
    [InlineData("NaN")]
    [InlineData("truex")]
    [InlineData("\"a\nb\"")]
    [InlineData("{} {}")]
    public void Is_none(string text) => Assert.False(StrictJson.IsValid(text));

    [Fact]
    public void It_agrees_with_another_reader() => Gen.Int[0, Words.Length - 1].Select(i => Words[i]).Array[0, 9].Select(w => string.Concat(w)).Sample(text => StrictJson.IsValid(text) == IsJson(text), iter: 20_000);

    private static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
