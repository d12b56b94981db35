using System;
using System.Globalization;
using PasskeyAdmin.Devices;

namespace PasskeyAdmin.Core.Tests.Devices;

public class InventoryDateTests
{
    [Theory]
    [InlineData("2026-08-01 12:34:56.0000000", "2026-08-01T12:34:56Z")]
    [InlineData("2026-08-01T12:34:56Z", "2026-08-01T12:34:56Z")]
    [InlineData("2026-08-01T12:34:56.1234567+02:00", "2026-08-01T10:34:56.1234567Z")]
    [InlineData("2026-08-01 12:34:56", "2026-08-01T12:34:56Z")]
    [InlineData("2026-08-01", "2026-08-01T00:00:00Z")]
    public void Dates_without_a_zone_are_UTC(string text, string expected) => Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), InventoryDate.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("0001-01-01 00:00:00.0000000")]
    [InlineData("1601-01-01T00:00:00Z")]
    [InlineData("9999-12-31 23:59:59.9999999")]
    [InlineData("08/01/2026 12:00:00 AM")]
    [InlineData("yesterday")]
    public void Never_and_what_must_be_guessed_are_no_date(string? text) => Assert.Null(InventoryDate.Parse(text));
}
