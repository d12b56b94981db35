namespace PasskeyAdmin;

/// <summary>Where something stands in a file; both are counted from 1.</summary>
internal sealed record FilePlace(int Line, int Column)
{
    public static FilePlace Start { get; } = new(1, 1);

    public override string ToString() => $"line {Line}, column {Column}";
}

/// <summary>Something that a file says, and where.</summary>
internal sealed record Placed<T>(T Value, FilePlace Place);
