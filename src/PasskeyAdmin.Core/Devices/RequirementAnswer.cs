namespace PasskeyAdmin.Devices;

/// <summary>Whether a requirement is met. Unknown never turns into Yes or No.</summary>
public enum RequirementAnswer
{
    Unknown,
    No,
    Yes,
}
