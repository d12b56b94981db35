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

Describe 'Get-PasskeyPilotApplication' {
    It 'lists applications, those with the most sign-ins first' {
        $applications = Get-PasskeyPilotApplication
        $applications | Should -HaveCount 9
        $applications.SignIn | Should -Be ($applications.SignIn | Sort-Object -Descending)
        $applications[0].Name, $applications[0].SignIn, $applications[0].User | Should -Be 'Office 365 Exchange Online', 231, 175
        $applications | ForEach-Object { $_.PhishingResistant + $_.Other + $_.NotKnown } | Should -Be $applications.SignIn
        $applications.TenantId | Sort-Object -Unique | Should -Be $tenant.TenantId
    }

    It 'says which group to begin with' {
        $portal = Get-PasskeyPilotApplication 'Azure Portal'
        $portal.Suitability | Should -Be 'GroupCandidate'
        $portal.Advice | Should -BeLike 'Pilot it with the group Passkey pilot: 14 of the 14 users there*'
        $portal.Group[0].Name, $portal.Group[0].Member, $portal.Group[0].User | Should -Be 'Passkey pilot', 151, 14
        $portal.DemandPolicy | Should -Be 'Phishing-resistant sign-in for administrators'
    }

    It 'takes names, ids, wildcards and its own output' {
        (Get-PasskeyPilotApplication 'contoso *', c44b4083-3bb0-49c1-b47d-974e53cbdf3c).Name | Should -Be 'Contoso Warehouse', 'Contoso Travel', 'Azure Portal', 'Contoso Payroll', 'Contoso ERP'
        Get-PasskeyPilotApplication -MinimumUser 100 | Export-Csv TestDrive:/applications.csv
        (Import-Csv TestDrive:/applications.csv | Get-PasskeyPilotApplication).ApplicationId | Should -Be (Import-Csv TestDrive:/applications.csv).ApplicationId
        (Import-Csv TestDrive:/applications.csv)[0].Group | Should -BeLike 'Passkey pilot, *'
        { Get-PasskeyPilotApplication payrol -ErrorAction Stop } | Should -Throw -ErrorId 'ApplicationNotSeen,*' -ExpectedMessage "*Did you mean 'Contoso Payroll'?*"
    }

    It 'says where it did not read everything' {
        $cut = Get-PasskeyPilotApplication -MaximumSignIn 100 -WarningVariable said -WarningAction SilentlyContinue
        $cut.IsWhole | Sort-Object -Unique | Should -Be $false
        "$said" | Should -BeLike 'There are more sign-ins in the last 7 days than the 100 that were read.*-MaximumSignIn*'
    }

    It 'can be shown in windows of <Width>' -ForEach @{ Width = 80; Column = 'Groups' }, @{ Width = 120; Column = 'Advice' } {
        $shown = Get-PasskeyPilotApplication | Out-String -Width $Width
        $shown | Should -Match "Name +SignIns +Users Resistant Pilot .*$Column"
        $shown.Split("`n").TrimEnd() | ForEach-Object Length | Sort-Object -Descending | Select-Object -First 1 | Should -BeLessOrEqual $Width
    }

    It 'can be shown whole' {
        Get-PasskeyPilotApplication 'Azure Portal' | Format-List | Out-String -Width 120 | Should -Match 'Privileged administrators: 3 of 12, 3 with a method'
        (Get-PasskeyPilotApplication 'Azure Portal').Group | Out-String | Should -Match 'Passkey pilot +151 +14 +14'
    }
}
