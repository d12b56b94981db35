namespace PasskeyAdmin.Sandbox.Contoso;

/// <summary>The kinds of things that have dice of their own. A new kind goes to the end: the others stay as they are.</summary>
internal enum DiceKind
{
    Person,
    Method,
    Account,
    Group,
    Project,
    EntraDevice,
    PersonalDevice,
    SignIn,
    Audit,
    Unrelated,
}
