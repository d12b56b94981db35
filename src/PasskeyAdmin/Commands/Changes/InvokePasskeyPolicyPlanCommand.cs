using System.Management.Automation;
using PasskeyAdmin.Changes;

namespace PasskeyAdmin.Commands;

/// <summary>Applies a plan that was made with -PlanOnly, today or earlier: it is checked and measured again, and refused where the policy is no longer the one that it was made from.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PasskeyPolicyPlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(PasskeyPolicyPlan), typeof(PasskeyPolicyChange))]
public sealed class InvokePasskeyPolicyPlanCommand : PolicyChangeCmdlet
{
    private const string ObjectSet = "Plan";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object? Plan { get; set; }

    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Path { get; set; }

    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath")]
    public string? LiteralPath { get; set; }

    protected override void ProcessRecord() => WithTenant(() =>
    {
        var plan = ParameterSetName == ObjectSet ? Plans.Of(Plan) : PlanDocument.Parse(Plans.Read(InputPaths.Single(SessionState.Path, Path, LiteralPath, "PlanAmbiguous")));
        Walk(Session, Client, new PolicyPlanner(Session, Client, Catalog).Plan(plan, plan.Undoes is null ? [] : History(), StopToken));
    }, target: Plan ?? Path ?? LiteralPath);
}
