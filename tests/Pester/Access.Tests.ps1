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
