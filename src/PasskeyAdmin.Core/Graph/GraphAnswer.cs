using System;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Graph;

/// <summary>What came of one request.</summary>
internal sealed record GraphAnswer
{
    /// <summary>0 where no answer came.</summary>
    public int Status { get; init; }

    public GraphFault Fault { get; init; }

    /// <summary>Null where the answer has none, as a 204.</summary>
    public JObject? Body { get; init; }

    public string? RequestId { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What else a message can say about a fault: the host of a redirect, the media type of what is not JSON.</summary>
    public string? Detail { get; init; }

    public Exception? Cause { get; init; }

    /// <summary>The path of the batch, where the batch as a whole failed: its 404 says nothing of what was asked for in it. Else null.</summary>
    public string? BatchPath { get; init; }

    public bool IsSuccess => Fault is GraphFault.None && Status is >= 200 and < 300;

    /// <summary>Whether the object that was asked for is known not to be there.</summary>
    public bool IsGone => Status == 404 && Fault is GraphFault.None && BatchPath is null;

    /// <summary>Whether the same read may well succeed later. 502 is what a gateway answers where its service is away, as 503 and 504.</summary>
    public bool IsTransient => Fault is GraphFault.ConnectionFailed or GraphFault.TimedOut or GraphFault.Damaged || (Fault is GraphFault.None && Status is 408 or 429 or 502 or 503 or 504);

    /// <summary>Whether a write that got this answer may have taken effect all the same. A 429 was turned away unread, as any other 4xx but 408.</summary>
    public bool LeavesOutcomeUnknown => !IsSuccess && Status is 0 or (>= 200 and < 300) or 408 or (>= 500 and not 501);

    /// <summary>Graph's error object; null where the answer has none.</summary>
    public JObject? Error => Body?["error"] as JObject;

    public string? Code => JsonText.Of(Error, "code");
}
