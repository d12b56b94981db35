using System.Text;

namespace PasskeyAdmin;

/// <summary>Writes values into commands that we suggest to a user.</summary>
public static class CommandText
{
    /// <summary>
    /// A PowerShell string literal in single quotes. PowerShell ends such a string at any of five quotation marks (<c>' ‘ ’ ‚ ‛</c>), so each is
    /// doubled; text that would not be shown as it is gets neutralised first.
    /// </summary>
    public static string Quote(string value)
    {
        var text = DisplayText.Neutralise(value);
        var quoted = new StringBuilder(text.Length + 2).Append('\'');
        foreach (var c in text)
        {
            quoted.Append(c);
            if (c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B') quoted.Append(c);
        }
        return quoted.Append('\'').ToString();
    }
}
