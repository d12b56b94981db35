using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Users;

/// <summary>Keeps which emergency accounts an administrator named for a tenant: one file a tenant, in a folder of the user's own.</summary>
/// <param name="folder">The folder; made when something is kept.</param>
internal sealed class EmergencyAccountStore(string folder)
{
    private const string Mark = "PasskeyAdmin.EmergencyAccounts";

    /// <summary>Empty where none were kept.</summary>
    /// <param name="tenant">The id of the tenant.</param>
    /// <exception cref="PasskeyAdminException"><c>EmergencyAccountsUnreadable</c>: who they are is then not known.</exception>
    public IReadOnlyList<string> Read(string tenant)
    {
        var path = PathOf(tenant);
        if (!File.Exists(path)) return [];
        try
        {
            using var reader = new JsonTextReader(new StreamReader(path, Encoding.UTF8)) { DateParseHandling = DateParseHandling.None, MaxDepth = 8 };
            var json = JObject.Load(reader);
            if (JsonText.Of(json, "format") == Mark && tenant.Equals(JsonText.Of(json, "tenant"), StringComparison.OrdinalIgnoreCase) && json["accounts"] is JArray accounts && accounts.All(a => a is JValue { Value: string { Length: > 0 } }))
                return [.. accounts.Select(a => (string)a!)];
            throw Unreadable(path, "it has another form", null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Unreadable(path, e is JsonException json ? JsonFault.Reason(json) : e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>Keeps them in the place of those before; none forgets the tenant.</summary>
    /// <exception cref="PasskeyAdminException"><c>EmergencyAccountsNotKept</c>.</exception>
    public void Write(string tenant, IReadOnlyList<string> accounts)
    {
        var path = PathOf(tenant);
        try
        {
            if (accounts.Count == 0)
            {
                File.Delete(path);
                return;
            }
            Directory.CreateDirectory(folder);
            var draft = $"{path}.{Guid.NewGuid():N}";
            Drafted(draft, path, tenant, accounts);
        }
        catch (DirectoryNotFoundException) when (accounts.Count == 0)
        {
            // Nothing was kept.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new PasskeyAdminException(ErrorKind.Unavailable, "EmergencyAccountsNotKept", $"The emergency accounts could not be kept in '{InputFile.Shown(folder)}': {e.Message} They hold for this connection; set PASSKEYADMIN_HOME to a folder that you may write to.", e);
        }
    }

    /// <summary>Whole or not at all, whoever else writes.</summary>
    private static void Drafted(string draft, string path, string tenant, IReadOnlyList<string> accounts)
    {
        try
        {
            using (var writer = new StreamWriter(PrivateFile.Open(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None), new UTF8Encoding(false)))
                writer.Write(new JObject { ["format"] = Mark, ["tenant"] = tenant, ["accounts"] = new JArray(accounts) }.ToString(Formatting.Indented));
            try
            {
                if (!File.Exists(path)) File.Move(draft, path);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process was quicker.
            }
            if (File.Exists(draft)) File.Replace(draft, path, null);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private string PathOf(string tenant) => Path.Combine(folder, $"emergency-accounts-{tenant.ToLowerInvariant()}.json");

    private static PasskeyAdminException Unreadable(string path, string reason, Exception? cause) =>
        new(ErrorKind.InvalidData, "EmergencyAccountsUnreadable", $"The emergency accounts that were kept for this tenant ('{InputFile.Shown(path)}') cannot be read: {reason}. Name them anew with Connect-PasskeyTenant -EmergencyAccount.", cause);
}
