using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>
/// What Conditional Access said to a sign-in: the policies of tenant.json that reached it, and how its steps ended. To keep the log small, the policies are
/// named on failures, on sign-ins of administrators and to the ERP system, and on every tenth of the rest; the summary is always there.
/// </summary>
/// <param name="compliant">Ids of devices that are compliant.</param>
internal sealed class ContosoAccess(HashSet<string> compliant)
{
    private const int Sample = 10;
    private const string Success = "success";
    private const string Failure = "failure";
    private const string Applied = "appliedConditionalAccessPolicies";

    private static readonly Policy Multifactor = new("a185e219-f4bc-46d0-b39a-5d207be8e6f9", "Multifactor authentication for everybody outside the offices", "Mfa");
    private static readonly Policy Administrators = new("b296f32a-05cd-47e1-84ab-6e318cf9f70a", "Phishing-resistant sign-in for administrators", "Require authentication strength - Phishing-resistant MFA");
    private static readonly Policy Erp = new("c3a7043b-16de-48f2-95bc-7f429d0a081b", "Finance: approved passkeys for the ERP system", "Require authentication strength - Finance: approved passkeys");
    private static readonly Policy Trial = new("d4b8154c-27ef-4903-a6cd-80530e1b192c", "Phishing-resistant sign-in for everybody (trial)", "Require authentication strength - Phishing-resistant, or a pass for the first day");
    private static readonly Policy Registration = new("f6da376e-4901-4b25-88ef-a275203d3b4e", "Security information only from a compliant device or an office", "RequireCompliantDevice");
    private static readonly Policy France = new("07eb487f-5a12-4c36-99f0-b386314e4c5f", "France: compliant devices", "RequireCompliantDevice");

    /// <summary>What a password needs help for: the only first steps that the trial does not take.</summary>
    private const string Password = "Password";

    /// <summary>Writes it into the sign-in.</summary>
    /// <param name="employee">Null for guests and shared accounts, which one policy reaches.</param>
    /// <param name="number">The place in the log: decides the sample.</param>
    public void Describe(JObject signIn, ContosoEmployee? employee, int number)
    {
        var error = (int?)signIn["status"]?["errorCode"] ?? 0;
        End((JArray)signIn["authenticationDetails"]!, error);
        var results = Results(signIn, employee, error).ToList();
        if (results.Count is 0) return;
        var isFailure = results.Any(r => r.Result is Failure);
        signIn["conditionalAccessStatus"] = isFailure ? Failure : Success;
        var isNamed = isFailure || number % Sample is 0 || results.Any(r => r.Policy == Administrators || r.Policy == Erp);
        if (!isNamed) return;
        results.Add((Trial, error is 0 && (string?)signIn["authenticationDetails"]![0]!["authenticationMethod"] is not Password ? "reportOnlySuccess" : "reportOnlyFailure"));
        signIn[Applied] = new JArray(results.Select(r => new JObject { ["id"] = r.Policy.Id, ["displayName"] = r.Policy.Name, ["enforcedGrantControls"] = new JArray(r.Policy.Control), ["result"] = r.Result }));
    }

    /// <summary>Policies are asked when somebody is who they say: not after a wrong password or a passkey that is refused.</summary>
    private IEnumerable<(Policy Policy, string Result)> Results(JObject signIn, ContosoEmployee? employee, int error)
    {
        if (error is not (0 or ContosoFailures.BlockedByAccessPolicy or ContosoFailures.DeviceNotCompliant or ContosoFailures.SecondFactorNotCompleted or ContosoFailures.SecondFactorNeeded or ContosoFailures.RegistrationNeeded)) yield break;
        var (time, app) = (ContosoCalendar.Parse((string)signIn["createdDateTime"]!), (string)signIn["appId"]!);
        var isOutside = !ContosoAddresses.IsOffice((string)signIn["ipAddress"]!);
        // A password alone goes no further than to the question for the second factor; a policy that blocks asks first.
        var isAlone = signIn["authenticationDetails"] is JArray { Count: 1 } steps && (string?)steps[0]["authenticationMethod"] is Password;
        if (isOutside) yield return (Multifactor, isAlone || error is ContosoFailures.SecondFactorNotCompleted ? Failure : Success);
        var isRefused = error is ContosoFailures.BlockedByAccessPolicy || (string?)signIn["authenticationDetails"]![0]!["authenticationMethod"] is Password;
        if (employee is null) yield break;
        if (employee.IsAdministrator) yield return (Administrators, isRefused ? Failure : Success);
        if (app is ContosoApps.Erp && time >= ContosoCalendar.ErpDemand) yield return (Erp, isRefused ? Failure : Success);
        if (employee.Country.Code is "FR" && time >= ContosoCalendar.FranceDemand) yield return (France, IsCompliant(signIn) ? Success : Failure);
        if (app is ContosoApps.SecurityInformation && isOutside) yield return (Registration, IsCompliant(signIn) ? Success : Failure);
    }

    private bool IsCompliant(JObject signIn) => (string?)signIn["deviceDetail"]!["deviceId"] is { } device && compliant.Contains(device);

    /// <summary>Where the last step failed or a policy said no, the steps before were good.</summary>
    private static void End(JArray steps, int error)
    {
        var (good, bad) = error switch
        {
            ContosoFailures.SecondFactorNotCompleted => (steps.Count - 1, 1),
            ContosoFailures.SecondFactorNeeded or ContosoFailures.RegistrationNeeded or ContosoFailures.BlockedByAccessPolicy or ContosoFailures.DeviceNotCompliant => (steps.Count, 0),
            _ => (0, 0),
        };
        for (var i = 0; i < good + bad; i++) steps[i]["succeeded"] = i < good;
    }

    private sealed record Policy(string Id, string Name, string Control);
}
