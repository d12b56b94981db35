using System;
using System.Collections.Generic;
using System.Linq;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>A check of one user and what came of it.</summary>
public sealed class PasskeyUserCheck
{
    internal PasskeyUserCheck(string id, string title, UserCheckOutcome outcome, string detail)
    {
        Id = id;
        Title = title;
        Outcome = outcome;
        Detail = detail;
    }

    public string Id { get; }

    public string Title { get; }

    public UserCheckOutcome Outcome { get; }

    /// <summary>What was seen, or why it could not be.</summary>
    public string Detail { get; }

    public override string ToString() => $"{Title}: {Outcome}";
}

/// <summary>Why one user has trouble with passkeys, as far as the tenant tells.</summary>
public sealed class PasskeyUserDiagnosis
{
    internal PasskeyUserDiagnosis(UserCase user, PasskeySymptom symptom, IReadOnlyList<PasskeyCause> causes, IReadOnlyList<PasskeyUserCheck> checks, bool isDetailed)
    {
        UserId = user.User.Id;
        UserPrincipalName = user.User.UserPrincipalName is { } name ? DisplayText.Neutralise(name) : null;
        UserDisplayName = user.User.DisplayName is { } display ? DisplayText.Neutralise(display) : null;
        AskedSymptom = user.Symptom;
        Symptom = symptom;
        ErrorCode = user.Code;
        Since = user.Since;
        ReadAt = user.Now;
        Cause = new JoinedList<PasskeyCause>(causes);
        Check = new JoinedList<PasskeyUserCheck>(checks);
        Gaps = user.NotRead;
        NotRead = new JoinedList<string>([.. user.NotRead.Select(g => $"{g}")]);
        Note = new JoinedList<string>(user.Notes);
        IsDetailed = isDetailed;
        TenantId = user.TenantId;
    }

    /// <summary>The object id, or what was asked for where the account could not be read.</summary>
    public string UserId { get; }

    /// <summary>Safe to show; null where it could not be read.</summary>
    public string? UserPrincipalName { get; }

    /// <summary>Safe to show; null where it could not be read.</summary>
    public string? UserDisplayName { get; }

    /// <summary>The symptom that was given.</summary>
    public PasskeySymptom AskedSymptom { get; }

    /// <summary>The symptom that was looked for; <see cref="PasskeySymptom.Auto"/> where none was given and nothing tells.</summary>
    public PasskeySymptom Symptom { get; }

    /// <summary>What the table has for the code or message that was given; null for none.</summary>
    public PasskeyErrorCode? ErrorCode { get; }

    /// <summary>The causes, the first one first; empty where none was found.</summary>
    public IReadOnlyList<PasskeyCause> Cause { get; }

    /// <summary>All checks with their outcomes.</summary>
    public IReadOnlyList<PasskeyUserCheck> Check { get; }

    /// <summary>What could not be read, and why. Checks that need it are NotChecked.</summary>
    public IReadOnlyList<string> NotRead { get; }

    /// <summary>What else whoever answers should know.</summary>
    public IReadOnlyList<string> Note { get; }

    /// <summary>From when on the logs were read, in UTC.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>When it was read, in UTC.</summary>
    public DateTimeOffset ReadAt { get; }

    /// <summary>
    /// True where nothing is wrong and everything could be looked at. Nothing found with checks left out is no all-clear; nor is a code or message that was given and that nothing explains.
    /// </summary>
    public bool IsClear => Cause.Count == 0 && Check.All(c => c.Outcome is not UserCheckOutcome.NotChecked) && NotRead.Count == 0;

    /// <summary>The answer in a sentence.</summary>
    public string Summary => Cause.Count > 0 ? Cause[0].Summary
        : IsClear ? $"Nothing found: {Made} checks, and none names a cause."
        : string.Join(" ", Open());

    /// <summary>Whether <see cref="Text"/> has every check.</summary>
    public bool IsDetailed { get; }

    /// <summary>The whole answer in lines, to read out or to put into a ticket.</summary>
    public string Text => DiagnosisText.Of(this);

    /// <summary>The tenant that it was read from; null where its id is not known.</summary>
    public string? TenantId { get; }

    public override string ToString() => $"{UserPrincipalName ?? UserId}: {Summary}";

    /// <summary>The same as <see cref="NotRead"/>, with the reasons by themselves.</summary>
    internal IReadOnlyList<Gap> Gaps { get; }

    /// <summary>Checks that looked at something.</summary>
    internal int Made => Check.Count(c => c.Outcome is not (UserCheckOutcome.NotChecked or UserCheckOutcome.NotApplicable));

    /// <summary>What is to be said where no cause was found, and it is no all-clear.</summary>
    private IEnumerable<string> Open()
    {
        var told = Check.FirstOrDefault(c => c.Id == ToldCheck.Name && c.Outcome is UserCheckOutcome.NotChecked);
        var open = Check.Count(c => c.Outcome is UserCheckOutcome.NotChecked && c != told);
        if (told is null) yield return "Nothing found in what could be read.";
        else if (ErrorCode is not { } code) yield return "Nothing found in what could be read, and the code or message that was given is not known.";
        else yield return $"The {(code.Code is null ? "message" : $"code {code.Code}")} says: {code.Text}. {told.Detail} What may help: {code.Remedy}";
        if (told is null || open > 0) yield return $"{open} of {Check.Count} checks could not be made.";
    }
}
