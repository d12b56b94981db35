namespace PasskeyAdmin.Graph;

/// <summary>Why a request has no answer that could be used.</summary>
internal enum GraphFault
{
    None,

    /// <summary>No connection, or it broke.</summary>
    ConnectionFailed,
    TimedOut,

    /// <summary>The session's own handlers tried again and gave up, where they cannot be told not to.</summary>
    GivenUp,

    /// <summary>JSON that ends too early or is broken.</summary>
    Damaged,

    /// <summary>Something else than JSON, such as the page of a proxy.</summary>
    NotJson,

    /// <summary>Graph, or who pretends to be it, wants the request to go elsewhere.</summary>
    Redirected,
}
