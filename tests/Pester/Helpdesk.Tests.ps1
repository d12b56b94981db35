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

    It 'is for many only where nobody is to be asked' {
        $users = 'kenji.moreau@contoso.com', 'saoirse.wilke@contoso.com', 'irvin.braun@contoso.com'
        $shown = $users | New-PasskeyTemporaryAccessPass -Reason 'Ticket 4711' -WhatIf *>&1 | Out-String -Width 500
        $shown | Should -Not -Match 'TemporaryAccessPassExists'
        ($users | New-PasskeyTemporaryAccessPass -Reason 'Ticket 4711' -Confirm:$false -WhatIf -ErrorVariable refused -ErrorAction SilentlyContinue) | Should -BeNullOrEmpty
        $refused.FullyQualifiedErrorId | Should -Be (@('TooManyAffectedUsers,PasskeyAdmin.Commands.NewPasskeyTemporaryAccessPassCommand') * 2)
        ($users | New-PasskeyTemporaryAccessPass -Reason 'Ticket 4711' -Confirm:$false -MaximumAffectedUser 3).UserPrincipalName | Should -Be $users
    }

    It 'warns where Conditional Access does not take the pass before the registration' {
        $pass = New-PasskeyTemporaryAccessPass saoirse.wilke@contoso.com -Reason 'Ticket 4711' -Confirm:$false -WarningVariable said -WarningAction SilentlyContinue
        $pass.IsConfirmed | Should -BeTrue
        "$said" | Should -BeLike "With a pass saoirse.wilke@contoso.com does not get to the registration: 'Phishing-resistant sign-in for administrators' demands *, which takes no Temporary Access Pass."
        $null = New-PasskeyTemporaryAccessPass kenji.moreau@contoso.com -Reason 'Ticket 4711' -WarningVariable said
        $said | Should -BeNullOrEmpty
    }

    It 'says the bounds' {
        { New-PasskeyTemporaryAccessPass kenji.moreau@contoso.com -Reason 'Ticket 4711' -LifetimeInMinutes 10080 } | Should -Throw '*60 to 480 minutes*'
    }
}

Describe 'Remove-PasskeyRegistration' {
    BeforeEach { $null = Connect-PasskeyTenant -Sandbox }

    It 'is the way of a lost phone, from end to end' {
        $removed = Get-PasskeyRegistration diego.tanaka@contoso.com | Where-Object Name -EQ 'iPhone 15' | Remove-PasskeyRegistration -RevokeSession -Confirm:$false
        $removed.Outcome | Should -Be 'Removed'
        $removed.SessionsRevoked | Should -Be 'Revoked'
        (Get-PasskeyRegistration diego.tanaka@contoso.com).Name | Should -Be 'Titan'
        (New-PasskeyTemporaryAccessPass diego.tanaka@contoso.com -Reason 'Lost phone').IsConfirmed | Should -BeTrue
    }

    It 'takes what came back from a file' {
        $passkeys = Get-PasskeyRegistration diego.tanaka@contoso.com | Where-Object Name -EQ 'iPhone 15'
        $passkeys | Export-Clixml TestDrive:/passkeys.xml
        $passkeys | Export-Csv TestDrive:/passkeys.csv -NoTypeInformation
        (Import-Clixml TestDrive:/passkeys.xml | Remove-PasskeyRegistration -Confirm:$false).Outcome | Should -Be 'Removed'
        (Import-Csv TestDrive:/passkeys.csv | Remove-PasskeyRegistration -Confirm:$false).Outcome | Should -Be 'AlreadyGone'
    }

    It 'never takes all of a user for a passkey on the pipeline' {
        $one = Get-PasskeyRegistration yuki.tanaka@contoso.com | Select-Object -First 1
        { $one | Remove-PasskeyRegistration -UserId yuki.tanaka@contoso.com -Confirm:$false } | Should -Throw -ErrorId 'PipelineInputNotTaken,*'
        { $one | Remove-PasskeyRegistration yuki.tanaka@contoso.com -Confirm:$false } | Should -Throw -ErrorId 'PipelineInputNotTaken,*'
        { $one | Remove-PasskeyRegistration -Group 'All employees' -TargetType Synced -WhatIf } | Should -Throw -ErrorId 'PipelineInputNotTaken,*'
        @(Get-PasskeyRegistration yuki.tanaka@contoso.com) | Should -HaveCount 2
        (Remove-PasskeyRegistration yuki.tanaka@contoso.com -Id $one.Id -Confirm:$false).Outcome | Should -Be 'Removed'
    }

    It 'takes no id that means nothing for done' {
        $passkeys = Get-PasskeyRegistration diego.tanaka@contoso.com
        $rows = [pscustomobject]@{ UserId = 'diego.tanaka@contoso.com'; Id = " $($passkeys[0].Id)" }, [pscustomobject]@{ UserId = 'diego.tanaka@contoso.com'; Id = "$($passkeys[1].Id)1" } |
            Remove-PasskeyRegistration -Confirm:$false -ErrorVariable unknown -ErrorAction SilentlyContinue
        [string[]]$rows.Outcome | Sort-Object | Should -Be 'NotFound', 'Removed'
        $unknown.FullyQualifiedErrorId | Should -Be 'PasskeyNotFound,PasskeyAdmin.Commands.RemovePasskeyRegistrationCommand'
        { Undo-PasskeyPolicyChange $rows[0].ChangeId } | Should -Throw -ErrorId 'ChangeNotOfPolicy,*'
    }

    It 'takes nothing from an emergency account where nobody is asked' {
        $rows = Remove-PasskeyRegistration emergency1@contoso.onmicrosoft.com -AllowLockout -Confirm:$false -ErrorVariable refused -ErrorAction SilentlyContinue
        $rows.Outcome | Sort-Object -Unique | Should -Be 'Refused'
        $refused.FullyQualifiedErrorId | Should -Be 'EmergencyAccountPasskeyRefused,PasskeyAdmin.Commands.RemovePasskeyRegistrationCommand'
    }

    It 'does all that it can before the first error ends it' {
        $rows = $null
        try { Remove-PasskeyRegistration kenji.moreau@contoso.com, nobody@contoso.com, diego.tanaka@contoso.com -MaximumAffectedUser 9 -RevokeSession -Confirm:$false -ErrorAction Stop -OutVariable rows | Out-Null } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'LockoutRefused,*'
        $caught.Exception.Message | Should -BeLike "*There is no user 'nobody@contoso.com'*"
        $rows.SessionsRevoked | Sort-Object -Unique | Should -Be 'Revoked'
        $rows.UserPrincipalName | Sort-Object -Unique | Should -Be 'diego.tanaka@contoso.com', 'kenji.moreau@contoso.com'
    }

    It 'leaves everybody a method that works' {
        $rows = Remove-PasskeyRegistration -Group 'Passkey pilot' -TargetType Synced -Confirm:$false -MaximumAffectedUser 100 -ErrorVariable refused -ErrorAction SilentlyContinue
        ($rows | Where-Object Outcome -EQ Refused).Count | Should -BeGreaterThan 5
        $refused.FullyQualifiedErrorId | Should -Be 'LockoutRefused,PasskeyAdmin.Commands.RemovePasskeyRegistrationCommand'
        foreach ($user in ($rows | Where-Object Outcome -EQ Refused).UserId) { Get-PasskeyRegistration $user | Should -Not -BeNullOrEmpty }
    }

    It 'does what a runbook wants, and nothing the second time' {
        $rows = Remove-PasskeyRegistration -Group 'All employees' -NotAllowedByPolicy -Confirm:$false -MaximumAffectedUser 100 -WarningAction SilentlyContinue -ErrorVariable refused -ErrorAction SilentlyContinue
        $rows.Outcome | Sort-Object -Unique | Should -Be 'Removed', 'Refused'
        $refused.FullyQualifiedErrorId | Should -Be 'LockoutRefused,PasskeyAdmin.Commands.RemovePasskeyRegistrationCommand'
        $kept = ($rows | Where-Object Outcome -EQ Refused).UserId | Sort-Object -Unique
        foreach ($user in $kept) { Get-PasskeyRegistration $user | Should -Not -BeNullOrEmpty }
        $again = Remove-PasskeyRegistration -Group 'All employees' -NotAllowedByPolicy -Confirm:$false -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        $again.Outcome | Sort-Object -Unique | Should -Be 'Refused'
        ($again.UserId | Sort-Object -Unique) | Should -Be $kept
    }

    It 'keeps the only passkey of a user, also where the policy is off' {
        Set-PasskeyPolicy -State Disabled -Confirm:$false -AllowLockout -MaximumAffectedUser 1000 -MaximumUnknownUser 1000 -WarningAction SilentlyContinue
        foreach ($user in 'saoirse.wilke@contoso.com', 'emergency1@contoso.onmicrosoft.com') {
            $count = @(Get-PasskeyRegistration $user).Count
            $count | Should -BeGreaterThan 0
            (Remove-PasskeyRegistration $user -Confirm:$false -ErrorAction SilentlyContinue).Outcome | Should -Not -Contain 'Removed'
            @(Get-PasskeyRegistration $user) | Should -HaveCount $count
        }
    }

    It 'takes no filter that leaves nobody out' -ForEach @(
        @{ Filter = @{ Provider = '*' } }
        @{ Filter = @{ Provider = '[a-m]*', '?*' } }
        @{ Filter = @{ TargetType = 'Synced', 'DeviceBound' } }
        @{ Filter = @{ Provider = '?*'; TargetType = 3; UnusedFor = [timespan]90 } }
    ) {
        { Remove-PasskeyRegistration -Group 'Passkey pilot' @Filter -WhatIf } | Should -Throw -ErrorId 'RemovalFilterMissing,*'
    }

    It 'fits a narrow window' {
        $lines = (Remove-PasskeyRegistration saoirse.wilke@contoso.com -Confirm:$false -ErrorAction SilentlyContinue | Out-String -Width 80).Replace("`r", '').Split("`n")
        $lines -match '^User\s+Passkey\s+Outcome\s+Why' | Should -HaveCount 1
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}
