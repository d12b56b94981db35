BeforeAll {
    . $PSScriptRoot/PasskeyAdmin.Helpers.ps1
    $homeBefore = $env:PASSKEYADMIN_HOME
    $env:PASSKEYADMIN_HOME = Join-Path $TestDrive 'home'
}

AfterAll {
    Disconnect-PasskeyTenant
    $env:PASSKEYADMIN_HOME = $homeBefore
}

Describe 'New-PasskeyTemporaryAccessPass' {
    BeforeEach { $null = Connect-PasskeyTenant -Sandbox }

    It 'gives a pass that only whoever asks for it sees' {
        $pass = New-PasskeyTemporaryAccessPass kenji.moreau@contoso.com -Reason 'Ticket 4711'
        $pass.TemporaryAccessPass | Should -BeOfType [securestring]
        $plain = [pscredential]::new('x', $pass.TemporaryAccessPass).GetNetworkCredential().Password
        $plain.Length | Should -BeGreaterOrEqual 8
        foreach ($shown in ($pass | Out-String -Width 80), ($pass | Format-List * | Out-String), ($pass | ConvertTo-Json -Depth 3), ($pass | ConvertTo-Csv | Out-String), (Get-Content $pass.JournalPath -Raw)) {
            $shown | Should -Not -Match ([regex]::Escape($plain))
        }
        ($pass | Out-String -Width 80) | Should -Match '(?m)^Pass\s+: \(hidden; in the property TemporaryAccessPass\)'
    }

    It 'reads well aloud' {
        $pass = New-PasskeyTemporaryAccessPass kenji.moreau@contoso.com -Reason 'Ticket 4711' -AsPlainText
        $lines = ($pass | Out-String -Width 80).Replace("`r", '').Split("`n")
        $lines -match "^Pass\s+: $([regex]::Escape($pass.PlainText))$" | Should -HaveCount 1
        $lines -match 'https://mysignins\.microsoft\.com/security-info' | Should -HaveCount 1
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'leaves a pass alone that is there' {
        $null = New-PasskeyTemporaryAccessPass kenji.moreau@contoso.com -Reason 'Ticket 4711'
        { New-PasskeyTemporaryAccessPass kenji.moreau@contoso.com -Reason 'Ticket 4711' } | Should -Throw -ErrorId 'TemporaryAccessPassExists,*'
    }

    It 'says the bounds' {
        { New-PasskeyTemporaryAccessPass kenji.moreau@contoso.com -Reason 'Ticket 4711' -LifetimeInMinutes 10080 } | Should -Throw '*60 to 480 minutes*'
    }
}
