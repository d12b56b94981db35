using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PasskeyAdmin.Graph;
using PasskeyAdmin.Rollout;
using PasskeyAdmin.Users;

namespace PasskeyAdmin.Commands;

/// <summary>Finds applications to pilot phishing-resistant sign-in with: who signs in to them, how, and in which groups these people are.</summary>
[Cmdlet(VerbsCommon.Get, "PasskeyPilotApplication")]
[OutputType(typeof(PasskeyPilotApplication))]
public sealed class GetPasskeyPilotApplicationCommand : TenantCmdlet
{
    private readonly Dictionary<TenantSession, PilotReading> _readings = [];

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ApplicationId", "AppId")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Application { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupNameCompleter))]
    public string[] Group { get; set; } = [];

    /// <summary>As long as a tenant keeps its log (reference/graph-users-and-usage.md §3).</summary>
    [Parameter]
    [ValidateRange(1, 30)]
    public int Day { get; set; } = 7;

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumSignIn { get; set; } = 50_000;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MinimumUser { get; set; }

    protected override void ProcessRecord() => WithTenant(() =>
    {
        var reading = Read();
        if (Application is null)
        {
            Write(reading.Applications);
            return;
        }
        var wanted = new HashSet<PasskeyPilotApplication>();
        foreach (var typed in Application) ForItem(typed, () => wanted.UnionWith(Find(typed, reading)));
        Write(reading.Applications.Where(wanted.Contains));
    });

    private void Write(IEnumerable<PasskeyPilotApplication> applications) => WriteObject(applications.Where(a => a.User >= MinimumUser), enumerateCollection: true);

    /// <summary>The log of a tenant is read once, however many applications come through the pipeline.</summary>
    private PilotReading Read()
    {
        if (_readings.TryGetValue(Session, out var known)) return known;
        var progress = new ReadProgressWriter(this);
        try
        {
            var options = new PilotOptions(new SignInSpan(Day, MaximumSignIn)) { Groups = Group, Announce = progress.Announce, Progress = progress };
            var reading = new PilotSource(Session, Client, Catalogs.Current(SessionState), options).Read(StopToken);
            foreach (var reason in reading.NotRead) WriteWarning(reason);
            if (!reading.Log.IsWhole) WriteWarning(string.Format(CultureInfo.InvariantCulture, "There are more sign-ins in {0} than the {1:N0} that were read. The numbers are of the newest{2}. -MaximumSignIn reads more.", Span, reading.Log.Count, reading.Log.Since is { } since ? $", since {since:u}" : ""));
            else if (reading.Log.Count == 0) WriteWarning($"The log has no sign-ins in {Span}.");
            _readings.Add(Session, reading);
            return reading;
        }
        finally
        {
            if (!StopToken.IsCancellationRequested) progress.Complete();
        }
    }

    /// <summary>A name without wildcards that means nothing is a mistake, or an application that nobody uses.</summary>
    private List<PasskeyPilotApplication> Find(string typed, PilotReading reading)
    {
        var found = NamePattern.Find(typed, reading.Applications, a => [a.Name, a.ApplicationId], "ApplicationNameInvalid");
        if (found.Count > 0 || WildcardPattern.ContainsWildcardCharacters(typed)) return found;
        var hint = NearNames.Question(typed, reading.Applications.Select(a => a.Name), "-Day looks further back.");
        throw new PasskeyAdminException(ErrorKind.NotFound, "ApplicationNotSeen", $"Nobody signed in to an application {CommandText.Quote(typed)} in {(reading.Log.IsWhole ? Span : "the sign-ins that were read")}. {hint}");
    }

    private string Span => Day == 1 ? "the last day" : $"the last {Day} days";
}
