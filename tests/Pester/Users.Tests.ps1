BeforeAll {
    . $PSScriptRoot/PasskeyAdmin.Helpers.ps1
    $homeBefore = $env:PASSKEYADMIN_HOME
    $env:PASSKEYADMIN_HOME = Join-Path $TestDrive 'home'
    $tenant = Connect-PasskeyTenant -Sandbox
}

AfterAll {
    Disconnect-PasskeyTenant
    $env:PASSKEYADMIN_HOME = $homeBefore
}

Describe 'Get-PasskeyRegistration' {
    It 'reads the passkeys of a user' {
        $passkey = Get-PasskeyRegistration kenji.moreau@contoso.com
        $passkey.Provider, $passkey.PasskeyType, $passkey.Attestation, $passkey.Usable | Should -Be 'Apple Passwords', 'Synced', 'NotAttested', 'No'
        $passkey.UsableReason | Should -Be 'Default passkey profile allows DeviceBound passkeys only.'
        $passkey.CreatedAt | Should -BeOfType [DateTimeOffset]
        $passkey.HasLastUse | Should -BeTrue
    }

    It 'reads the whole tenant' {
        $all = Get-PasskeyRegistration
        $all | Should -HaveCount 458
        $all | Select-Object -ExpandProperty UserId -Unique | Should -HaveCount 390
        $byAnswer = $all | Group-Object -Property Usable -AsHashTable -AsString
        $byAnswer.No | Should -HaveCount 46
        $byAnswer.Unknown.UserPrincipalName | Should -Be 'isaiah.wilke@contoso.com'
    }

    It 'reads a group' {
        Get-PasskeyRegistration -Group 'Privileged administrators' | Select-Object -First 1 | ForEach-Object TenantId | Should -Be $tenant.TenantId
        { Get-PasskeyRegistration -Group Sales -ErrorAction Stop } | Should -Throw -ErrorId 'GroupAmbiguous,PasskeyAdmin.Commands.GetPasskeyRegistrationCommand'
    }

    It 'takes users by <Name>' -ForEach @(
        @{ Name = 'id'; User = [pscustomobject]@{ Id = 'be82b635-094f-4c5a-a126-8b078e574bd2'; DisplayName = 'Raul' } }
        @{ Name = 'user principal name'; User = [pscustomobject]@{ UserPrincipalName = 'raul.gu@contoso.com'; Mail = 'nobody@contoso.com' } }
        @{ Name = 'text'; User = 'raul.gu@contoso.com' }
    ) {
        ($User | Get-PasskeyRegistration).Provider | Should -Be 'Google Password Manager'
    }

    It 'takes the rows of a file, and says who is not there' {
        'UPN,Office', 'raul.gu@contoso.com,Berlin', 'nobody@contoso.com,Paris', 'kenji.moreau@contoso.com,Oslo' | Set-Content TestDrive:/users.csv
        $found = Import-Csv TestDrive:/users.csv | Get-PasskeyRegistration -ErrorVariable missing -ErrorAction SilentlyContinue
        $found.UserPrincipalName | Should -Be 'raul.gu@contoso.com', 'kenji.moreau@contoso.com'
        $missing[0].FullyQualifiedErrorId | Should -BeLike 'UserNotFound*'
    }

    It 'can be saved and shown' {
        Get-PasskeyRegistration raul.gu@contoso.com | Export-Csv TestDrive:/passkeys.csv
        (Import-Csv TestDrive:/passkeys.csv).Profile | Should -Be 'Synced pilot'
        Get-PasskeyRegistration raul.gu@contoso.com | Out-String -Width 120 | Should -Match 'Google Password Manager\s+Yes\s+Synced pilot allows\s+\(Synced, claimed\)\s+it'
        Get-PasskeyRegistration raul.gu@contoso.com | Format-List | Out-String | Should -Match 'LastUsedAt\s+: \d'
    }

    It 'goes on where an earlier run stopped' {
        $before = Get-PasskeyRegistration -Group 'Passkey pilot' -CheckpointPath TestDrive:/registrations.jsonl
        $after = Get-PasskeyRegistration -Group 'Passkey pilot' -CheckpointPath TestDrive:/registrations.jsonl -WarningVariable resumed -WarningAction SilentlyContinue
        $after.Id | Should -Be $before.Id
        $resumed | Should -BeLike '*users were taken from the checkpoint*'
    }
}

Describe 'Get-PasskeyEffectivePolicy' {
    It 'says what a user may do, and why' {
        $effective = Get-PasskeyEffectivePolicy saoirse.wilke@contoso.com
        $effective.Profile.Name | Should -Be 'Default passkey profile', 'Privileged access', 'Synced pilot'
        $effective.Passkey | ForEach-Object { "$($_.PasskeyType) $($_.MayRegister) $($_.MaySignIn)" } | Should -Be 'DeviceBound Yes Yes', 'Synced Yes Yes'
        $effective.Passkey[1].Profile | Should -Be 'Synced pilot'
        $effective | Out-String | Should -Match 'Synced: Synced pilot allows it'
    }

    It 'says which exclusion shuts somebody out' {
        $effective = Get-PasskeyEffectivePolicy lidia.gu@contoso.com
        $effective.Excluded, $effective.Exclusion.Name | Should -Be 'Yes', 'Shared kiosk accounts'
        $effective.Passkey.MaySignIn | Should -Be 'No', 'No'
    }

    It 'answers about a provider and about an AAGUID' {
        (Get-PasskeyEffectivePolicy anna.novak@contoso.com -Provider Dashlane).Passkey.SignInReason | Should -BeLike '*does not have this AAGUID in its list*'
        (Get-PasskeyEffectivePolicy anna.novak@contoso.com -AaGuid bada5566-a7aa-401f-bd96-45619a55120d).Passkey.MaySignIn | Should -Be 'Yes'
    }

    It 'answers for rows of the impact, and under the proposed policy' {
        $rows = Measure-PasskeyPolicyImpact -Path $proposal | Select-Object -First 2
        ($rows | Get-PasskeyEffectivePolicy).UserPrincipalName | Should -Be $rows.UserPrincipalName
        ($rows | Get-PasskeyEffectivePolicy -Policy (Get-Content $proposal -Raw)).Passkey | Where-Object PasskeyType -eq Synced | ForEach-Object MaySignIn | Should -Be 'No', 'No'
    }

    It 'answers about a passkey type, and about each passkey that somebody has' {
        (Get-PasskeyEffectivePolicy raul.gu@contoso.com -TargetType Synced).Passkey.PasskeyType | Should -Be 'Synced'
        { Get-PasskeyEffectivePolicy raul.gu@contoso.com -TargetType None -ErrorAction Stop } | Should -Throw -ErrorId 'TargetTypeEmpty,*'
        $passkey = Get-PasskeyRegistration raul.gu@contoso.com
        $answer = $passkey | Get-PasskeyEffectivePolicy
        $answer.UserPrincipalName | Should -Be 'raul.gu@contoso.com'
        $answer.Passkey.AaGuid | Should -Be $passkey.AaGuid
        $answer.Passkey.MaySignIn | Should -Be $passkey.Usable
    }

    It 'answers about the passkeys of everybody as their registrations do' {
        foreach ($passkey in Get-PasskeyRegistration -Group 'Privileged administrators') {
            $answers = @(($passkey | Get-PasskeyEffectivePolicy).Passkey.MaySignIn | Select-Object -Unique)
            $(if ($answers.Count -eq 1) { $answers[0] } else { 'Unknown' }) | Should -Be $passkey.Usable
        }
        $unknown = Get-PasskeyRegistration isaiah.wilke@contoso.com
        $unknown.Usable | Should -Be 'Unknown'
        ($unknown | Get-PasskeyEffectivePolicy).Passkey.MaySignIn | Should -Be 'Yes', 'No'
    }

    It 'does not answer another question where a column is not understood' {
        $rows = 'UserId,AaGuid,PasskeyType', 'raul.gu@contoso.com,,', 'raul.gu@contoso.com,nonsense,Synced', 'raul.gu@contoso.com,fbfc3007-154e-4ecc-8c0b-6e020557d7bd,device-bound', 'raul.gu@contoso.com,fbfc3007-154e-4ecc-8c0b-6e020557d7bd,Synced' | ConvertFrom-Csv
        $answers = $rows | Get-PasskeyEffectivePolicy -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -Be (@('ParameterArgumentTransformationError,PasskeyAdmin.Commands.GetPasskeyEffectivePolicyCommand') * 2)
        $answers[0].Passkey.PasskeyType | Should -Be 'DeviceBound', 'Synced'
        $answers[1].Passkey.AaGuid | Should -Be 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd'
        (Get-PasskeyRegistration raul.gu@contoso.com | Get-PasskeyEffectivePolicy -Provider 'YubiKey 5C*').Passkey[-1].PasskeyType | Should -Be 'DeviceBound'
    }

    It 'is shown the same when it comes from a file' {
        $file = Join-Path $TestDrive 'answers.xml'
        $answers = (Get-PasskeyEffectivePolicy lidia.gu@contoso.com), (Get-PasskeyRegistration raul.gu@contoso.com), (Measure-PasskeyPolicyImpact -Path $proposal | Select-Object -First 1)
        foreach ($answer in $answers) {
            $answer | Export-Clixml -Path $file -Depth 3
            (Import-Clixml -Path $file | Out-String -Width 200) | Should -Be ($answer | Out-String -Width 200)
        }
    }
}

Describe 'Measure-PasskeyPolicyImpact' {
    It 'gives the totals of a file' {
        $summary = Measure-PasskeyPolicyImpact -Path $proposal -Summary
        $summary.Change | Should -Be 'Synced pilot: - passkey type Synced'
        $summary.Stranded, $summary.LosesPasskeySignIn, $summary.LosesPasskey, $summary.Unknown, $summary.Unaffected | Should -Be 60, 44, 28, 0, 665
        $summary.Affected, $summary.NotRead.Count | Should -Be 132, 0
        $summary.EmergencyAccountBasis | Should -Be 'Presumed'
        $summary.DataAsOf | Should -BeLessThan $summary.MeasuredAt
        ($summary.ImpactCount | Where-Object Impact -eq Stranded).Administrator | Should -Be 2
        $summary | Out-String | Should -Match '60 Stranded \(2 administrators\)'
    }

    It 'names administrators first' {
        $rows = Measure-PasskeyPolicyImpact -Path $proposal
        $rows[0, 1].UserPrincipalName | Should -Be 'raul.gu@contoso.com', 'saoirse.wilke@contoso.com'
        "$($rows[0].LostPasskey)" | Should -Be 'Google Password Manager (Synced), by Synced pilot'
        $groups = $rows | Where-Object IsEnabled | Group-Object Impact -AsHashTable -AsString
        $groups.Stranded.Count, $groups.LosesPasskeySignIn.Count, $groups.LosesPasskey.Count | Should -Be 60, 44, 28
        $groups.Keys | Should -HaveCount 3
    }

    It 'counts disabled accounts apart' {
        Measure-PasskeyPolicyImpact -Path $proposal | Where-Object IsEnabled -eq $false | ForEach-Object Impact | Sort-Object -Unique | Should -Be 'Unknown'
        $rows = Measure-PasskeyPolicyImpact -Path $proposal -IncludeDisabled
        $rows | Where-Object { $_.IsEnabled -eq $false -and $_.IsAffected } | Should -HaveCount 3
        $summary = Measure-PasskeyPolicyImpact -Path $proposal -IncludeDisabled -Summary
        $summary.Disabled, $summary.Stranded | Should -Be 3, 60
    }

    It 'shows those who lose nothing as well' {
        (Measure-PasskeyPolicyImpact -LiteralPath $proposal -IncludeUnaffected | Where-Object Impact -eq Unaffected) | Should -HaveCount 665
    }

    It 'takes the policy, changed' {
        $policy = (Get-PasskeyPolicy).ToJson() | ConvertFrom-Json
        ($policy.passkeyProfiles | Where-Object name -eq 'Synced pilot').passkeyTypes = 'deviceBound'
        ($policy | Measure-PasskeyPolicyImpact -Summary).Stranded | Should -Be 60
        ($policy | ConvertTo-Json -Depth 10 | Measure-PasskeyPolicyImpact -Summary).Stranded | Should -Be 60
    }

    It 'takes the part that changes' {
        $summary = Measure-PasskeyPolicyImpact @{ state = 'disabled' } -Summary
        $summary.Change | Should -Be 'policy: Enabled -> Disabled'
        $summary.LosesPasskey, $summary.AffectedEmergencyAccount | Should -Be 0, 1
    }

    It 'says that nothing would change' {
        Get-PasskeyPolicy | Measure-PasskeyPolicyImpact -WarningVariable said -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $said | Should -BeLike '*nothing would change*'
    }

    It 'refuses what it does not know' {
        { Measure-PasskeyPolicyImpact @{ stat = 'disabled' } -ErrorAction Stop } | Should -Throw -ErrorId 'ProposedPolicyInvalid,PasskeyAdmin.Commands.MeasurePasskeyPolicyImpactCommand'
        { Measure-PasskeyPolicyImpact -Path TestDrive:/nowhere.json -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound*'
    }

    It 'can be saved as a table, from which users are read again' {
        Measure-PasskeyPolicyImpact -Path $proposal | Export-Csv TestDrive:/impact.csv
        $row = Import-Csv TestDrive:/impact.csv | Select-Object -First 1
        $row.Impact, $row.LostPasskey | Should -Be 'Stranded', 'Google Password Manager (Synced), by Synced pilot'
        ($row | Get-PasskeyRegistration).PasskeyType | Should -Be 'Synced'
    }

    It 'measures several tenants' {
        ($tenant, (Connect-PasskeyTenant -Sandbox) | Measure-PasskeyPolicyImpact -Path $proposal -Summary).Affected | Should -Be 132, 132
    }

    It 'gives the same from a checkpoint, which is private' {
        $first = Measure-PasskeyPolicyImpact -Path $proposal -CheckpointPath TestDrive:/impact.jsonl
        $second = Measure-PasskeyPolicyImpact -Path $proposal -CheckpointPath TestDrive:/impact.jsonl -WarningVariable resumed -WarningAction SilentlyContinue
        "$resumed" | Should -BeLike "134 users were taken from the checkpoint*"
        "$($second.UserId) $($second.Impact)" | Should -Be "$($first.UserId) $($first.Impact)"
        if ($IsLinux -or $IsMacOS) { (Get-Item TestDrive:/impact.jsonl).UnixMode | Should -Be '-rw-------' }
        { Measure-PasskeyPolicyImpact -Path $proposal -CheckpointPath $proposal -ErrorAction Stop } | Should -Throw -ErrorId 'CheckpointInvalid*'
    }

    It 'says before what it will read' {
        $said = Measure-PasskeyPolicyImpact -Path $proposal -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | ForEach-Object Message
        $said | Should -Contain 'Registration report of about 822 users, the audit log since, and the members of 5 groups: 2 requests.'
    }
}

Describe 'Emergency accounts' {
    AfterAll { $null = Connect-PasskeyTenant -Sandbox }

    It 'are kept for a tenant in a file, until they are forgotten' {
        $path = Join-Path $TestDrive 'tenant.json'
        $accounts = 'emergency1@contoso.onmicrosoft.com', 'emergency2@contoso.onmicrosoft.com'
        $null = Connect-PasskeyTenant -Path $path -EmergencyAccount $accounts -WarningAction SilentlyContinue
        (Connect-PasskeyTenant -Path $path).EmergencyAccount | Should -Be $accounts
        (Measure-PasskeyPolicyImpact -Path $proposal -Summary).EmergencyAccountBasis | Should -Be 'Named'
        $kept = Get-ChildItem $env:PASSKEYADMIN_HOME
        $kept | Should -HaveCount 1
        if ($IsLinux -or $IsMacOS) { $kept.UnixMode | Should -Be '-rw-------' }
        (Connect-PasskeyTenant -Path $path -ForgetEmergencyAccount).EmergencyAccount | Should -BeNullOrEmpty
        Get-ChildItem $env:PASSKEYADMIN_HOME | Should -BeNullOrEmpty
        { Connect-PasskeyTenant -Path $path -ForgetEmergencyAccount -EmergencyAccount $accounts -ErrorAction Stop } | Should -Throw -ErrorId 'EmergencyAccountContradicted*'
    }

    It 'are not kept for the sample tenant in memory' {
        $null = Connect-PasskeyTenant -Sandbox -EmergencyAccount emergency1@contoso.onmicrosoft.com
        (Connect-PasskeyTenant -Sandbox).EmergencyAccount | Should -BeNullOrEmpty
    }

    It 'are presumed from Conditional Access where none was named' {
        $null = Connect-PasskeyTenant -Sandbox
        Measure-PasskeyPolicyImpact @{ state = 'disabled' } | Where-Object EmergencyAccount -eq Presumed | ForEach-Object UserPrincipalName | Should -Be 'emergency1@contoso.onmicrosoft.com'
    }
}
