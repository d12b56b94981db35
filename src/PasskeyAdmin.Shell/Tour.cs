using System;
using System.IO;

namespace PasskeyAdmin.Shell;

/// <summary>Shows the main jobs on the sample inventory and the sample tenant of the module.</summary>
internal static class Tour
{
    public static int Run(ShellSession session, string module)
    {
        var sample = Path.Combine(module, "Samples", "contoso-devices.csv");
        var proposed = Path.Combine(module, "Samples", "contoso-proposed-policy.json");
        (string About, string Command)[] steps =
        [
            ("Who makes or keeps passkeys? The module knows providers by name and by AAGUID.", "Get-PasskeyProvider -Name 'Apple*', 'Google Password Manager', 1Password, Bitwarden, 'Microsoft Authenticator', 'YubiKey 5*'"),
            ("What does a device need for synced passkeys? Microsoft's table, cell for cell.", "Get-PasskeyDeviceRequirement -TargetType Synced"),
            ("How ready is the fleet? The sample is an Intune export of Contoso with 1,500 devices.", "Measure-PasskeyDeviceReadiness -Path $sample -By Platform"),
            ("What stands in the way?", "Measure-PasskeyDeviceReadiness -Path $sample -By Reason"),
            ("How many people have a ready device? (Ready: at least one device. All: all of theirs.)", "Measure-PasskeyDeviceReadiness -Path $sample -By User"),
            ("Which devices cannot, and what helps? (the first ten)", "(Test-PasskeyDeviceReadiness -Path $sample -Status NotReady)[0..9]"),
            ("And if only Google Password Manager is allowed on Android? (the first five that are not ready)",
                "(Import-PasskeyDeviceInventory $sample | Where-Object Platform -eq Android | Test-PasskeyDeviceReadiness -Provider 'Google Password Manager' -Status NotReady)[0..4]"),
            ("Now a tenant: Contoso again, built in. Nothing leaves this machine; a real one is connected with Connect-PasskeyTenant alone.", "Connect-PasskeyTenant -Sandbox"),
            ("What would stand in the way of changing its policy? (each check passes, fails, or cannot be told)", "Test-PasskeyPrerequisite"),
            ("Is its passkey policy on, is it enrolled in profiles, who is shut out, and how much room is left?", "Get-PasskeyPolicy"),
            ("Which passkeys does it allow whom? (AAGUIDs shown by provider)", "Get-PasskeyProfile"),
            ("Which groups are the profiles meant for?", "Get-PasskeyProfileTarget"),
            ("What is wrong with it by best practice? (what locks somebody out or protects nothing; of 40 rules the first four that fail)", "(Test-PasskeyPolicy -Severity Error | Where-Object Outcome -eq Fail)[0..3]"),
            ("Somebody proposes to take synced passkeys out of the pilot. Whom would that affect? (nothing is written)", "Measure-PasskeyPolicyImpact -Path $proposed -Summary"),
            ("Who are they? (the first eight: administrators come first)", "(Measure-PasskeyPolicyImpact -Path $proposed)[0..7]"),
            ("The same change, worked out by the command that makes it. (-PlanOnly: nothing is written)", "Set-PasskeyProfile 'Synced pilot' -TargetType DeviceBound -PlanOnly"),
            ("Made all the same: it would be refused without -AllowLockout, and without a question it needs a limit. (in the sandbox; the journal is in a folder that the tour deletes)",
                "Set-PasskeyProfile 'Synced pilot' -TargetType DeviceBound -Confirm:$false -AllowLockout -MaximumAffectedUser 200 -PassThru -JournalPath $journal"),
            ("And taken back, from the journal.", "Undo-PasskeyPolicyChange (Get-PasskeyPolicyChange -JournalPath $journal)[0] -Confirm:$false -JournalPath $journal"),
            ("What was changed?", "Get-PasskeyPolicyChange -JournalPath $journal"),
            ("The policy as code: kept in a file by names, and then somebody changes the tenant by hand. What is no longer as in the file?",
                "Export-PasskeyPolicy \"$journal/policy.json\" 3>$null; Set-PasskeyPolicy -SelfServiceRegistration $false -JournalPath $journal; Compare-PasskeyPolicy \"$journal/policy.json\""),
            ("Made as in the file again. (The same file would make another tenant like it, where groups have other ids.)", "Import-PasskeyPolicy \"$journal/policy.json\" -JournalPath $journal -PassThru"),
            ("Passkeys for applications: which are good ones to begin with? (the first three)", "(Get-PasskeyPilotApplication)[0..2]"),
            ("What does Conditional Access demand already, and whom would that refuse today?", "Get-PasskeyAuthenticationStrength -IncludeRefusedUser"),
            ("The keys of a profile as a strength, demanded for two applications. (report-only: it takes sign-in from nobody)",
                "New-PasskeyAuthenticationStrength 'Keys of administrators' -FromProfile 'Privileged access' -AllowTemporaryAccessPass -JournalPath $journal | New-PasskeyConditionalAccessPolicy 'Keys for ERP and payroll' -Application 'Contoso ERP', 'Contoso Payroll' -IncludeGroup Finance -ExcludeGroup 'Emergency access accounts' -JournalPath $journal"),
            ("And if it were enabled? (-WhatIf: nothing is sent)", "New-PasskeyConditionalAccessPolicy 'Keys for ERP' -Strength 'Keys of administrators' -Application 'Contoso ERP' -IncludeGroup Finance -ExcludeGroup 'Emergency access accounts' -State Enabled -WhatIf"),
            ("Why can this Global Administrator sign in with a synced passkey at all?", "Get-PasskeyEffectivePolicy saoirse.wilke@contoso.com"),
            ("The helpdesk: a passkey worked, and no longer does. Why, who did it, what to do, and what to say?", "Test-PasskeyUser kenji.moreau@contoso.com -Symptom StoppedWorking -JournalPath $journal"),
            ("A phone is lost: does its owner get back in?", "Test-PasskeyRecovery henrietta.gu@contoso.com"),
            ("What was on it goes, and all sessions end. (-WhatIf: nothing is sent)", "Get-PasskeyRegistration henrietta.gu@contoso.com | Where-Object Name -eq 'Authenticator' | Remove-PasskeyRegistration -RevokeSession -JournalPath $journal -WhatIf"),
            ("What happened to passkeys in the last days that somebody should look at?", "Get-PasskeyAuditEvent -AnomalyOnly"),
            ("How ready are its devices, as Intune knows them, for what the profile of its administrators allows?", "Get-PasskeyDevice -Source Intune | Measure-PasskeyDeviceReadiness -By Platform -Profile 'Privileged access'"),
            ("And how does the tenant look to an application that has no permissions?", "$null = Connect-PasskeyTenant -Sandbox -SandboxSetting @{ isAppOnly = $true; scopes = @() } 3>$null; Test-PasskeyPrerequisite | Where-Object Outcome -eq Fail; $null = Connect-PasskeyTenant -Sandbox"),
            ("What would be a sound profile to start from?", "Get-PasskeyProfileTemplate"),
            ("And what does the first scenario need that no profile can express?", "(Get-PasskeyProfileTemplate HighSecurity).Advice[1..2]"),
        ];
        Console.WriteLine("PasskeyAdmin: which devices are ready for passkeys in Microsoft Entra ID, and what does the policy of a tenant allow, whom would a change of it lock out, and how is it made and taken back?");
        // Not in the user's own journal.
        var journal = Path.Combine(Path.GetTempPath(), $"passkeyadmin-tour-{Guid.NewGuid():N}");
        Directory.CreateDirectory(journal);
        try
        {
            if (session.RunCommand($"$sample = '{sample.Replace("'", "''")}'; $proposed = '{proposed.Replace("'", "''")}'; $journal = '{journal.Replace("'", "''")}'") is not 0 and var failed) return failed;
            foreach (var (about, command) in steps)
            {
                Console.WriteLine();
                Console.WriteLine($"# {about}");
                Console.WriteLine($"PS> {command}");
                if (session.RunCommand(command) is not 0 and var code) return code;
            }
        }
        finally
        {
            Directory.Delete(journal, recursive: true);
        }
        Console.WriteLine("""

            # What to do next
            Export your own devices (Intune: Devices > All devices > Export; Entra: Devices > Download devices; Jamf: an advanced search) and run:
              dotnet run --project src/PasskeyAdmin.Shell -- -Command 'Measure-PasskeyDeviceReadiness -Path devices.csv -By Platform'
            A sandbox that you can edit:
              dotnet run --project src/PasskeyAdmin.Shell -- -Command 'Connect-PasskeyTenant -Sandbox -Path tenant.json; Get-PasskeyProfile'
            In PowerShell:  Import-Module ./out/PasskeyAdmin/PasskeyAdmin.psd1;  Get-Help about_PasskeyAdmin
            """);
        return 0;
    }
}
