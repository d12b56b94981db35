BeforeAll {
    . $PSScriptRoot/PasskeyAdmin.Helpers.ps1
    $homeBefore = $env:PASSKEYADMIN_HOME
    $env:PASSKEYADMIN_HOME = Join-Path $TestDrive 'home'
    $tenant = Connect-PasskeyTenant -Sandbox
    $month = [DateTimeOffset]'2026-10-25Z'
}

AfterAll {
    Disconnect-PasskeyTenant
    $env:PASSKEYADMIN_HOME = $homeBefore
}

Describe 'Get-PasskeyAuditEvent' {
    It 'joins what the log writes twice, and says who did it' {
        $registered = Get-PasskeyAuditEvent adele.robbins@contoso.com -Kind Registration -Since $month | Where-Object Initiator -eq OtherUser
        $registered.Activity | Should -Be 'Add Passkey (device-bound)', 'Admin registered security info'
        $registered.InitiatedBy, $registered.Provider | Should -Be 'lee.robbins@contoso.com', 'Token2 security keys'
        $registered.Anomaly.Kind | Should -Contain 'RegisteredBySomebodyElse'
        $registered.At | Should -BeOfType [DateTimeOffset]
    }

    It 'leaves what somebody should look at' {
        $found = Get-PasskeyAuditEvent -AnomalyOnly -Since $month -WarningAction SilentlyContinue
        $found | ForEach-Object { $_.Anomaly.Count | Should -BeGreaterThan 0 }
        $found.Anomaly.Kind | Should -Contain 'ManyOfOneUser'
        ($found | Where-Object UserPrincipalName -eq megan.fernandez@contoso.com).Anomaly[0].Reason | Should -Be '4 passkeys of this user were registered within an hour.'
    }

    It 'says in words what was changed in the policy' {
        Connect-PasskeyTenant -Sandbox | Out-Null
        Set-PasskeyProfile 'Synced pilot' -TargetType DeviceBound -SkipImpact -AllowLockout -Confirm:$false -WarningAction SilentlyContinue
        $change = Get-PasskeyAuditEvent -Kind PolicyChange | Select-Object -First 1
        $change.Change | Should -Be 'Synced pilot: - passkey type Synced'
        $change.UserPrincipalName | Should -BeNullOrEmpty
        Connect-PasskeyTenant -Sandbox | Out-Null
    }

    It 'shows use with its country and without its address' {
        $use = Get-PasskeyAuditEvent kenji.moreau@contoso.com -Kind Use
        ($use | Where-Object Succeeded -eq No).ErrorCode | Select-Object -Unique | Should -Be 135016
        $use.Country | Select-Object -Unique | Should -Be 'FR'
        $use | ConvertTo-Json -Depth 5 | Should -Not -Match '\b(\d{1,3}\.){3}\d{1,3}\b'
    }

    It 'tells the passkey from the sign-in' {
        $use = Get-PasskeyAuditEvent carla.gu@contoso.com -Kind Use -Since $month | Where-Object ErrorCode -eq 53000
        [string]$use.Succeeded | Should -Be 'Yes'
        $use.Summary | Should -BeLike '*it was accepted, and then the sign-in was refused (53000)*'
    }

    It 'warns of what could not be judged, and not of what is not looked at' {
        $null = Get-PasskeyAuditEvent adele.robbins@contoso.com -AnomalyOnly -Kind Registration -Since $month -WarningVariable said
        $said | Should -BeNullOrEmpty
    }

    It 'takes users from the pipeline, and says who is not there' {
        $found = 'kenji.moreau@contoso.com', 'nobody@contoso.com', 'saoirse.wilke@contoso.com' | Get-PasskeyAuditEvent -ErrorVariable missing -ErrorAction SilentlyContinue
        $found.UserPrincipalName | Select-Object -Unique | Should -Be 'kenji.moreau@contoso.com', 'saoirse.wilke@contoso.com'
        $missing[0].FullyQualifiedErrorId | Should -BeLike 'UserNotFound*'
    }

    It 'goes on without a sign-in log' {
        $free = Connect-PasskeyTenant -Sandbox -SandboxSetting @{ licence = 'Free' }
        $found = Get-PasskeyAuditEvent adele.robbins@contoso.com -Since $month -Tenant $free -WarningVariable said -WarningAction SilentlyContinue
        $found.Kind | Select-Object -Unique | Should -Not -Contain 'Use'
        "$said" | Should -BeLike '*premium licence*'
        { Get-PasskeyAuditEvent -Kind Use -Tenant $free -ErrorAction Stop } | Should -Throw -ErrorId 'PremiumLicenceRequired,PasskeyAdmin.Commands.GetPasskeyAuditEventCommand'
        Connect-PasskeyTenant -Sandbox | Out-Null
    }

    It 'can be saved and shown' {
        Get-PasskeyAuditEvent -Kind Registration | Select-Object -First 2 | Export-Csv TestDrive:/events.csv
        Import-Csv TestDrive:/events.csv | Should -HaveCount 2
        Get-PasskeyAuditEvent adele.robbins@contoso.com -Kind Registration -Since $month | Out-String -Width 120 | Should -Match '! lee\.robbins@contoso\.com registered'
    }

    It 'refuses a date that is yet to come' {
        { Get-PasskeyAuditEvent -Since ([DateTimeOffset]'2030-01-01Z') -ErrorAction Stop } | Should -Throw -ErrorId 'AuditSinceInFuture,PasskeyAdmin.Commands.GetPasskeyAuditEventCommand'
    }
}

Describe 'Test-PasskeyRecovery' {
    It 'says whether a user gets back in, why, and what to add' {
        $recovery = Test-PasskeyRecovery saoirse.wilke@contoso.com
        $recovery.Verdict, $recovery.SyncedCopy, $recovery.SecondPasskey, $recovery.PassRole | Should -Be 'RecoverableAlone', 'Yes', 'No', 'Privileged Authentication Administrator'
        $recovery.Add[0] | Should -BeLike 'Register a second passkey*'
        # A strength for administrators takes no pass, also before the page of registration.
        $recovery.Add[1] | Should -BeLike 'Let the authentication strength take a Temporary Access Pass*'
        $recovery.Why | Should -Contain 'A Temporary Access Pass may be issued, by somebody with the role Privileged Authentication Administrator.'
    }

    It 'tests the whole tenant' {
        $all = Test-PasskeyRecovery -WarningVariable said -WarningAction SilentlyContinue
        $byVerdict = $all | Group-Object -Property Verdict -AsHashTable -AsString
        $byVerdict.RecoverableAlone.Count, $byVerdict.RecoverableWithHelpdesk.Count, $byVerdict.Stranded.Count | Should -Be 221, 479, 82
        # Some may have a pass, and could register no passkey with it: they are excluded.
        $byVerdict.Stranded | Where-Object PassAllowed -NE No | ForEach-Object { $_.Why -match 'register no passkey at all' } | Should -HaveCount 3
        $said | Should -HaveCount 1
    }

    It 'tests a group, with a checkpoint' {
        $before = Test-PasskeyRecovery -Group 'Passkey pilot' -CheckpointPath TestDrive:/recovery.jsonl -WarningAction SilentlyContinue
        $after = Test-PasskeyRecovery -Group 'Passkey pilot' -CheckpointPath TestDrive:/recovery.jsonl -WarningVariable resumed -WarningAction SilentlyContinue
        ($after | Sort-Object UserId).Verdict | Should -Be ($before | Sort-Object UserId).Verdict
        "$resumed" | Should -BeLike '*taken from the checkpoint*'
    }

    It 'says what it does not look at' {
        (Test-PasskeyRecovery kenji.moreau@contoso.com).Why | Should -Contain "From which devices and places the user gets to the registration is not looked at: that is for 'Security information only from a compliant device or an office' and 'France: compliant devices' to say."
    }

    It 'takes a missing licence neither for an open road nor for a closed one' {
        $free = Connect-PasskeyTenant -Sandbox -SandboxSetting @{ licence = 'Free' }
        $recovery = 'kenji.moreau@contoso.com', 'saoirse.wilke@contoso.com' | Test-PasskeyRecovery -Tenant $free -WarningAction SilentlyContinue
        $recovery.Verdict | Should -Be 'Unknown', 'RecoverableAlone'
        $recovery.Why -match 'Most likely it has no such policy' | Should -HaveCount 2
        Connect-PasskeyTenant -Sandbox | Out-Null
    }

    It 'is one Boolean with -Quiet' {
        Test-PasskeyRecovery saoirse.wilke@contoso.com -Quiet | Should -BeTrue
        'saoirse.wilke@contoso.com', 'lukasz.cattaneo@contoso.com' | Test-PasskeyRecovery -Quiet -WarningAction SilentlyContinue | Should -BeFalse
        'saoirse.wilke@contoso.com', 'nobody@contoso.com' | Test-PasskeyRecovery -Quiet -ErrorAction SilentlyContinue | Should -BeFalse
    }

    It 'can be shown' {
        Test-PasskeyRecovery lukasz.cattaneo@contoso.com -WarningAction SilentlyContinue | Out-String -Width 120 | Should -Match 'Stranded\s+No passkey is registered'
        Test-PasskeyRecovery saoirse.wilke@contoso.com | Format-List | Out-String | Should -Match 'AccountRecovery\s+: Unknown'
    }
}
