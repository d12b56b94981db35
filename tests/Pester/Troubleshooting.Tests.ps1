BeforeAll {
    . $PSScriptRoot/PasskeyAdmin.Helpers.ps1
    $homeBefore = $env:PASSKEYADMIN_HOME
    $env:PASSKEYADMIN_HOME = Join-Path $TestDrive 'home'
    $null = Connect-PasskeyTenant -Sandbox
}

AfterAll {
    Disconnect-PasskeyTenant
    $env:PASSKEYADMIN_HOME = $homeBefore
}

Describe 'Test-PasskeyUser' {
    It 'names the narrowed profile, who narrowed it and when, and two ways out' {
        $cause = (Test-PasskeyUser kenji.moreau@contoso.com -Symptom StoppedWorking).Cause[0]
        $cause.CauseId, $cause.Confidence | Should -Be 'PasskeyTypeNotAllowed', 'Certain'
        $cause.Summary | Should -Match 'narrowed on 2026-11-02 08:15 UTC by pradeep.petrova@contoso.com'
        $cause.NextStep.Command | Where-Object { $_ } | ForEach-Object { ($_ -split ' ')[0] } | Should -Be 'Set-PasskeyProfile', 'New-PasskeyTemporaryAccessPass'
    }

    It 'reads users from a file' {
        'UserPrincipalName,Ticket', 'lidia.gu@contoso.com,1', 'nobody@contoso.com,2', 'saoirse.siciliani@contoso.com,3' | Set-Content TestDrive:/tickets.csv
        $answers = Import-Csv TestDrive:/tickets.csv | Test-PasskeyUser -ErrorVariable missing -ErrorAction SilentlyContinue
        $answers.ForEach({ $_.Cause[0].CauseId }) | Should -Be 'UserExcluded', 'AccountLocked'
        $missing[0].FullyQualifiedErrorId | Should -BeLike 'UserNotFound*'
    }

    It 'shows the answer to read out, and every check where that is wanted' {
        Test-PasskeyUser lidia.gu@contoso.com | Out-String | Should -Match '1\. Certain: The user is in Shared kiosk accounts'
        Test-PasskeyUser lidia.gu@contoso.com -Detailed | Out-String | Should -Match 'Checked \(30 of 38; 8 do not apply'
        Test-PasskeyUser pradeep.petrova@contoso.com | Out-String | Should -Match 'Nothing found: 34 checks'
    }

    It 'can be put into a ticket and kept' {
        Test-PasskeyUser lidia.gu@contoso.com | Export-Clixml TestDrive:/answer.xml
        $kept = Import-Clixml TestDrive:/answer.xml
        $kept.Text | Should -Match 'UserExcluded'
        $kept | Out-String | Should -Match 'Shared kiosk accounts'
        (Test-PasskeyUser lidia.gu@contoso.com | ConvertTo-Json -Depth 4 | ConvertFrom-Json).Cause[0].CauseId | Should -Be 'UserExcluded'
        Test-PasskeyUser lidia.gu@contoso.com | Select-Object -ExpandProperty Cause | Out-String | Should -Match 'Rank\s+Confidence\s+CauseId'
        Test-PasskeyUser lidia.gu@contoso.com | Select-Object -ExpandProperty Check | Out-String | Should -Match 'Outcome\s+Check\s+Detail'
        (Test-PasskeyUser lidia.gu@contoso.com).Cause[0].Evidence | Out-String | Should -Match 'Source\s+At \(UTC\)\s+Text'
    }
}

Describe 'Get-PasskeyErrorCode' {
    It 'explains a code' {
        Get-PasskeyErrorCode 135016 | Out-String | Should -Match '135016\s+FIDO sign-in is disabled by policy'
        (Get-PasskeyErrorCode 135016).Confidence | Should -Be 'Community'
        (Get-PasskeyErrorCode -Text "This security key doesn't look familiar")[0].CauseId | Should -Be 'PasskeyNotInEntra'
    }

    It 'completes codes' {
        (TabExpansion2 'Get-PasskeyErrorCode 1350' -cursorColumn 25).CompletionMatches.CompletionText | Should -Contain '135016'
    }
}
