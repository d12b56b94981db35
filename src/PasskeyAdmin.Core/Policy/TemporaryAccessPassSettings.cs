namespace PasskeyAdmin.Policy;

/// <summary>The policy of the Temporary Access Pass (reference/graph-users-and-usage.md §5); lifetimes in minutes, null where Graph does not say.</summary>
internal sealed record TemporaryAccessPassSettings(MethodConfiguration Method)
{
    public long? DefaultLifetime { get; init; }

    public long? MinimumLifetime { get; init; }

    public long? MaximumLifetime { get; init; }

    public bool? IsUsableOnce { get; init; }
}
