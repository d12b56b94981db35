BeforeAll {
    . $PSScriptRoot/PasskeyAdmin.Helpers.ps1
    $homeBefore = $env:PASSKEYADMIN_HOME
    $env:PASSKEYADMIN_HOME = Join-Path $TestDrive 'home'
    $null = Connect-PasskeyTenant -Sandbox
    $finance = Get-PasskeyAuthenticationStrength Finance* -IncludeRefusedUser
}

AfterAll {
    Disconnect-PasskeyTenant
    $env:PASSKEYADMIN_HOME = $homeBefore
}

Describe 'Get-PasskeyAuthenticationStrength' {
    It 'knows whom the strength of Finance refuses, and why' {
        $finance.Refused | Should -Be '60 of 72'
        $finance.RefusedUser | Should -HaveCount 60
        ($finance.RefusedUser | Where-Object Reason -EQ 'has no phishing-resistant method').Count | Should -Be 31
        $finance.UsedBy.State | Should -Be 'Enabled'
    }

    It 'passes those on to other commands' {
        $finance.RefusedUser | Where-Object Reason -Match 'KeePassXC' | Get-PasskeyRegistration | Select-Object -ExpandProperty Provider | Should -Be 'KeePassXC'
    }

    It 'fits a narrow window' {
        $lines = (Get-PasskeyAuthenticationStrength -IncludeRefusedUser | Out-String -Width 80).Replace("`r", '').Split("`n")
        ($lines -match '^Finance: approved passkeys').Count | Should -Be 1
        $lines -match '289 of 779' | Should -HaveCount 1
        ($finance.RefusedUser | Out-String -Width 100) | Should -Match 'User\s+Account\s+Result\s+Reason'
    }

    It 'reads well as a list' {
        $list = ($finance | Format-List | Out-String -Width 120).Replace("`r", '')
        $list | Should -Match '(?m)^RefusedScope\s+: the users of ''Finance: approved passkeys for the ERP system'''
        $list | Should -Match '(?m)^\s+and 50 more$'
        (Get-PasskeyAuthenticationStrength Passwordless* | Format-List | Out-String -Width 120) | Should -Match '(?m)^UsedBy\s+:\s*$'
    }

    It 'is a table of plain values in a file' {
        Get-PasskeyAuthenticationStrength -IncludeRefusedUser | Export-Csv TestDrive:/strengths.csv -NoTypeInformation
        $row = Import-Csv TestDrive:/strengths.csv | Where-Object Name -Like 'Finance*'
        $row.Provider | Should -Be 'YubiKey 5 Series (3 of 27 AAGUIDs), 1Password, Dashlane'
        $row.RefusedCount | Should -Be 60
    }

    It 'costs one name that there is not, and no other' {
        $found = Get-PasskeyAuthenticationStrength 'Nope', Finance* -ErrorVariable failed -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'Finance: approved passkeys'
        $failed.FullyQualifiedErrorId | Should -Be 'StrengthNotFound,PasskeyAdmin.Commands.GetPasskeyAuthenticationStrengthCommand'
    }
}

Describe 'New-PasskeyAuthenticationStrength' {
    BeforeEach { $null = Connect-PasskeyTenant -Sandbox }

    It 'makes a strength of one provider, once' {
        $made = New-PasskeyAuthenticationStrength 'Keys' -Provider 'YubiKey 5 Series' -AllowTemporaryAccessPass
        $made.Passkey | Should -BeLike 'only YubiKey 5 Series*'
        $made.Combination | Should -Be 'fido2', 'temporaryAccessPassOneTime', 'temporaryAccessPassMultiUse'
        $again = New-PasskeyAuthenticationStrength 'keys' -Provider 'YubiKey 5 Series' -AllowTemporaryAccessPass 3>$null
        $again.Id | Should -Be $made.Id
        @(Get-PasskeyAuthenticationStrength Keys) | Should -HaveCount 1
    }

    It 'goes on to the policy that demands it' {
        $policy = New-PasskeyAuthenticationStrength 'Keys for travel' -FromProfile 'Privileged access' |
            New-PasskeyConditionalAccessPolicy 'Keys for travel' -Application 'Contoso Travel' -IncludeGroup 'Passkey pilot' -ExcludeGroup 'Emergency access accounts'
        $policy.State | Should -Be 'ReportOnly'
        (Get-PasskeyAuthenticationStrength 'Keys for travel').Use | Should -Be '1 report-only'
    }
}

Describe 'New-PasskeyConditionalAccessPolicy' {
    BeforeEach { $null = Connect-PasskeyTenant -Sandbox }

    It 'only reports at first' {
        $policy = New-PasskeyConditionalAccessPolicy 'Keys for payroll' -Strength 'Phishing-resistant MFA' -Application 'Contoso Payroll' -IncludeGroup 'Passkey pilot' -ExcludeGroup 'Emergency access accounts' -WarningVariable warned
        $warned | Should -BeNullOrEmpty
        $policy.Application | Should -Be 'Contoso Payroll'
        ($policy | Out-String -Width 80) | Should -Match '(?m)^Keys for payroll ReportOnly Phishing-resistant Contoso\s'
        ($policy | ConvertTo-Json -Depth 3 | ConvertFrom-Json).StrengthId | Should -Be '00000000-0000-0000-0000-000000000004'
    }

    It 'is not enabled where emergency accounts would be shut out, whatever is said' {
        { New-PasskeyConditionalAccessPolicy X -Strength 'Phishing-resistant MFA' -Application 'Contoso Payroll' -IncludeGroup 'Passkey pilot' -State Enabled -AllowLockout -SkipImpact -Confirm:$false } |
            Should -Throw -ErrorId 'EmergencyAccountNotExcluded,PasskeyAdmin.Commands.NewPasskeyConditionalAccessPolicyCommand'
    }

    It 'is not enabled without a question for more people than a number accepts' {
        $enable = @{ Name = 'X'; Strength = 'Phishing-resistant MFA'; Application = 'Contoso Payroll'; IncludeGroup = 'Passkey pilot'; ExcludeGroup = 'Emergency access accounts'; State = 'Enabled'; Confirm = $false }
        { New-PasskeyConditionalAccessPolicy @enable } | Should -Throw -ErrorId 'TooManyAffectedUsers,*'
        (New-PasskeyConditionalAccessPolicy @enable -MaximumAffectedUser 9).State | Should -Be 'Enabled'
    }
}
