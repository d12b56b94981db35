using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace PasskeyAdmin.Troubleshooting;

/// <summary>The answer as somebody on the phone reads it: causes with what was seen, what to do and what to say. Commands stand on lines of their own and are never broken.</summary>
internal static class DiagnosisText
{
    private const int Width = 78;
    private const int FullCauses = 3;
    private const int MostEvidence = 4;
    private const int MostTitles = 3;

    public static string Of(PasskeyUserDiagnosis diagnosis)
    {
        var lines = new List<string>();
        var name = diagnosis.UserPrincipalName ?? diagnosis.UserId;
        var about = diagnosis.Symptom is PasskeySymptom.Auto ? "" : $" - {Words(diagnosis.Symptom)}{(diagnosis.AskedSymptom is PasskeySymptom.Auto ? " (by what was read)" : "")}";
        Add(lines, "", $"{name}{(diagnosis.UserDisplayName is { } display && display != name ? $" ({display})" : "")}{about}", "");
        if (diagnosis.ErrorCode is { } code) Add(lines, "", $"{code}. {code.Meaning}{(code.CauseId.Count == 0 ? $" {code.Remedy}" : "")} [{code.Confidence}]", "");
        foreach (var cause in diagnosis.Cause) AddCause(lines, cause, diagnosis.IsDetailed);
        if (diagnosis.Cause.Count == 0) Add(lines, "", diagnosis.Summary, "");
        foreach (var note in diagnosis.Note) Add(lines, "Note: ", note, "      ");
        if (diagnosis.IsDetailed || (diagnosis.Cause.Count == 0 && diagnosis.IsClear)) AddChecks(lines, diagnosis);
        AddNotChecked(lines, diagnosis);
        return string.Join("\n", lines);
    }

    private static void AddCause(List<string> lines, PasskeyCause cause, bool isDetailed)
    {
        Add(lines, $"{cause.Rank}. {cause.Confidence}: ", $"{cause.Summary} [{cause.CauseId}]", "   ");
        if (cause.Rank > FullCauses && !isDetailed) return;
        var seen = isDetailed ? cause.Evidence : [.. cause.Evidence.Take(MostEvidence)];
        foreach (var (evidence, index) in seen.Select((e, i) => (e, i))) Add(lines, index == 0 ? "   Seen: " : "         ", $"{evidence}", "         ");
        if (seen.Count < cause.Evidence.Count) Add(lines, "         ", $"and {cause.Evidence.Count - seen.Count} more", "         ");
        foreach (var step in cause.NextStep)
        {
            Add(lines, step.IsForCaller ? "   Say:  " : "   Do:   ", step.IsForCaller ? $"\"{step.Text}\"" : step.Text, "         ");
            if (step.Command is { } command) AddCommand(lines, command);
        }
    }

    /// <summary>Broken behind the name and before parameters alone, with the mark by which PowerShell reads on: what is copied runs.</summary>
    private static void AddCommand(List<string> lines, string command)
    {
        var line = new StringBuilder("   PS> ");
        foreach (var part in Parts(command))
        {
            if (line.Length > 9 && line.Length + part.Length + 2 > Width)
            {
                lines.Add(line.Append('`').ToString());
                line.Clear().Append(' ', 9);
            }
            line.Append(part);
        }
        lines.Add(line.ToString().TrimEnd());
    }

    /// <summary>The name of a command, and each parameter with its values; a dash within quotes begins none.</summary>
    private static IEnumerable<string> Parts(string command)
    {
        var (start, isQuoted) = (command.IndexOf(' ') + 1, false);
        yield return command.Substring(0, start);
        for (var i = 0; i < command.Length; i++)
        {
            if (command[i] == '\'') isQuoted = !isQuoted;
            if (isQuoted || i <= start || command[i] != '-' || command[i - 1] != ' ') continue;
            yield return command.Substring(start, i - start);
            start = i;
        }
        yield return command.Substring(start);
    }

    private static void AddChecks(List<string> lines, PasskeyUserDiagnosis diagnosis)
    {
        var beside = diagnosis.Check.Count(c => c.Outcome is UserCheckOutcome.NotApplicable);
        lines.Add($"Checked ({diagnosis.Made} of {diagnosis.Check.Count}{(beside == 0 ? "" : beside == 1 ? "; 1 does not apply" : $"; {beside} do not apply")}; logs since {diagnosis.Since.UtcDateTime:yyyy-MM-dd}):");
        foreach (var check in diagnosis.Check.Where(c => diagnosis.IsDetailed || c.Outcome is not (UserCheckOutcome.NotChecked or UserCheckOutcome.NotApplicable)))
            Add(lines, $"   {check.Outcome,-13} ", diagnosis.IsDetailed ? $"{check.Title}: {check.Detail}" : check.Title, "                 ");
        if (diagnosis.Check.Any(c => c.Outcome is UserCheckOutcome.Aside)) Add(lines, "   ", "(Aside: something is there that is no reason for this.)", "   ");
    }

    private static void AddNotChecked(List<string> lines, PasskeyUserDiagnosis diagnosis)
    {
        var open = diagnosis.Check.Where(c => c.Outcome is UserCheckOutcome.NotChecked).ToList();
        if (open.Count == 0 && diagnosis.NotRead.Count == 0) return;
        lines.Add(diagnosis.Cause.Count == 0 ? "Not checked, so this is no all-clear:" : "Not checked:");
        // One reason may stand in the way of many checks: it is told once.
        if (!diagnosis.IsDetailed)
            foreach (var same in open.GroupBy(c => c.Detail))
                Add(lines, "   ", same.Count() == 1 ? $"{same.First().Title}: {same.Key}" : $"{same.Key} ({same.Count()} checks: {NameLists.And(same.Select(c => c.Title).Take(MostTitles))}{(same.Count() > MostTitles ? " and more" : "")})", "      ");
        foreach (var gap in diagnosis.Gaps.Where(g => diagnosis.IsDetailed || !open.Any(c => c.Detail.Contains(g.Reason)))) Add(lines, "   ", diagnosis.IsDetailed ? $"{gap}" : gap.Reason, "      ");
        if (!diagnosis.IsDetailed && diagnosis.Gaps.Any(g => g.Answer is not null))
        {
            Add(lines, "   Do:   ", "See what is missing to read it; -Detailed has what Microsoft Graph says.", "         ");
            AddCommand(lines, "Test-PasskeyPrerequisite -Capability Helpdesk");
        }
    }

    private static string Words(PasskeySymptom symptom) => symptom switch
    {
        PasskeySymptom.CannotRegister => "cannot register a passkey",
        PasskeySymptom.OptionMissing => "no passkey is offered",
        PasskeySymptom.CannotSignIn => "cannot sign in with a passkey",
        PasskeySymptom.StoppedWorking => "the passkey stopped working",
        PasskeySymptom.LostDevice => "lost a device",
        _ => "",
    };

    /// <summary>Breaks between words.</summary>
    private static void Add(List<string> lines, string first, string text, string indent)
    {
        var line = new StringBuilder(first);
        var isEmpty = true;
        foreach (var word in text.Split(' '))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                lines.Add(line.ToString());
                line.Clear().Append(indent);
                isEmpty = true;
            }
            if (!isEmpty) line.Append(' ');
            line.Append(word);
            isEmpty = false;
        }
        lines.Add(line.ToString().TrimEnd());
    }
}
