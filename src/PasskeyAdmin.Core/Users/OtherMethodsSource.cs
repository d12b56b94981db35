using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Newtonsoft.Json.Linq;
using PasskeyAdmin.Graph;

namespace PasskeyAdmin.Users;

/// <summary>
/// Reads which phishing-resistant methods users have beside passkeys: Windows Hello for Business and platform credentials as they are now, and certificates, which are in no list of methods, from the
/// registration report (reference/graph-users-and-usage.md §1, §2). No more is asked for than it takes to find one.
/// </summary>
internal sealed class OtherMethodsSource(GraphClient client)
{
    private const string AmbiguousCertificate = "Whether a certificate of the user counts as two factors, the registration report does not say.";

    /// <param name="userIds">Each once.</param>
    public IReadOnlyDictionary<string, OtherMethods> Read(IReadOnlyList<string> userIds, CancellationToken token)
    {
        var found = new Dictionary<string, OtherMethods>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, answer, path) in Ask(userIds, i => $"/v1.0/users/{Uri.EscapeDataString(i)}/authentication/methods", token)) found[id] = OfList(answer, path, token);
        // Narrower permissions show the two kinds one by one, and not all methods together.
        ReadSingly(found, [.. userIds.Where(id => found[id].OpenReason is not null)], token);
        foreach (var (id, answer, path) in Ask([.. userIds.Where(id => found[id].HasAny != true)], i => $"{RegistrationReport.Path}/{Uri.EscapeDataString(i)}", token)) found[id] = WithCertificates(found[id], answer, path);
        return found;
    }

    private void ReadSingly(Dictionary<string, OtherMethods> found, IReadOnlyList<string> userIds, CancellationToken token)
    {
        var methods = userIds.ToDictionary(id => id, _ => ReportedMethods.None);
        var reasons = userIds.ToDictionary(id => id, _ => (string?)null);
        foreach (var (list, method) in new[] { ("windowsHelloForBusinessMethods", ReportedMethods.WindowsHelloForBusiness), ("platformCredentialMethods", ReportedMethods.PlatformCredential) })
        {
            foreach (var (id, answer, path) in Ask(userIds, i => $"/v1.0/users/{Uri.EscapeDataString(i)}/authentication/{list}", token))
            {
                var read = GraphReading.Try("Which other methods the user has", () => client.BodyOf(answer, path));
                if (read.IsRead && read.Value["value"] is JArray { Count: > 0 }) methods[id] |= method;
                reasons[id] ??= read.Reason;
            }
        }
        foreach (var id in userIds) found[id] = new OtherMethods(methods[id]) { OpenReason = reasons[id] };
    }

    private IEnumerable<(string Id, GraphAnswer Answer, string Path)> Ask(IReadOnlyList<string> userIds, Func<string, string> pathOf, CancellationToken token)
    {
        var paths = userIds.Select(pathOf).ToList();
        foreach (var (answer, index) in client.GetMany(paths, token).Select((a, i) => (a, i)))
        {
            if (answer.Status == 401) throw client.ErrorOf(answer, paths[index]);
            yield return (userIds[index], answer, paths[index]);
        }
    }

    private OtherMethods OfList(GraphAnswer answer, string path, CancellationToken token)
    {
        var read = GraphReading.Try("Which other methods the user has", () => client.ItemsOf(client.BodyOf(answer, path), path, token).ToList());
        return read.IsRead ? new OtherMethods(UserMethods.Of(read.Value, isAll: true, isBeta: false, default).Others ?? ReportedMethods.None) : new OtherMethods(ReportedMethods.None) { OpenReason = read.Reason };
    }

    private OtherMethods WithCertificates(OtherMethods known, GraphAnswer answer, string path)
    {
        if (answer.IsGone) return known with { OpenReason = known.OpenReason ?? $"Whether the user has a certificate is not known. {RegistrationReport.WithoutUser}" };
        if (answer is not { IsSuccess: true, Body: { } row } || row["methodsRegistered"] is not JArray words)
            return known with { OpenReason = known.OpenReason ?? $"Whether the user has a certificate could not be read. {RegistrationReport.WhyMissing(client.ErrorOf(answer, path))}" };
        // What else the report has may be gone since; what is asked of it is what no list has.
        var certificates = ReportWords.Of(words) & (ReportedMethods.MultifactorCertificate | ReportedMethods.Certificate);
        return known with { Methods = known.Methods | certificates, OpenReason = known.OpenReason ?? (certificates is ReportedMethods.Certificate ? AmbiguousCertificate : null) };
    }
}
