using System;
using System.Collections.Generic;
using System.Linq;
using PasskeyAdmin.Sandbox.Contoso;
using PasskeyAdmin.Sandbox.Storage;
using PasskeyAdmin.Sandbox.Synthetic;

namespace PasskeyAdmin.Sandbox;

/// <summary>
/// A tenant in memory or in a file, for <see cref="SandboxHandler"/>. Safe for several threads: their requests take turns. Several processes may share
/// a file: who finds it changed by another answers anew, from what it holds now.
/// </summary>
public sealed class SandboxTenant
{
    private readonly object _turn = new();
    private readonly TenantFile? _file;
    private readonly TenantClock _clock = new();
    private TenantDocument _document;

    private SandboxTenant(TenantDocument document, TenantFile? file)
    {
        _document = document;
        _file = file;
    }

    /// <summary>What this tenant does where only Microsoft knows what Microsoft Graph does. Read anew with the file.</summary>
    internal SandboxSettings Settings
    {
        get
        {
            lock (_turn) return _document.Settings;
        }
    }

    /// <summary>The tenant id, a GUID, as the file has it now.</summary>
    /// <exception cref="PasskeyAdminException">The file was changed into something that is not a tenant, or is gone.</exception>
    public string Id => Serve(d => (string)d.Organization["id"]!);

    /// <summary>The name of the organisation; to be neutralised before it is shown.</summary>
    public string Name
    {
        get
        {
            lock (_turn) return (string)_document.Organization["displayName"]!;
        }
    }

    /// <summary>The settings that a tenant can have, each with what it must be and what it is where nobody sets it.</summary>
    public static IEnumerable<KeyValuePair<string, string>> DescribeSettings() =>
        SandboxSettings.All.Select(s => new KeyValuePair<string, string>(s.Key, s.Value.Demand + (s.Value.Default is { } standard ? $"; {standard.ToString().ToLowerInvariant()} by default" : "")));

    /// <summary>The built-in sample tenant, in memory; the same every time.</summary>
    public static SandboxTenant CreateContoso() => CreateContoso([]);

    /// <summary>The same with some settings of its own: flags, numbers, texts and lists of texts by their names.</summary>
    /// <exception cref="PasskeyAdminException"><c>SandboxSettingInvalid</c>.</exception>
    public static SandboxTenant CreateContoso(IEnumerable<KeyValuePair<string, object?>> settings)
    {
        var document = Contoso();
        foreach (var setting in settings) document.Settings.Take(setting.Key, setting.Value);
        if (document.Settings.Account is { } account && !document.CanSignIn(account))
            throw new PasskeyAdminException(ErrorKind.InvalidArgument, "SandboxSettingInvalid", $"The setting 'account' must be the user principal name of an enabled user of the tenant; '{DisplayText.Neutralise(account)}' is none.");
        return new SandboxTenant(document, null);
    }

    /// <summary>A tenant of any size, for benches, which is nowhere as a whole: its objects are made when they are asked for. It cannot be saved.</summary>
    internal static SandboxTenant CreateSynthetic(int users, int registrations) => new(SyntheticTenant.Create(users, registrations), null);

    /// <summary>A tenant in memory.</summary>
    /// <exception cref="PasskeyAdminException"><c>SandboxFileInvalid</c>, with line, column and JSON path.</exception>
    public static SandboxTenant Parse(string json) => new(new TenantReader("The tenant").Read(json ?? throw new ArgumentNullException(nameof(json))), null);

    /// <summary>A tenant that lives in a file: every change is saved before it is confirmed, and changes of others are seen.</summary>
    /// <exception cref="PasskeyAdminException"><c>SandboxFileInvalid</c>, <c>FileReadFailed</c>, or why the file cannot be opened (<c>FileNotFound</c> …).</exception>
    public static SandboxTenant Load(string path)
    {
        var file = new TenantFile(path ?? throw new ArgumentNullException(nameof(path)));
        return new SandboxTenant(file.Read(), file);
    }

    /// <summary>The sample tenant, saved to a file that is not there yet.</summary>
    /// <exception cref="PasskeyAdminException"><c>SandboxFileExists</c>, <c>SandboxFileNotSaved</c>.</exception>
    public static SandboxTenant Create(string path)
    {
        var file = new TenantFile(path ?? throw new ArgumentNullException(nameof(path)));
        var document = Contoso();
        file.Create(document.ToJson());
        return new SandboxTenant(document, file);
    }

    /// <summary>
    /// What time it is in this tenant, now that it is <paramref name="machineTime"/> here. A tenant with the setting <c>now</c> has a clock of its own: it begins
    /// there, or with the latest event that the tenant speaks of, and goes on from when it was first asked.
    /// </summary>
    public DateTimeOffset Now(DateTimeOffset machineTime)
    {
        lock (_turn) return _clock.Now(_document, machineTime);
    }

    /// <summary>Who is signed in, by the tenant's settings; null for nobody in particular, and for an application.</summary>
    public string? Account
    {
        get
        {
            lock (_turn) return _document.Settings.Account;
        }
    }

    /// <summary>The permissions of the sign-in; null where it has all.</summary>
    public IReadOnlyList<string>? Scopes
    {
        get
        {
            lock (_turn) return _document.Settings.Scopes;
        }
    }

    /// <summary>Whether an application is signed in.</summary>
    public bool IsAppOnly
    {
        get
        {
            lock (_turn) return _document.Settings.IsAppOnly;
        }
    }

    /// <summary>Whether requests beyond the limits of Microsoft Graph are turned away.</summary>
    public bool EnforcesThrottling
    {
        get
        {
            lock (_turn) return _document.Settings.EnforcesThrottling;
        }
    }

    /// <summary>The whole tenant as its file has it.</summary>
    public string ToJson()
    {
        lock (_turn) return _document.ToJson();
    }

    /// <summary>The long lists come when somebody asks for them, so that connecting is quick.</summary>
    private static TenantDocument Contoso()
    {
        var sections = new ContosoSections();
        return new(ContosoTenant.Create(), name => ContosoSections.Names.Contains(name) ? sections.Make(name) : null);
    }

    /// <summary>One request's turn: sees the newest state of the file and nobody else's half-done change.</summary>
    /// <exception cref="PasskeyAdminException">The file was changed into something that is not a tenant, or is gone.</exception>
    internal T Serve<T>(Func<TenantDocument, T> answer)
    {
        lock (_turn)
        {
            if (_file is { MayHaveChanged: true }) _document = _file.Read();
            return answer(_document);
        }
    }

    /// <summary>Makes a change, in memory and file or in neither. Within <see cref="Serve"/>.</summary>
    /// <exception cref="PasskeyAdminException"><c>SandboxFileNotSaved</c>.</exception>
    internal void Commit(TenantChange change)
    {
        change.Make();
        var isSaved = false;
        try
        {
            _file?.Save(_document.ToJson());
            isSaved = true;
        }
        finally
        {
            if (!isSaved) change.TakeBack();
            // What was looked up by id or by member may be found elsewhere now.
            _document = _document.AfterChange();
        }
    }
}
